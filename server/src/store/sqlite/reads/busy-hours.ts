import type { BusyHour } from '../../../domain/analytics.ts';
import type { InstantRange } from '../../../domain/period.ts';
import type { Db } from '../database.ts';

interface Row {
  weekday: number;
  hour: number;
  count: number;
  paise: number;
}

/** Hours that had an order (not cancelled) or a sale, by weekday (0 is Monday) and hour of the shop. */
export function busyHours(db: Db, shopId: string, range: InstantRange): BusyHour[] {
  const hours = new Map<string, BusyHour>();
  const at = ({ weekday, hour }: Row): BusyHour => {
    const key = `${weekday} ${hour}`;
    const found = hours.get(key) ?? { weekday, hour, orders: 0, ordersPaise: 0, sales: 0, salesPaise: 0 };
    hours.set(key, found);
    return found;
  };
  const params = { shopId, from: range.from, to: range.to };
  for (const row of db.all<Row>(select('orders', 'total_paise', `AND status <> 'cancelled'`), params)) {
    Object.assign(at(row), { orders: row.count, ordersPaise: row.paise });
  }
  for (const row of db.all<Row>(select('sales', 'final_paise', ''), params)) {
    Object.assign(at(row), { sales: row.count, salesPaise: row.paise });
  }
  return [...hours.values()].toSorted((a, b) => a.weekday - b.weekday || a.hour - b.hour);
}

/** The first day of 1970 was a Thursday, three days after a Monday. */
function select(table: 'orders' | 'sales', paise: string, condition: string): string {
  return `SELECT ((created_at + 19800000) / 86400000 + 3) % 7 AS weekday,
      (created_at + 19800000) / 3600000 % 24 AS hour, count(*) AS count, total(${paise}) AS paise
    FROM ${table} INDEXED BY ${table}_figures
    WHERE shop_id = :shopId AND created_at >= :from AND created_at < :to ${condition} GROUP BY 1, 2`;
}
