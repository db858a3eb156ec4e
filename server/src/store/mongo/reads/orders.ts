import type { Db } from 'mongodb';
import {
  ORDER_PAYMENT_STATUSES,
  ORDER_STATUSES,
  type Order,
  type OrderFilter,
  type OrderPaymentStatus,
  type OrderStatistics,
  type OrderStatus,
} from '../../../domain/order.ts';
import type { Page, PageRequest, RowMark } from '../../../domain/page.ts';
import { searchSpellings, toSearchText } from '../../../domain/search-text.ts';
import { type Document, fromDocument, toId } from '../codec.ts';
import type { OrderRow } from '../rows.ts';
import { contains, equal, findAfter, findPage, inOther, timeRange } from './pages.ts';
import type { Questions } from './questions.ts';

/** What the search looks in. */
export function orderSearchText(orderNumber: string, customerName: string): string {
  return toSearchText(`${orderNumber}\n${customerName}`);
}

export function toOrder({ shopId: _shop, searchText: _text, ...order }: OrderRow): Order {
  return order;
}

export async function findOrder(questions: Questions, shopId: string, id: string): Promise<Order | null> {
  const [document] = await questions.ask('orders', [{ $match: { _id: toId(id), shop_id: shopId } }]);
  return document ? toOrder(fromDocument<OrderRow>(document)) : null;
}

export async function listOrders(
  db: Db,
  shopId: string,
  filter: OrderFilter,
  page: PageRequest,
): Promise<Page<Order>> {
  const list = { collection: 'orders', filter: orderConditions(shopId, filter) } as const;
  const { rows, total } = await findPage<OrderRow>(db, list, page);
  return { rows: rows.map(toOrder), total };
}

export async function listOrdersAfter(
  questions: Questions,
  shopId: string,
  filter: OrderFilter,
  row: RowMark | null,
  limit: number,
): Promise<Order[]> {
  const list = { collection: 'orders', filter: orderConditions(shopId, filter) } as const;
  return (await findAfter<OrderRow>(questions, list, row, limit)).map(toOrder);
}

export async function orderStatistics(db: Db, shopId: string, filter: OrderFilter): Promise<OrderStatistics> {
  const groups = await db
    .collection('orders')
    .aggregate<{
      _id: { status: OrderStatus; payment_status: OrderPaymentStatus };
      count: number;
      paise: number;
    }>([
      { $match: orderConditions(shopId, filter) },
      {
        $group: {
          _id: { status: '$status', payment_status: '$payment_status' },
          count: { $sum: 1 },
          paise: { $sum: '$total_paise' },
        },
      },
    ])
    .toArray();
  const statistics: OrderStatistics = {
    count: 0,
    totalPaise: 0,
    byStatus: zeros(ORDER_STATUSES),
    byPaymentStatus: zeros(ORDER_PAYMENT_STATUSES),
  };
  for (const { _id, count, paise } of groups) {
    statistics.count += count;
    statistics.totalPaise += paise;
    statistics.byStatus[_id.status] += count;
    statistics.byPaymentStatus[_id.payment_status] += count;
  }
  return statistics;
}

export function orderConditions(shopId: string, filter: OrderFilter): Document {
  const { status, paymentStatus, customerId, search } = filter;
  return {
    shop_id: shopId,
    ...equal({ status, payment_status: paymentStatus }),
    ...(customerId === undefined ? {} : { customer_id: toId(customerId) }),
    ...timeRange('created_at', filter),
    ...(search === undefined ? {} : { $expr: holds(search) }),
  };
}

function holds(search: string): Document {
  const asTyped = searchSpellings(search).map((text) => contains('search_text', text));
  return { $or: [...asTyped, ...inOther('search_text', search)] };
}

function zeros<K extends string>(keys: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
}
