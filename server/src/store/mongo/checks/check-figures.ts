// The kept figures against what they count, all of one moment: the caller holds a transaction that only reads.

import type { ClientSession, Db } from 'mongodb';
import type { FigureSum } from '../../../domain/figures.ts';
import { entryFigure, lineFigures, orderSum, paymentSum, saleSum } from '../../../domain/kept-figures.ts';
import { dayOf } from '../../../domain/shop-day.ts';
import type { Problems } from '../../books/problems.ts';
import { type Document, fromDocument } from '../codec.ts';
import type { BoughtFigures, CollectionName, EntryRow, Rows, SoldFigures } from '../rows.ts';
import { NOTHING_BOUGHT, NOTHING_SOLD } from '../writes/figures.ts';

interface Expected {
  days: Map<string, FigureSum>;
  bought: Map<string, BoughtFigures>;
  sold: Map<string, SoldFigures>;
  /** By customer and day, the debits that were not taken back. */
  debits: Map<string, number>;
}

export async function checkFigures(
  db: Db,
  session: ClientSession,
  shopId: string,
  problems: Problems,
): Promise<void> {
  const rows = <C extends CollectionName>(name: C) => rowsOf<C>(db, session, shopId, name);
  const expected: Expected = { days: new Map(), bought: new Map(), sold: new Map(), debits: new Map() };
  for await (const order of rows('orders')) countOrder(expected, order);
  for await (const sale of rows('sales')) countSale(expected, sale);
  const entries = new Map<string, EntryRow>();
  for await (const entry of rows('khata_transactions')) entries.set(entry.id, entry);
  for (const entry of entries.values()) countEntry(expected, entry, entries);

  for await (const { day, figures } of rows('daily_figures')) {
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
  for await (const { id, bought, khataDays } of rows('customers')) {
    compare(problems, `customer ${id}`, bought, take(expected.bought, id, NOTHING_BOUGHT));
    for (const { day, paise } of khataDays) {
      const given = { paise: expected.debits.get(`${id} ${day}`) ?? 0 };
      compare(problems, `customer ${id}: debits of ${day}`, { paise }, given);
    }
  }
  for await (const { id, figures } of rows('products')) {
    compare(problems, `product ${id}`, figures, take(expected.sold, id, NOTHING_SOLD));
  }
}

const NOTHING: FigureSum = { count: 0, paise: 0, fineMg: 0 };

async function* rowsOf<C extends CollectionName>(
  db: Db,
  session: ClientSession,
  shopId: string,
  collection: C,
): AsyncGenerator<Rows[C]> {
  const found = db.collection(collection).find({ shop_id: shopId }, { session });
  for await (const document of found) yield fromDocument<Rows[C]>(document as Document);
}

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
  const { figure, sum } = entryFigure(entry, reverses);
  addTo(days, `${dayOf(entry.createdAt)} ${figure}`, sum);
  if (figure === 'khata.received') return;
  const name = `${entry.customerId} ${dayOf((reverses ?? entry).createdAt)}`;
  debits.set(name, (debits.get(name) ?? 0) + sum.paise);
}

function latest(before: number | null, at: number): number {
  return before === null ? at : Math.max(before, at);
}
