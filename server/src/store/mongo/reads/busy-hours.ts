import type { BusyHour } from '../../../domain/analytics.ts';
import type { InstantRange } from '../../../domain/period.ts';
import { hourOfDay, sum, weekday } from './expressions.ts';
import { timeRange } from './pages.ts';
import type { Questions } from './questions.ts';

interface Counted {
  _id: { weekday: number; hour: number };
  count: number;
  paise: number;
}

/** Hours that had an order (not cancelled) or a sale, by weekday (0 is Monday) and hour of the shop. */
export async function busyHours(
  questions: Questions,
  shopId: string,
  range: InstantRange,
): Promise<BusyHour[]> {
  const hour = { weekday: weekday('$created_at'), hour: hourOfDay('$created_at') };
  const filter = { shop_id: shopId, ...timeRange('created_at', range) };
  // Not a condition: the planner would take the index of the statuses, and go through the orders of all times.
  const counts = { $cond: [{ $ne: ['$status', 'cancelled'] }, 1, 0] };
  const [orders, sales] = await Promise.all([
    questions.ask<Counted>('orders', [
      { $match: filter },
      { $group: { _id: hour, count: sum(counts), paise: sum({ $multiply: ['$total_paise', counts] }) } },
      { $match: { count: { $gt: 0 } } },
    ]),
    questions.ask<Counted>('sales', [
      { $match: filter },
      { $group: { _id: hour, count: sum(1), paise: sum('$final_paise') } },
    ]),
  ]);
  const hours = new Map<string, BusyHour>();
  const at = ({ _id: { weekday: day, hour } }: Counted): BusyHour => {
    const key = `${day} ${hour}`;
    const found = hours.get(key) ?? {
      ...{ weekday: day, hour, orders: 0, ordersPaise: 0 },
      ...{ sales: 0, salesPaise: 0 },
    };
    hours.set(key, found);
    return found;
  };
  for (const row of orders) Object.assign(at(row), { orders: row.count, ordersPaise: row.paise });
  for (const row of sales) Object.assign(at(row), { sales: row.count, salesPaise: row.paise });
  return [...hours.values()].toSorted((a, b) => a.weekday - b.weekday || a.hour - b.hour);
}
