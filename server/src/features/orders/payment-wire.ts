// Payments between wire and domain; sales use it too.

import type { PaymentFieldsBody, PaymentWire } from '../../contract/payment.ts';
import { toPaise, toRupees } from '../../domain/money.ts';
import type { Payment, PaymentTerms } from '../../domain/payment.ts';
import { toInstant } from '../../http/wire.ts';

/** The terms of a new order or sale; an empty list of payments is as good as none. */
export function toTerms(body: PaymentFieldsBody, method: string | null, isPaid: boolean): PaymentTerms {
  const rows = body.payments ?? [];
  return {
    method,
    isPaid,
    amountPaidPaise: toPaise(body.amount_paid ?? 0),
    payments:
      rows.length === 0
        ? null
        : rows.map((row) => ({
            method: row.method,
            amountPaise: toPaise(row.amount),
            reference: row.reference ?? null,
          })),
  };
}

export function toPaymentWire(payment: Payment): PaymentWire {
  return {
    method: payment.method,
    amount: toRupees(payment.amountPaise),
    reference: payment.reference,
    at: toInstant(payment.at),
  };
}
