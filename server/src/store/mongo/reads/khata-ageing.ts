// What each debtor owes by age. The debits of the last days stand in the customer's own document.

import type { Db } from 'mongodb';
import type { AgedDebt, AgedDebtor, KhataAgeing } from '../../../domain/analytics.ts';
import { ageBalance, type CustomerAgeing } from '../../../domain/khata-ageing.ts';
import type { PageRequest } from '../../../domain/page.ts';
import { addDays } from '../../../domain/period.ts';
import { fromDocument, toId } from '../codec.ts';
import type { CustomerRow } from '../rows.ts';
import type { Questions } from './questions.ts';

export async function khataAgeing(
  questions: Questions,
  shopId: string,
  today: string,
  page: PageRequest,
): Promise<KhataAgeing> {
  const found = await questions.ask('customers', [
    { $match: { shop_id: shopId, is_active: true, balance_paise: { $gt: 0 } } },
    { $sort: { balance_paise: -1, _id: 1 } },
    { $project: { name: 1, phone: 1, balance_paise: 1, khata_days: 1 } },
  ]);
  const debtors = found.map((document) => ageDebtor(fromDocument<CustomerRow>(document), today));
  const totals = { days30: 0, days60: 0, days90: 0, older: 0 };
  for (const { days30, days60, days90, older } of debtors) {
    totals.days30 += days30;
    totals.days60 += days60;
    totals.days90 += days90;
    totals.older += older;
  }
  const rows = debtors.slice(page.skip, page.skip + page.limit);
  return { totals, debtors: { rows, total: debtors.length } };
}

export async function khataAgeingOf(
  db: Db,
  shopId: string,
  customerId: string,
  today: string,
): Promise<CustomerAgeing | null> {
  const found = await db
    .collection('customers')
    .findOne(
      { _id: toId(customerId) as never, shop_id: shopId, is_active: true },
      { projection: { balance_paise: 1, khata_days: 1 } },
    );
  if (!found) return null;
  const row = fromDocument<CustomerRow>(found);
  return { balancePaise: row.balancePaise, ...age(row, today) };
}

function ageDebtor(row: CustomerRow, today: string): AgedDebtor {
  const { id, name, phone, balancePaise } = row;
  return { id, name, phone, balancePaise, ...age(row, today) };
}

function age({ balancePaise, khataDays }: CustomerRow, today: string): AgedDebt {
  const [from30, from60, from90] = [-30, -60, -90].map((days) => addDays(today, days)) as [
    string,
    string,
    string,
  ];
  const given = (from: string, before: string | null): number =>
    khataDays
      .filter(({ day }) => day >= from && (before === null || day < before))
      .reduce((sum, { paise }) => sum + paise, 0);
  return ageBalance(balancePaise, [given(from30, null), given(from60, from30), given(from90, from60)]);
}
