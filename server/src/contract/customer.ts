import { type Static, Type } from 'typebox';
import { LimitQuery, PageQuery } from './envelope.ts';
import { FORMAT_QUERY } from './export.ts';
import {
  Amount,
  CashLimit,
  Instant,
  Nullable,
  OneOf,
  QueryFlag,
  QueryText,
  Rupees,
  SeenVersion,
  Shape,
  Text,
} from './fields.ts';

const LanguageWire = OneOf(['en', 'hi', 'mr']);

export const CustomerWire = Shape('Customer', {
  id: Type.String(),
  version: Type.Integer({ description: 'Rises with every change; send it back as If-Match' }),
  name: Type.String(),
  phone: Type.String({ description: 'As typed' }),
  phone_e164: Type.String({ description: 'Normalised; unique in the shop' }),
  email: Nullable(Type.String()),
  address: Nullable(Type.String()),
  language: Nullable(LanguageWire),
  credit_limit: Nullable(Amount),
  current_balance: Amount,
  balance_status: Type.Object({
    balance: Amount,
    status: OneOf(['owes', 'credit', 'clear']),
    message: Type.String(),
  }),
  created_at: Instant,
  updated_at: Instant,
});
export type CustomerWire = Static<typeof CustomerWire>;

export const CustomerCashWire = Type.Object({
  customer_id: Type.String(),
  day: Type.String({ description: "Today in the shop's calendar, YYYY-MM-DD" }),
  received_today: Type.Number({
    description: 'Rupees in cash on sales, on orders and into the khata, without what was taken back',
  }),
  limit: CashLimit,
});
export type CustomerCashWire = Static<typeof CustomerCashWire>;

const fields = {
  name: Text(200),
  phone: Type.String({
    minLength: 1,
    maxLength: 32,
    pattern: '^(?:[\\s(]*\\+)?[\\d\\s().-]*$',
    description: '10 to 15 digits; a leading +, spaces, dashes, dots and parentheses are fine',
  }),
  email: Nullable(Type.String({ maxLength: 200 })),
  address: Nullable(Type.String({ maxLength: 1000 })),
  language: Nullable(LanguageWire, { description: 'Language of statements for this customer' }),
  credit_limit: Nullable(Rupees(), {
    description: "The most the customer may owe; null: the shop's default",
  }),
};

export const NewCustomerBody = Type.Object(
  {
    name: fields.name,
    phone: fields.phone,
    email: Type.Optional(fields.email),
    address: Type.Optional(fields.address),
    language: Type.Optional(fields.language),
    credit_limit: Type.Optional(fields.credit_limit),
  },
  { examples: [{ name: 'Asha Patil', phone: '+91 98765 43210', language: 'mr' }] },
);
export type NewCustomerBody = Static<typeof NewCustomerBody>;

export const CustomerChangesBody = Type.Partial(Type.Object({ ...fields, version: SeenVersion }), {
  examples: [{ address: '12 MG Road, Pune', version: 1 }],
});
export type CustomerChangesBody = Static<typeof CustomerChangesBody>;

export const CustomerQuery = Type.Object({
  ...FORMAT_QUERY,
  ...PageQuery,
  ...LimitQuery,
  search: QueryText(
    'Part of the name or phone; names that begin so in the other script, Latin or Devanagari, are found, too',
  ),
  removed: QueryFlag('true: those who were removed and can be restored, and only those'),
});
export const CustomerSearchQuery = Type.Object({
  ...PageQuery,
  ...LimitQuery,
  q: QueryText(
    'Part of the name or phone; names that begin so in the other script, Latin or Devanagari, are found, too',
  ),
});

/** The older service's texts, in the order in which it checked. */
export const CUSTOMER_MESSAGES = [
  { field: 'name', rule: 'required', text: 'Customer name is required' },
  { field: 'phone', rule: 'required', text: 'Phone number is required' },
];
