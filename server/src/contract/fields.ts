// The building blocks of every request and reply. JSON Schema keywords only, so that one schema is the validation,
// the types, the serialisation and the OpenAPI document.

import { type Static, type TProperties, type TSchema, Type } from 'typebox';

/** Largest amount or total, in rupees (1,000 crore). */
const MAX_RUPEES = 10_000_000_000;
const MAX_GRAMS = 100_000;

/** An object that has a name in the document; each name stands for one shape. */
export function Shape<T extends TProperties>(name: string, properties: T) {
  return Type.Object(properties, { title: name });
}

/** One of a closed list of texts. */
export function OneOf<const T extends readonly string[]>(values: T, options: object = {}) {
  return Type.Unsafe<T[number]>({ type: 'string', enum: values, ...options });
}

/** A value or null. Written as a type array, which serialises without trying each branch. */
export function Nullable<T extends TSchema>(schema: T, options: object = {}) {
  const { type, enum: values, ...rest } = schema as { type?: string; enum?: unknown[] };
  const withNull = values ? { enum: [...values, null] } : {};
  return Type.Unsafe<Static<T> | null>({ ...rest, type: [type, 'null'], ...withNull, ...options });
}

/** Rupees with at most 2 decimals. */
export function Rupees(options: { positive?: boolean; signed?: boolean; description?: string } = {}) {
  const { positive, signed, ...rest } = options;
  const lower = positive ? { exclusiveMinimum: 0 } : { minimum: signed ? -MAX_RUPEES : 0 };
  return Type.Number({ ...lower, maximum: MAX_RUPEES, multipleOf: 0.01, ...rest });
}

/** Grams with at most 3 decimals, above 0. */
export function Grams(options: object = {}) {
  return Type.Number({ exclusiveMinimum: 0, maximum: MAX_GRAMS, multipleOf: 0.001, ...options });
}

/**
 * A number that older clients also send as a text of digits (`"6500.50"`). The server turns such a text into the
 * number before it validates; handlers see a number.
 */
export function NumberOrText<T extends TSchema>(number: T) {
  const rest = { ...number } as object;
  return Type.Unsafe<number>({
    ...rest,
    type: ['number', 'string'],
    pattern: '^\\d+(\\.\\d+)?$',
    // Longer texts are not turned into numbers.
    maxLength: 40,
  });
}

/** Text of 1 to `max` characters that is not blank. */
export function Text(max: number, options: object = {}) {
  return Type.String({ minLength: 1, maxLength: max, pattern: '\\S', ...options });
}

/** A 24-digit hexadecimal id. */
export const Id = Type.String({
  minLength: 1,
  pattern: '^[0-9a-fA-F]{24}$',
  examples: ['65f0c0ffee0123456789abcd'],
});

/** The version that the caller has read, in a body instead of If-Match. */
export const SeenVersion = Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'As If-Match' });

/** An instant in UTC on the wire: ISO-8601 with `Z`. */
export const Instant = Type.String({ format: 'date-time', examples: ['2026-01-15T10:30:00.123Z'] });

/** Amounts in replies: rupees as a JSON number. */
export const Amount = Type.Number({ description: 'Rupees' });
/** The most cash, in replies. */
export const CashLimit = Type.Number({
  description:
    'Rupees: so much or more in cash from one person in a day, or for one bill in parts, the law does not allow',
});
/** Weights in replies: grams as a JSON number. */
export const Weight = Type.Number({ description: 'Grams' });

// Query parameters arrive as texts, and each handler reads its own: nothing is refused by these schemas. They say what a
// text means, to readers and to clients made of the document.

export function QueryText(description: string) {
  return Type.Optional(Type.String({ description }));
}

/** `range`: the least and, where there is one, the greatest. */
export function QueryWhole([minimum, maximum]: readonly [number, number?], description: string) {
  return Type.Optional(Type.Integer({ minimum, ...(maximum === undefined ? {} : { maximum }), description }));
}

export function QueryNumber(description: string) {
  return Type.Optional(Type.Number({ minimum: 0, description }));
}

export function QueryFlag(description: string) {
  return Type.Optional(Type.Boolean({ description }));
}

export function QueryOneOf(values: readonly string[], description: string) {
  return Type.Optional(OneOf(values, { description }));
}
