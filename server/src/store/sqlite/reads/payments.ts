import type { Payment } from '../../../domain/payment.ts';
import type { Db } from '../database.ts';

interface Row {
  owner_id: string;
  method: string | null;
  amount_paise: number;
  reference: string | null;
  at: number;
  by_status: number;
}

const COLUMNS = 'method, amount_paise, reference, at, by_status';

/** The payments of several orders at once, by order id, each in the order in which they were made. */
export function paymentsOfOrders(
  db: Db,
  shopId: string,
  orderIds: readonly string[],
): Map<string, Payment[]> {
  const rows = db.all<Row>(
    `SELECT order_id AS owner_id, ${COLUMNS} FROM payments
     WHERE shop_id = :shopId AND order_id IN (SELECT value FROM json_each(:ids)) ORDER BY order_id, position`,
    { shopId, ids: JSON.stringify(orderIds) },
  );
  return byOwner(rows);
}

/** The same for sales. */
export function paymentsOfSales(db: Db, shopId: string, saleIds: readonly string[]): Map<string, Payment[]> {
  const rows = db.all<Row>(
    `SELECT sale_id AS owner_id, ${COLUMNS} FROM payments
     WHERE shop_id = :shopId AND sale_id IN (SELECT value FROM json_each(:ids)) ORDER BY sale_id, position`,
    { shopId, ids: JSON.stringify(saleIds) },
  );
  return byOwner(rows);
}

function byOwner(rows: readonly Row[]): Map<string, Payment[]> {
  const payments = new Map<string, Payment[]>();
  for (const row of rows) {
    const list = payments.get(row.owner_id) ?? [];
    list.push({
      method: row.method,
      amountPaise: row.amount_paise,
      reference: row.reference,
      at: row.at,
      byStatus: row.by_status === 1,
    });
    payments.set(row.owner_id, list);
  }
  return payments;
}
