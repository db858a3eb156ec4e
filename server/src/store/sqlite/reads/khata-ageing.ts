// What each debtor owes by age. Payments settle the oldest debit first, so the newest debits that make up the balance
// are what is unpaid: only those of the last 91 days are read, all else of the balance is older.

import type { AgedDebtor, KhataAgeing } from '../../../domain/analytics.ts';
import { ageBalance } from '../../../domain/khata-ageing.ts';
import type { PageRequest } from '../../../domain/page.ts';
import { addDays } from '../../../domain/period.ts';
import type { Db } from '../database.ts';

interface Row {
  id: string;
  name: string;
  phone: string;
  balancePaise: number;
  /** Given in the last 30, 60 and 90 days, each with the days before it. */
  given30: number;
  given60: number;
  given90: number;
}

const AGED = `SELECT c.id, c.name, c.phone, c.balance_paise AS balancePaise,
    coalesce(sum(iif(d.day >= :day30, d.paise, 0)), 0) AS given30,
    coalesce(sum(iif(d.day >= :day60, d.paise, 0)), 0) AS given60, coalesce(sum(d.paise), 0) AS given90
  FROM customers c INDEXED BY customers_balance
  LEFT JOIN khata_daily_debits d ON d.shop_id = c.shop_id AND d.customer_id = c.id AND d.day >= :day90
  WHERE c.shop_id = :shopId AND c.is_active = 1 AND c.balance_paise > 0
  GROUP BY c.balance_paise, c.id ORDER BY c.balance_paise DESC, c.id`;

export function khataAgeing(db: Db, shopId: string, today: string, page: PageRequest): KhataAgeing {
  const debtors = db
    .all<Row>(AGED, {
      shopId,
      day30: addDays(today, -30),
      day60: addDays(today, -60),
      day90: addDays(today, -90),
    })
    .map(age);
  const totals = { days30: 0, days60: 0, days90: 0, older: 0 };
  for (const { days30, days60, days90, older } of debtors) {
    totals.days30 += days30;
    totals.days60 += days60;
    totals.days90 += days90;
    totals.older += older;
  }
  return {
    totals,
    debtors: { rows: debtors.slice(page.skip, page.skip + page.limit), total: debtors.length },
  };
}

function age({ given30, given60, given90, ...debtor }: Row): AgedDebtor {
  const given = [given30, given60 - given30, given90 - given60] as const;
  return { ...debtor, ...ageBalance(debtor.balancePaise, given) };
}
