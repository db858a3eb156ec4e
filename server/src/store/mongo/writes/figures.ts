// The kept figures: a few additions in the same write as what they count. Those of a customer and of a piece stand in
// their own documents, which the write reads and writes anyway. `swati verify` recomputes all of them.

import type { Figure, FigureSum } from '../../../domain/figures.ts';
import { entryFigure, lineFigures, orderSum, paymentSum, saleSum } from '../../../domain/kept-figures.ts';
import type { KhataEntry } from '../../../domain/khata.ts';
import type { Order, OrderStatus } from '../../../domain/order.ts';
import type { Payment } from '../../../domain/payment.ts';
import { addDays } from '../../../domain/period.ts';
import type { Sale } from '../../../domain/sale.ts';
import { dayOf } from '../../../domain/shop-day.ts';
import { newRowId, toId } from '../codec.ts';
import { NEWEST_FIRST } from '../reads/pages.ts';
import type { BoughtFigures, CustomerRow, OrderRow, SoldFigures } from '../rows.ts';
import type { Tx } from './tx.ts';
import { type AnyQuery, byId, type Query } from './view.ts';

export const NOTHING_BOUGHT: BoughtFigures = {
  ...{ sales: 0, salesPaise: 0, lastSaleAt: null },
  ...{ orders: 0, ordersPaise: 0, lastOrderAt: null, firstOrderAt: null },
};
export const NOTHING_SOLD: SoldFigures = {
  ...{ sold: 0, soldPaise: 0, soldFineMg: 0, lastSaleAt: null },
  ...{ ordered: 0, orderedPaise: 0, orderedFineMg: 0, lastOrderAt: null },
  everOrdered: false,
};
/** Ageing asks for the last 91 days; some more stand, for whoever asks as of an earlier day. */
export const DAYS_KEPT = 120;
/** Each change of a group cancels at most one order, and no group has so many. */
const ORDERS_LOOKED_AT = 200;

export function keepSale(tx: Tx, sale: Sale): void {
  const at = sale.createdAt;
  addToDay(tx, at, `sale.${sale.paymentStatus}`, saleSum(sale));
  changeBought(tx, sale.customerId, (bought) => ({
    ...bought,
    sales: bought.sales + 1,
    salesPaise: bought.salesPaise + sale.finalPaise,
    lastSaleAt: latest(bought.lastSaleAt, at),
  }));
  for (const line of sale.lines) {
    const { quantity, paise, fineMg } = lineFigures(line);
    changeSold(tx, line.productId, (figures) => ({
      ...figures,
      sold: figures.sold + quantity,
      soldPaise: figures.soldPaise + paise,
      soldFineMg: figures.soldFineMg + fineMg,
      lastSaleAt: latest(figures.lastSaleAt, at),
    }));
  }
}

export function keepOrder(tx: Tx, order: Order): void {
  const at = order.createdAt;
  addToDay(tx, at, `order.${order.status}`, orderSum(order));
  changeBought(tx, order.customerId, (bought) => ({
    ...bought,
    orders: bought.orders + 1,
    ordersPaise: bought.ordersPaise + order.totalPaise,
    lastOrderAt: latest(bought.lastOrderAt, at),
    firstOrderAt: bought.firstOrderAt === null ? at : Math.min(bought.firstOrderAt, at),
  }));
  for (const line of order.lines) {
    const { quantity, paise, fineMg } = lineFigures(line);
    changeSold(tx, line.productId, (figures) => ({
      ...figures,
      ordered: figures.ordered + quantity,
      orderedPaise: figures.orderedPaise + paise,
      orderedFineMg: figures.orderedFineMg + fineMg,
      lastOrderAt: latest(figures.lastOrderAt, at),
      everOrdered: true,
    }));
  }
}

/** `order` is as it was; its row has the new status already. No order leaves `cancelled`. */
export function keepOrderStatus(tx: Tx, order: Order, status: OrderStatus): void {
  const sum = orderSum(order);
  const taken = { count: -1, paise: -sum.paise, fineMg: -sum.fineMg };
  addToDay(tx, order.createdAt, `order.${order.status}`, taken);
  addToDay(tx, order.createdAt, `order.${status}`, sum);
  if (status === 'cancelled') takeBackOrder(tx, order);
}

/** Takes a cancelled order out of what its customer and its pieces have to show. */
function takeBackOrder(tx: Tx, order: Order): void {
  const { customerId, createdAt } = order;
  const productIds = order.lines.map(({ productId }) => productId);
  // All at once: asked for piece by piece, each would be a reading of its own.
  tx.need(productIds.map((productId) => byId('products', productId)));
  const lastOf = (productId: string): number | null =>
    tx.get('products', productId)?.figures.lastOrderAt ?? null;
  // The last order of a piece is looked for again only where this was it.
  const isLast = (productId: string): boolean => (lastOf(productId) ?? createdAt) <= createdAt;
  const queries = [standingOfCustomer(customerId), ...productIds.filter(isLast).map(standingOfPiece)];
  tx.need(queries as unknown as AnyQuery[]);
  changeBought(tx, customerId, (bought) => ({
    ...bought,
    orders: bought.orders - 1,
    ordersPaise: bought.ordersPaise - order.totalPaise,
    lastOrderAt: newestOf(tx, standingOfCustomer(customerId)),
  }));
  for (const line of order.lines) {
    const { productId, quantity, paise, fineMg } = lineFigures(line);
    const lastOrderAt = isLast(productId) ? newestOf(tx, standingOfPiece(productId)) : lastOf(productId);
    changeSold(tx, productId, (figures) => ({
      ...figures,
      ordered: figures.ordered - quantity,
      orderedPaise: figures.orderedPaise - paise,
      orderedFineMg: figures.orderedFineMg - fineMg,
      lastOrderAt,
    }));
  }
}

function standingOfCustomer(customerId: string): Query<'orders'> {
  const filter = { customer_id: toId(customerId) };
  return newestStanding(`customer/${customerId}`, filter, (row) => row.customerId === customerId);
}

function standingOfPiece(productId: string): Query<'orders'> {
  const filter = { 'lines.product_id': toId(productId) };
  return newestStanding(`product/${productId}`, filter, ({ lines }) =>
    lines.some((line) => line.productId === productId),
  );
}

/** The newest orders that are not cancelled. */
function newestStanding(
  name: string,
  filter: Query<'orders'>['filter'],
  isOf: (row: OrderRow) => boolean,
): Query<'orders'> {
  return {
    collection: 'orders',
    name: `orders/standing/${name}`,
    filter: { ...filter, status: { $ne: 'cancelled' } },
    matches: (row) => row.status !== 'cancelled' && isOf(row),
    first: {
      sort: NEWEST_FIRST,
      limit: ORDERS_LOOKED_AT,
      compare: (a, b) => b.createdAt - a.createdAt,
    },
  };
}

/** When the first of the orders was made. */
function newestOf(tx: Tx, orders: Query<'orders'>): number | null {
  return tx.find(orders)[0]?.createdAt ?? null;
}

/** The khata rows among them are debts, which the ledger counts. */
export function keepPayments(tx: Tx, rows: readonly Payment[]): void {
  const sum = paymentSum(rows);
  if (sum.count > 0) addToDay(tx, tx.by.at, 'payment', sum);
}

/** What of an entry the figures need. */
type Posted = Pick<KhataEntry, 'type' | 'amountPaise' | 'source'>;

/** `reverses`: the entry that this one takes back. */
export function keepEntry(tx: Tx, entry: Posted, reverses: KhataEntry | null): void {
  const { figure, sum } = entryFigure(entry, reverses);
  addToDay(tx, tx.by.at, figure, sum);
}

/** A customer's debits by day after a posting. A debit that was taken back no longer ages. */
export function daysAfter(
  days: CustomerRow['khataDays'],
  entry: Posted,
  reverses: KhataEntry | null,
  at: number,
): CustomerRow['khataDays'] {
  const { figure, paise } = entryFigure(entry, reverses);
  const oldest = addDays(dayOf(at), -DAYS_KEPT);
  const kept = days.filter(({ day }) => day >= oldest);
  if (figure === 'khata.received') return kept;
  const day = dayOf(reverses?.createdAt ?? at);
  if (day < oldest) return kept;
  const before = kept.find((one) => one.day === day)?.paise ?? 0;
  const changed = { day, paise: Math.max(0, before + paise) };
  return [...kept.filter((one) => one.day !== day), changed].sort((a, b) => (a.day < b.day ? -1 : 1));
}

function changeBought(tx: Tx, id: string, change: (bought: BoughtFigures) => BoughtFigures): void {
  const row = tx.get('customers', id);
  if (row) tx.put('customers', { ...row, bought: change(row.bought) });
}

function changeSold(tx: Tx, id: string, change: (figures: SoldFigures) => SoldFigures): void {
  const row = tx.get('products', id);
  if (row) tx.put('products', { ...row, figures: change(row.figures) });
}

function latest(before: number | null, at: number): number {
  return before === null ? at : Math.max(before, at);
}

/** The figures of the day of an instant: for whoever asks for them together with other rows. */
export function dayOfFigures(at: number): Query<'daily_figures'> {
  const day = dayOf(at);
  return {
    collection: 'daily_figures',
    name: `daily_figures/${day}`,
    filter: { day },
    matches: (row) => row.day === day,
  };
}

function addToDay(tx: Tx, at: number, figure: Figure, more: FigureSum): void {
  const day = dayOf(at);
  const row = tx.find(dayOfFigures(at))[0] ?? { id: newRowId(), shopId: tx.shopId, day, figures: [] };
  const kept = row.figures.find((one) => one.figure === figure);
  const { count = 0, paise = 0, fineMg = 0 } = kept ?? {};
  const sum = { figure, count: count + more.count, paise: paise + more.paise, fineMg: fineMg + more.fineMg };
  tx.put('daily_figures', { ...row, figures: [...row.figures.filter((one) => one !== kept), sum] });
}
