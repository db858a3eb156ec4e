// What each debtor owes by age. Payments settle the oldest debit first, so the newest debits that make up the balance
// are what is unpaid: only those of the last 91 days are read, all else of the balance is older.

import type { AgedDebt, AgedDebtor, KhataAgeing } from '../../../domain/analytics.ts';
import { ageBalance, type CustomerAgeing } from '../../../domain/khata-ageing.ts';
import type { PageRequest } from '../../../domain/page.ts';
import { addDays } from '../../../domain/period.ts';
import type { Connection } from '../database.ts';

/** Who, what he owes, and what was given in the last 30, 60 and 90 days, each with the days before it. */
type Row = [id: string, balancePaise: number, given30: number, given60: number, given90: number];

const ROW = `c.id, c.balance_paise, coalesce(sum(iif(d.day >= :day30, d.paise, 0)), 0),
    coalesce(sum(iif(d.day >= :day60, d.paise, 0)), 0), coalesce(sum(d.paise), 0)`;
const GIVEN =
  'LEFT JOIN khata_daily_debits d ON d.shop_id = c.shop_id AND d.customer_id = c.id AND d.day >= :day90';

const AGED = `SELECT ${ROW} FROM customers c INDEXED BY customers_balance ${GIVEN}
  WHERE c.shop_id = :shopId AND c.is_active = 1 AND c.balance_paise > 0
  GROUP BY c.balance_paise, c.id ORDER BY c.balance_paise DESC, c.id`;

const AGED_OF_CUSTOMER = `SELECT ${ROW} FROM customers c ${GIVEN}
  WHERE c.shop_id = :shopId AND c.id = :customerId AND c.is_active = 1 GROUP BY c.id`;

const NAMES = `SELECT id, name, phone FROM customers
  WHERE shop_id = :shopId AND id IN (SELECT value FROM json_each(:ids))`;

/** All debtors are summed; only those of the page get their names, since each stands elsewhere in the table. */
export function khataAgeing(db: Connection, shopId: string, today: string, page: PageRequest): KhataAgeing {
  const rows = db.lists(AGED, { shopId, ...daysBefore(today) }) as Row[];
  const totals = { days30: 0, days60: 0, days90: 0, older: 0 };
  for (const row of rows) {
    const { days30, days60, days90, older } = age(row);
    totals.days30 += days30;
    totals.days60 += days60;
    totals.days90 += days90;
    totals.older += older;
  }
  const shown = rows.slice(page.skip, page.skip + page.limit);
  const ids = JSON.stringify(shown.map(([id]) => id));
  const names = new Map(
    db.all<Pick<AgedDebtor, 'id' | 'name' | 'phone'>>(NAMES, { shopId, ids }).map((row) => [row.id, row]),
  );
  const debtors = shown.flatMap((row) => {
    const named = names.get(row[0]);
    return named ? [{ ...named, balancePaise: row[1], ...age(row) }] : [];
  });
  return { totals, debtors: { rows: debtors, total: rows.length } };
}

export function khataAgeingOf(
  db: Connection,
  shopId: string,
  customerId: string,
  today: string,
): CustomerAgeing | null {
  const [row] = db.lists(AGED_OF_CUSTOMER, { shopId, customerId, ...daysBefore(today) }) as Row[];
  return row ? { balancePaise: row[1], ...age(row) } : null;
}

function daysBefore(today: string): Record<'day30' | 'day60' | 'day90', string> {
  return { day30: addDays(today, -30), day60: addDays(today, -60), day90: addDays(today, -90) };
}

function age([, balancePaise, given30, given60, given90]: Row): AgedDebt {
  return ageBalance(balancePaise, [given30, given60 - given30, given90 - given60]);
}
