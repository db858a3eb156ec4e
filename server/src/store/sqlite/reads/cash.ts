// The cash that came in from one customer. The indexes by customer are named: what a shop takes in a day from all others
// is never read.

import { type CashEntry, cashOfBill, cashOfKhata } from '../../../domain/cash.ts';
import type { Db } from '../database.ts';
import { findCustomer } from './customers.ts';
import { paymentsOfOrders, paymentsOfSales } from './payments.ts';

export function cashFromCustomer(db: Db, shopId: string, customerId: string, since: number): number | null {
  if (!findCustomer(db, shopId, customerId)) return null;
  const params = { shopId, customerId, since };
  const idsOf = (touched: string): string[] =>
    db
      .all<{ id: string }>(
        `SELECT id FROM ${touched} AND shop_id = :shopId AND customer_id = :customerId`,
        params,
      )
      .map(({ id }) => id);
  const sales = idsOf('sales INDEXED BY sales_customer WHERE created_at >= :since');
  // An order gets payments later, too, each of which changes it.
  const orders = idsOf('orders INDEXED BY orders_customer WHERE updated_at >= :since');
  const entries = db.all<CashEntry>(
    `SELECT id, type, amount_paise AS amountPaise, payment_method AS paymentMethod, reverses
     FROM khata_entries INDEXED BY khata_entries_customer
     WHERE shop_id = :shopId AND customer_id = :customerId AND created_at >= :since`,
    params,
  );
  const bills = [
    ...paymentsOfSales(db, shopId, sales).values(),
    ...paymentsOfOrders(db, shopId, orders).values(),
  ];
  return bills.reduce((sum, payments) => sum + cashOfBill(payments, since), cashOfKhata(entries));
}
