import type { MoneyIn } from '../../../domain/analytics.ts';
import { byMethod } from '../../../domain/money-in.ts';
import type { InstantRange } from '../../../domain/period.ts';
import type { Db } from '../database.ts';

/** What was collected, by method. It is what the figures `payment` and `khata.received` keep the sums of. */
export function moneyIn(db: Db, shopId: string, { from, to }: InstantRange): MoneyIn[] {
  const params = { shopId, from, to };
  const payments = db.all<MoneyIn>(
    `SELECT method, total(amount_paise) AS paise FROM payments INDEXED BY payments_at
     WHERE shop_id = :shopId AND at >= :from AND at < :to AND method IS NOT 'khata' GROUP BY method`,
    params,
  );
  // Credits, and the debits that take one back.
  const khata = db.all<MoneyIn>(
    `SELECT payment_method AS method, total(iif(reverses IS NULL, amount_paise, -amount_paise)) AS paise
     FROM khata_entries INDEXED BY khata_entries_created
     WHERE shop_id = :shopId AND created_at >= :from AND created_at < :to
       AND (type = 'credit') = (reverses IS NULL) AND source_kind IS NOT 'opening' GROUP BY payment_method`,
    params,
  );
  return byMethod([...payments, ...khata]);
}
