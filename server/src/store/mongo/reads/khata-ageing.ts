// What each debtor owes by age. The debits of the last days stand in the customer's own document.

import type { Db } from 'mongodb';
import type { AgedDebtor, KhataAgeing } from '../../../domain/analytics.ts';
import { ageBalance } from '../../../domain/khata-ageing.ts';
import type { PageRequest } from '../../../domain/page.ts';
import { addDays } from '../../../domain/period.ts';
import { fromDocument } from '../codec.ts';
import type { CustomerRow } from '../rows.ts';

export async function khataAgeing(
  db: Db,
  shopId: string,
  today: string,
  page: PageRequest,
): Promise<KhataAgeing> {
  const found = await db
    .collection('customers')
    .find({ shop_id: shopId, is_active: true, balance_paise: { $gt: 0 } })
    .project({ name: 1, phone: 1, balance_paise: 1, khata_days: 1 })
    .sort({ balance_paise: -1, _id: 1 })
    .toArray();
  const debtors = found.map((document) => age(fromDocument<CustomerRow>(document), today));
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

function age({ id, name, phone, balancePaise, khataDays }: CustomerRow, today: string): AgedDebtor {
  const [from30, from60, from90] = [-30, -60, -90].map((days) => addDays(today, days)) as [
    string,
    string,
    string,
  ];
  const given = (from: string, before: string | null): number =>
    khataDays
      .filter(({ day }) => day >= from && (before === null || day < before))
      .reduce((sum, { paise }) => sum + paise, 0);
  const aged = ageBalance(balancePaise, [given(from30, null), given(from60, from30), given(from90, from60)]);
  return { id, name, phone, balancePaise, ...aged };
}
