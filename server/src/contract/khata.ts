import { type Static, Type } from 'typebox';
import { CustomerWire } from './customer.ts';
import { BothPageInfo, LimitQuery, PageQuery } from './envelope.ts';
import { FORMAT_QUERY } from './export.ts';
import {
  Amount,
  Id,
  Instant,
  Nullable,
  NumberOrText,
  OneOf,
  QueryOneOf,
  QueryText,
  QueryWhole,
  Rupees,
  Shape,
  Text,
} from './fields.ts';
import { DebtBucketWire } from './metrics.ts';
import { MoneyMethodWire } from './payment.ts';

const TypeWire = OneOf(['credit', 'debit'], {
  minLength: 1,
  description: 'debit: goods taken on credit, the balance rises; credit: money paid, it falls',
});

/** An entry as it is: what was left out is null. */
export const KhataEntryWire = Shape('KhataEntry', {
  id: Type.String(),
  customer_id: Type.String(),
  customer_name: Type.String(),
  transaction_type: TypeWire,
  amount: Amount,
  balance_after: Amount,
  description: Nullable(Type.String()),
  payment_method: Nullable(MoneyMethodWire),
  reference_number: Nullable(Type.String()),
  created_at: Instant,
  created_by: Type.String(),
  reverses: Nullable(Type.String(), { description: 'The entry that this one takes back' }),
  reversed_by: Nullable(Type.String(), { description: 'The entry that took this one back' }),
  source: Nullable(Type.Object({ kind: OneOf(['order', 'sale', 'opening']), id: Type.String() }), {
    description:
      'The order or sale that it belongs to; opening, with the id of the customer: what was owed before the shop kept ' +
      'its books here; null when posted by hand',
  }),
});
export type KhataEntryWire = Static<typeof KhataEntryWire>;

/** The same in the form of lists and exports: what was left out is "" or "N/A". */
export const KhataExportWire = Shape('KhataRow', {
  ...KhataEntryWire.properties,
  description: Type.String(),
  payment_method: Type.String({ description: 'N/A when not said' }),
  reference_number: Type.String(),
});
export type KhataExportWire = Static<typeof KhataExportWire>;

export const CreditWarningWire = Shape('CreditWarning', {
  type: Type.Literal('credit_limit_exceeded'),
  message: Type.String(),
  limit: Amount,
  balance: Amount,
});
export type CreditWarningWire = Static<typeof CreditWarningWire>;

export const PostedEntryWire = Shape('PostedEntry', {
  ...KhataEntryWire.properties,
  warning: Type.Optional(CreditWarningWire),
});
export type PostedEntryWire = Static<typeof PostedEntryWire>;

export const NewKhataEntryBody = Type.Object(
  {
    customer_id: Id,
    transaction_type: TypeWire,
    // Both lower limits, since the older service told a missing amount (0) from a negative one.
    amount: NumberOrText({ ...Rupees({ positive: true }), minimum: 0 }),
    description: Type.Optional(Nullable(Type.String({ maxLength: 1000 }))),
    payment_method: Type.Optional(Nullable(MoneyMethodWire)),
    reference_number: Type.Optional(Nullable(Type.String({ maxLength: 100 }))),
  },
  {
    examples: [
      {
        customer_id: '65e0c0ffee0123456789abcd',
        transaction_type: 'debit',
        amount: 1500.5,
        description: 'Nath, 916',
      },
    ],
  },
);
export type NewKhataEntryBody = Static<typeof NewKhataEntryBody>;

/** The older service's texts, in the order in which it checked. */
export const KHATA_MESSAGES = [
  { field: 'customer_id', rule: 'required', text: 'customer_id is required' },
  { field: 'transaction_type', rule: 'required', text: 'transaction_type is required' },
  { field: 'transaction_type', text: 'transaction_type must be either "credit" or "debit"' },
  { field: 'amount', rule: 'required', text: 'amount is required' },
  { field: 'amount', rule: 'exclusiveMinimum', text: 'amount is required' },
  { field: 'amount', rule: 'minimum', text: 'amount must be greater than 0' },
  { field: 'amount', rule: 'type', text: 'amount must be a valid number' },
  { field: 'customer_id', text: 'Invalid customer_id format' },
];

export const ReversalBody = Type.Object(
  { reason: Text(500, { description: 'Why the entry is taken back' }) },
  { examples: [{ reason: 'Posted to the wrong customer' }] },
);
export type ReversalBody = Static<typeof ReversalBody>;

export const REVERSAL_MESSAGES = [{ field: 'reason', rule: 'required', text: 'reason is required' }];

export const KhataQuery = Type.Object({
  ...FORMAT_QUERY,
  ...LimitQuery,
  ...PageQuery,
  start_date: QueryText('First day, or an instant (ISO-8601)'),
  end_date: QueryText('Last day, taken to its end'),
  customer_id: QueryText('Entries of one customer'),
});

export const CustomerKhataQuery = Type.Object({
  ...PageQuery,
  limit: QueryWhole([1, 100], 'Rows, 1 to 100 (default 50)'),
  skip: QueryWhole([0], 'Rows to pass over (default 0)'),
});

export const CustomerKhataWire = Type.Object({
  customer: CustomerWire,
  transactions: Type.Array(KhataEntryWire),
  summary: Type.Object({
    total_transactions: Type.Integer(),
    total_debits: Amount,
    total_credits: Amount,
    net_balance: Amount,
  }),
  pagination: BothPageInfo,
});
export type CustomerKhataWire = Static<typeof CustomerKhataWire>;

export const CustomerAgeingWire = Type.Object({
  customer_id: Type.String(),
  as_of: Type.String({ description: 'A day of the shop, YYYY-MM-DD' }),
  balance: Amount,
  buckets: Type.Array(DebtBucketWire, {
    description: 'By days since it was given; they add up to the balance, or are 0 where the shop owes',
  }),
});
export type CustomerAgeingWire = Static<typeof CustomerAgeingWire>;

export const KhataSummaryWire = Type.Object({
  total_customers: Type.Integer(),
  customers_with_balance: Type.Integer({ description: 'Customers whose balance is not 0, either way' }),
  debtors: Type.Integer({ description: 'Customers who owe the shop' }),
  total_outstanding: Type.Number({ description: 'Rupees that customers owe the shop' }),
  total_credit: Type.Number({ description: 'Rupees that the shop owes customers' }),
  total_debit: Type.Number({ description: 'Rupees of all debits ever' }),
  net_balance: Amount,
  top_debtors: Type.Array(
    Type.Object({ id: Type.String(), name: Type.String(), phone: Type.String(), balance: Amount }),
  ),
  transaction_stats: Type.Object({
    total_transactions: Type.Integer(),
    total_debits: Amount,
    total_credits: Amount,
  }),
});
export type KhataSummaryWire = Static<typeof KhataSummaryWire>;

export const StatementQuery = Type.Object({
  format: QueryOneOf(['csv'], 'csv (the default)'),
  from: QueryText('First day, or an instant (ISO-8601)'),
  to: QueryText('Last day, taken to its end, or an instant'),
});
