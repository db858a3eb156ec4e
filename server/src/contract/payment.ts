// How orders and sales are paid, in requests and replies.

import { type Static, Type } from 'typebox';
import { Instant, Nullable, OneOf, Rupees, Shape } from './fields.ts';

export const PaymentMethodWire = OneOf(['cash', 'upi', 'card', 'cheque', 'bank_transfer', 'khata'], {
  description: 'khata: on credit; the part is debited to the customer',
});

/** How money comes in. */
export const MoneyMethodWire = OneOf(['cash', 'upi', 'card', 'cheque', 'bank_transfer']);

export const PaymentWire = Shape('Payment', {
  method: Nullable(Type.String(), { description: 'null: not said' }),
  amount: Type.Number({ description: 'Rupees; below 0: an earlier payment taken back' }),
  reference: Nullable(Type.String()),
  at: Instant,
});
export type PaymentWire = Static<typeof PaymentWire>;

const PaymentBody = Type.Object({
  method: PaymentMethodWire,
  amount: Rupees({ positive: true }),
  reference: Type.Optional(Nullable(Type.String({ maxLength: 100 }))),
});

/** The fields of a new order or sale that say how it is paid, beside its own method and status. */
export const paymentFields = {
  amount_paid: Type.Optional(
    Rupees({
      description:
        'Rupees paid already; on khata the rest is debited (default 0). With payment_status paid: the total, or none',
    }),
  ),
  payments: Type.Optional(
    Nullable(Type.Array(PaymentBody, { maxItems: 20 }), {
      description:
        'One row a payment, in place of payment_method and amount_paid; in sum at most the total, and all of it with payment_status paid',
    }),
  ),
};
const PaymentFieldsBody = Type.Object(paymentFields);
export type PaymentFieldsBody = Static<typeof PaymentFieldsBody>;

/** What became of the khata part, in replies. */
export const paymentReplyFields = {
  payments: Type.Array(PaymentWire),
  khata_entry_id: Nullable(Type.String(), { description: 'The debit that was posted' }),
};
