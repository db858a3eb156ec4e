import type { Db } from 'mongodb';
import type { BusyHour } from '../../../domain/analytics.ts';
import type { InstantRange } from '../../../domain/period.ts';
import type { Document } from '../codec.ts';
import { hourOfDay, sum, weekday } from './expressions.ts';
import { timeRange } from './pages.ts';

interface Counted {
  _id: { weekday: number; hour: number };
  count: number;
  paise: number;
}

/** Hours that had an order (not cancelled) or a sale, by weekday (0 is Monday) and hour of the shop. */
export async function busyHours(db: Db, shopId: string, range: InstantRange): Promise<BusyHour[]> {
  const [orders, sales] = await Promise.all([
    countHours(db, 'orders', '$total_paise', {
      shop_id: shopId,
      status: { $ne: 'cancelled' },
      ...timeRange('created_at', range),
    }),
    countHours(db, 'sales', '$final_paise', { shop_id: shopId, ...timeRange('created_at', range) }),
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

function countHours(db: Db, collection: string, paise: string, filter: Document): Promise<Counted[]> {
  const hour = { weekday: weekday('$created_at'), hour: hourOfDay('$created_at') };
  return db
    .collection(collection)
    .aggregate<Counted>([{ $match: filter }, { $group: { _id: hour, count: sum(1), paise: sum(paise) } }], {
      hint: 'newest',
    })
    .toArray();
}
