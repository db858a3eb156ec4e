// The cash that came in from one customer, in one round trip.

import { type CashEntry, cashOfBill, cashOfKhata } from '../../../domain/cash.ts';
import type { Payment } from '../../../domain/payment.ts';
import { fromDocument, toId } from '../codec.ts';
import { timeRange } from './pages.ts';
import type { Questions } from './questions.ts';

export async function cashFromCustomer(
  questions: Questions,
  shopId: string,
  customerId: string,
  since: number,
): Promise<number | null> {
  const who = { shop_id: shopId, customer_id: toId(customerId) };
  const touched = (key: string) => ({ $match: { ...who, ...timeRange(key, { from: since }) } });
  const [customers, sales, orders, ledger] = await Promise.all([
    questions.ask('customers', [
      { $match: { _id: toId(customerId), shop_id: shopId, is_active: true } },
      { $project: { name: 1 } },
    ]),
    questions.ask('sales', [touched('created_at'), { $project: { payments: 1 } }]),
    // An order gets payments later, too, each of which changes it.
    questions.ask('orders', [touched('updated_at'), { $project: { payments: 1 } }]),
    questions.ask('khata_transactions', [
      touched('created_at'),
      { $project: { type: 1, amount_paise: 1, payment_method: 1, reverses: 1 } },
    ]),
  ]);
  if (customers.length === 0) return null;
  const bills = [...sales, ...orders].map((bill) => fromDocument<{ payments: Payment[] }>(bill).payments);
  const entries = ledger.map((entry) => fromDocument<CashEntry>(entry));
  return bills.reduce((sum, payments) => sum + cashOfBill(payments, since), cashOfKhata(entries));
}
