// The kept figures against what they count, all of one moment.

import type { FigureSum } from '../../../domain/figures.ts';
import { entryFigure, lineFigures, orderSum, paymentSum, saleSum } from '../../../domain/kept-figures.ts';
import { dayOf } from '../../../domain/shop-day.ts';
import type { Problems } from '../../books/problems.ts';
import type { Moment } from '../archive/moment.ts';
import type { BoughtFigures, EntryRow, Rows, SoldFigures } from '../rows.ts';
import { NOTHING_BOUGHT, NOTHING_SOLD } from '../writes/figures.ts';

interface Expected {
  days: Map<string, FigureSum>;
  bought: Map<string, BoughtFigures>;
  sold: Map<string, SoldFigures>;
  /** By customer and day, the debits that were not taken back. */
  debits: Map<string, number>;
}

export function checkFigures(copy: Moment, problems: Problems): void {
  const expected: Expected = { days: new Map(), bought: new Map(), sold: new Map(), debits: new Map() };
  for (const order of copy.rows('orders')) countOrder(expected, order);
  for (const sale of copy.rows('sales')) countSale(expected, sale);
  const entries = new Map<string, EntryRow>();
  for (const entry of copy.rows('khata_transactions')) entries.set(entry.id, entry);
  for (const entry of entries.values()) countEntry(expected, entry, entries);

  for (const { day, figures } of copy.rows('daily_figures')) {
    for (const { figure, ...kept } of figures) {
      compare(
        problems,
        `daily_figures ${day} ${figure}`,
        kept,
        take(expected.days, `${day} ${figure}`, NOTHING),
      );
    }
  }
  for (const [name, sum] of expected.days) compare(problems, `daily_figures ${name}`, NOTHING, sum);
  for (const { id, bought, khataDays } of copy.rows('customers')) {
    compare(problems, `customer ${id}`, bought, take(expected.bought, id, NOTHING_BOUGHT));
    for (const { day, paise } of khataDays) {
      const given = { paise: expected.debits.get(`${id} ${day}`) ?? 0 };
      compare(problems, `customer ${id}: debits of ${day}`, { paise }, given);
    }
  }
  for (const { id, figures } of copy.rows('products')) {
    compare(problems, `product ${id}`, figures, take(expected.sold, id, NOTHING_SOLD));
  }
}

const NOTHING: FigureSum = { count: 0, paise: 0, fineMg: 0 };

/** What was expected under a name; asked once, so that what is left was never kept. */
function take<T>(map: Map<string, T>, name: string, none: T): T {
  const value = map.get(name) ?? none;
  map.delete(name);
  return value;
}

function compare(problems: Problems, what: string, kept: object, expected: object): void {
  for (const [name, value] of Object.entries(expected)) {
    const stored = (kept as Record<string, unknown>)[name];
    if (stored !== value) problems.add(`${what}: ${name} is ${stored}, but the rows add up to ${value}`);
  }
}

function addTo(days: Map<string, FigureSum>, name: string, more: FigureSum): void {
  const sum = days.get(name) ?? NOTHING;
  const { count, paise, fineMg } = more;
  days.set(name, { count: sum.count + count, paise: sum.paise + paise, fineMg: sum.fineMg + fineMg });
}

function countOrder({ days, bought, sold }: Expected, order: Rows['orders']): void {
  const { createdAt: at, customerId } = order;
  addTo(days, `${dayOf(at)} order.${order.status}`, orderSum(order));
  countPayments(days, order.payments);
  const isBooked = order.status !== 'cancelled';
  const of = bought.get(customerId) ?? NOTHING_BOUGHT;
  bought.set(customerId, {
    ...of,
    orders: of.orders + (isBooked ? 1 : 0),
    ordersPaise: of.ordersPaise + (isBooked ? order.totalPaise : 0),
    lastOrderAt: isBooked ? latest(of.lastOrderAt, at) : of.lastOrderAt,
    firstOrderAt: of.firstOrderAt === null ? at : Math.min(of.firstOrderAt, at),
  });
  for (const line of order.lines) {
    const { productId, quantity, paise, fineMg } = lineFigures(line);
    const figures = sold.get(productId) ?? NOTHING_SOLD;
    sold.set(productId, {
      ...figures,
      ordered: figures.ordered + (isBooked ? quantity : 0),
      orderedPaise: figures.orderedPaise + (isBooked ? paise : 0),
      orderedFineMg: figures.orderedFineMg + (isBooked ? fineMg : 0),
      lastOrderAt: isBooked ? latest(figures.lastOrderAt, at) : figures.lastOrderAt,
      everOrdered: true,
    });
  }
}

function countSale({ days, bought, sold }: Expected, sale: Rows['sales']): void {
  const { createdAt: at, customerId } = sale;
  addTo(days, `${dayOf(at)} sale.${sale.paymentStatus}`, saleSum(sale));
  countPayments(days, sale.payments);
  const of = bought.get(customerId) ?? NOTHING_BOUGHT;
  bought.set(customerId, {
    ...of,
    sales: of.sales + 1,
    salesPaise: of.salesPaise + sale.finalPaise,
    lastSaleAt: latest(of.lastSaleAt, at),
  });
  for (const line of sale.lines) {
    const { productId, quantity, paise, fineMg } = lineFigures(line);
    const figures = sold.get(productId) ?? NOTHING_SOLD;
    sold.set(productId, {
      ...figures,
      sold: figures.sold + quantity,
      soldPaise: figures.soldPaise + paise,
      soldFineMg: figures.soldFineMg + fineMg,
      lastSaleAt: latest(figures.lastSaleAt, at),
    });
  }
}

function countPayments(days: Map<string, FigureSum>, payments: Rows['orders']['payments']): void {
  for (const payment of payments) {
    const sum = paymentSum([payment]);
    if (sum.count > 0) addTo(days, `${dayOf(payment.at)} payment`, sum);
  }
}

function countEntry({ days, debits }: Expected, entry: EntryRow, all: ReadonlyMap<string, EntryRow>): void {
  const reverses = entry.reverses === null ? null : (all.get(entry.reverses) ?? null);
  const { figure, paise, sum } = entryFigure(entry, reverses);
  addTo(days, `${dayOf(entry.createdAt)} ${figure}`, sum);
  if (figure === 'khata.received') return;
  const name = `${entry.customerId} ${dayOf((reverses ?? entry).createdAt)}`;
  debits.set(name, (debits.get(name) ?? 0) + paise);
}

function latest(before: number | null, at: number): number {
  return before === null ? at : Math.max(before, at);
}
