// The envelopes around every reply, and the two shapes of a page.

import { type TSchema, Type } from 'typebox';
import { QueryWhole, Shape } from './fields.ts';

/** `{success: true, data, message?}` */
export function Data<T extends TSchema>(data: T) {
  return Type.Object({ success: Type.Literal(true), data, message: Type.Optional(Type.String()) });
}

/** `{success: true, message}`: what a deletion answers, and what only sets something going. */
export const Done = Type.Object({ success: Type.Literal(true), message: Type.String() });

/** `{success: true, data: [...], count}`: everything that was asked for. */
export function Counted<T extends TSchema>(row: T) {
  return Type.Object({ success: Type.Literal(true), data: Type.Array(row), count: Type.Integer() });
}

export const PageInfo = Shape('PageInfo', {
  page: Type.Integer(),
  per_page: Type.Integer(),
  total: Type.Integer(),
  total_pages: Type.Integer(),
  has_next: Type.Boolean(),
  has_prev: Type.Boolean(),
});

/** The page shape and the limit shape in one, for lists whose clients ask in either way. */
export const BothPageInfo = Shape('BothPageInfo', {
  ...PageInfo.properties,
  limit: Type.Integer(),
  skip: Type.Integer(),
  has_more: Type.Boolean(),
});

/** The only page of a list of one row, for the documentation. */
export const PAGE_EXAMPLE = {
  page: 1,
  per_page: 20,
  total: 1,
  total_pages: 1,
  has_next: false,
  has_prev: false,
};

/** The same in both shapes. */
export function bothPageExample(perPage: number) {
  return { ...PAGE_EXAMPLE, per_page: perPage, limit: perPage, skip: 0, has_more: false };
}

/** `{success: true, data: [...], pagination}` with the page shape. */
export function Paged<T extends TSchema>(row: T) {
  return Type.Object({ success: Type.Literal(true), data: Type.Array(row), pagination: PageInfo });
}

/** The same with both shapes. */
export function PagedBoth<T extends TSchema>(row: T) {
  return Type.Object({ success: Type.Literal(true), data: Type.Array(row), pagination: BothPageInfo });
}

export const PageQuery = {
  page: QueryWhole([1], 'Page number from 1 (default 1)'),
  per_page: QueryWhole([1, 100], 'Rows a page, 1 to 100 (default 20)'),
};
export const LimitQuery = {
  limit: QueryWhole([1, 1000], 'Rows, 1 to 1000 (default 100)'),
  skip: QueryWhole([0], 'Rows to pass over (default 0)'),
};

const FieldProblemWire = Type.Object({
  field: Type.String(),
  rule: Type.String({ description: 'What failed, such as required, type, minimum, maxLength, enum' }),
  limit: Type.String({ description: 'What is allowed' }),
});

/** A refusal that names a field. */
export const INVALID_EXAMPLE = {
  success: false,
  error: {
    code: 400,
    type: 'invalid_input',
    message: 'Validation error',
    details: { base_price: 'a number of at least 0' },
    fields: [{ field: 'base_price', rule: 'minimum', limit: 'a number of at least 0' }],
    request_id: '3f8b2c4e',
  },
};

/** Every answer that is not a success. */
export const ErrorReply = Type.Object(
  {
    success: Type.Literal(false),
    error: Type.Object({
      code: Type.Integer({ description: 'The HTTP status' }),
      type: Type.String({ description: "The shop's own code; stable" }),
      message: Type.String(),
      details: Type.Optional(Type.Union([Type.String(), Type.Record(Type.String(), Type.String())])),
      fields: Type.Optional(Type.Array(FieldProblemWire)),
      data: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
      request_id: Type.String(),
    }),
  },
  { examples: [INVALID_EXAMPLE] },
);
