// The metrics of money, by brute force from a test's own record. Written from docs/metrics.md alone: another calendar
// (Intl), whole numbers of any size, and no line of the shop's own arithmetic.

import type { RecordedBill, ShopRecord } from './shop-record.ts';

const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata' });
const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Kolkata',
  weekday: 'short',
  hour: '2-digit',
  hourCycle: 'h23',
});
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

export interface Days {
  from: string;
  to: string;
}

const days = new Map<number, string>();

/** Kept, since Intl takes its time. */
export function shopDay(at: number): string {
  const day = days.get(at) ?? calendar.format(at);
  days.set(at, day);
  return day;
}

/** Noon, so that no zone moves the day. */
function noon(day: string): Date {
  return new Date(`${day}T12:00:00Z`);
}

export function plusDays(day: string, days: number): string {
  const date = noon(day);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

export function dayCount(from: string, to: string): number {
  return Math.round((noon(to).getTime() - noon(from).getTime()) / 86_400_000);
}

export function isWithin(at: number, { from, to }: Days): boolean {
  const day = shopDay(at);
  return day >= from && day <= to;
}

/** Every day of the range, put together while it lies in the same interval as the day before. */
export function partsOf(range: Days, interval: string): Days[] {
  const parts: Days[] = [];
  for (let day = range.from; day <= range.to; day = plusDays(day, 1)) {
    const starts =
      interval === 'day' ||
      (interval === 'week' && noon(day).getUTCDay() === 1) ||
      (interval === 'month' && day.endsWith('-01'));
    const last = parts.at(-1);
    if (starts || last === undefined) parts.push({ from: day, to: day });
    else last.to = day;
  }
  return parts;
}

export function rupees(paise: bigint): number {
  return Number(paise) / 100;
}

function sum(amounts: number[]): bigint {
  return amounts.reduce((total, amount) => total + BigInt(amount), 0n);
}

export function average(paise: bigint, count: number): number {
  if (count === 0) return 0;
  const doubled = 2n * paise + BigInt(count);
  return rupees(doubled / (2n * BigInt(count)));
}

export function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Number((BigInt(part) * 20_000n + BigInt(whole)) / (2n * BigInt(whole))) / 100;
}

export function isBooked(bill: RecordedBill): boolean {
  return bill.kind === 'order' && bill.status !== 'cancelled';
}

export function bills(record: ShopRecord, range: Days | null, wanted: (bill: RecordedBill) => boolean) {
  const found = record.bills.filter((bill) => wanted(bill) && (range === null || isWithin(bill.at, range)));
  return { count: found.length, paise: sum(found.map(({ totalPaise }) => totalPaise)), found };
}

function moneyRows(record: ShopRecord, range: Days): { method: string | null; paise: number }[] {
  const payments = record.bills.flatMap((bill) => bill.payments.filter(({ method }) => method !== 'khata'));
  const ofTheDay = record.entries.filter(({ isOpening }) => !isOpening);
  const credits = ofTheDay.flatMap(({ type, method, paise, at, reverses }) => {
    const taken = record.entries.find(({ id }) => id === reverses);
    if (reverses === null) return type === 'credit' ? [{ method, paise, at }] : [];
    return taken?.type === 'credit' ? [{ method: taken.method, paise: -paise, at }] : [];
  });
  return [...payments, ...credits].filter(({ at }) => isWithin(at, range));
}

function collected(record: ShopRecord, range: Days): bigint {
  return sum(moneyRows(record, range).map(({ paise }) => paise));
}

export function moneyIn(record: ShopRecord, range: Days) {
  const found = moneyRows(record, range);
  const names = new Set(found.map(({ method }) => method?.toLowerCase().trim() ?? ''));
  const methods = [...names].map((name) => {
    const same = found.filter(({ method }) => (method?.toLowerCase().trim() ?? '') === name);
    return { name, paise: sum(same.map(({ paise }) => paise)) };
  });
  methods.sort(
    (a, b) =>
      Number(a.name === '') - Number(b.name === '') ||
      Number(b.paise - a.paise) ||
      (a.name < b.name ? -1 : 1),
  );
  return {
    collected: rupees(collected(record, range)),
    methods: methods.map(({ name, paise }) => ({ method: name === '' ? null : name, amount: rupees(paise) })),
  };
}

function revenueOf(record: ShopRecord, range: Days) {
  const booked = bills(record, range, isBooked);
  const billed = bills(record, range, ({ kind }) => kind === 'sale');
  const cancelled = bills(record, range, ({ status }) => status === 'cancelled');
  return { booked, billed, cancelled };
}

export function revenue(record: ShopRecord, range: Days) {
  const { booked, billed, cancelled } = revenueOf(record, range);
  return {
    booked: rupees(booked.paise),
    booked_orders: booked.count,
    billed: rupees(billed.paise),
    sales: billed.count,
    collected: rupees(collected(record, range)),
    cancelled: rupees(cancelled.paise),
    cancelled_orders: cancelled.count,
  };
}

export function orderValue(record: ShopRecord, range: Days) {
  const { booked, billed, cancelled } = revenueOf(record, range);
  const orders = booked.count + cancelled.count;
  return {
    average_order_value: average(booked.paise + cancelled.paise, orders),
    orders,
    average_booked_value: average(booked.paise, booked.count),
    booked_orders: booked.count,
    average_sale_value: average(billed.paise, billed.count),
    sales: billed.count,
  };
}

export function busyHours(record: ShopRecord, range: Days) {
  return WEEKDAYS.flatMap((weekday) =>
    Array.from({ length: 24 }, (_, hour) => {
      const inHour = (bill: RecordedBill): boolean => {
        const [day, text] = clock.format(bill.at).split(/,? /);
        return day === weekday && Number(text) === hour;
      };
      const booked = bills(record, range, (bill) => isBooked(bill) && inHour(bill));
      const billed = bills(record, range, (bill) => bill.kind === 'sale' && inHour(bill));
      return {
        weekday,
        hour,
        booked_orders: booked.count,
        booked: rupees(booked.paise),
        sales: billed.count,
        billed: rupees(billed.paise),
      };
    }),
  );
}

/** Who ordered in a range, of any status, among the customers of today; and how many of those were there. */
export function conversion(record: ShopRecord, range: Days) {
  const there = record.customers.filter(
    ({ isRemoved, addedAt }) => !isRemoved && shopDay(addedAt) <= range.to,
  );
  const ordering = there.filter((customer) =>
    record.bills.some(
      (bill) => bill.kind === 'order' && bill.customer === customer && isWithin(bill.at, range),
    ),
  );
  return { customers: there.length, ordering: ordering.length };
}

export function cohort(record: ShopRecord, range: Days) {
  const added = record.customers.filter(({ isRemoved, addedAt }) => !isRemoved && isWithin(addedAt, range));
  const waits = added.flatMap((customer) => {
    const orders = record.bills.filter((bill) => bill.kind === 'order' && bill.customer === customer);
    const first = orders.map(({ at }) => at).sort((a, b) => a - b)[0];
    return first === undefined ? [] : [dayCount(shopDay(customer.addedAt), shopDay(first))];
  });
  const within = (days: number): number => waits.filter((wait) => wait <= days).length;
  return {
    new_customers: added.length,
    ordered_within_30_days: within(30),
    ordered_within_60_days: within(60),
    ordered_within_90_days: within(90),
    ordered_ever: waits.length,
    conversion_rate: percent(waits.length, added.length),
  };
}
