import { BusyHoursQuery, BusyHoursWire } from '../../contract/metrics.ts';
import type { BusyHour } from '../../domain/analytics.ts';
import { toRupees } from '../../domain/money.ts';
import { instantsOf } from '../../domain/period.ts';
import type { Route } from '../../http/route.ts';
import { type ComparedRange, compared, type Desk, metricRoute, readComparedRange } from './metric-route.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const HOURS = 24;

export function busyHoursRoute(desk: Desk): Route {
  return metricRoute<ComparedRange, BusyHoursWire>(desk, {
    name: 'busy-hours',
    summary: 'Read in which hours of the week the shop books and sells',
    description: 'By the clock of the shop, every hour of every weekday; cancelled orders do not count.',
    query: BusyHoursQuery,
    data: BusyHoursWire,
    example: {
      from: '2025-12-17',
      to: '2026-01-15',
      hours: [{ weekday: 'Mon', hour: 0, booked_orders: 0, booked: 0, sales: 0, billed: 0 }],
      compare: null,
    },
    read: readComparedRange,
    make: (ranges) =>
      compared(ranges, async (range) => ({
        hours: everyHour(await desk.shop.store.analytics.busyHours(instantsOf(range))),
      })),
  });
}

function everyHour(busy: readonly BusyHour[]): BusyHoursWire['hours'] {
  const found = new Map(busy.map((one) => [one.weekday * HOURS + one.hour, one]));
  return Array.from({ length: WEEKDAYS.length * HOURS }, (_, place) => {
    const one = found.get(place);
    return {
      weekday: WEEKDAYS[Math.floor(place / HOURS)] ?? 'Mon',
      hour: place % HOURS,
      booked_orders: one?.orders ?? 0,
      booked: toRupees(one?.ordersPaise ?? 0),
      sales: one?.sales ?? 0,
      billed: toRupees(one?.salesPaise ?? 0),
    };
  });
}
