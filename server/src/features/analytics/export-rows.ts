// Sales and orders of a period, all of them, as the older service answered them: streamed, so that neither the memory
// nor the other requests feel how many there are.

import { Readable } from 'node:stream';
import {
  ExportedOrder,
  ExportedOrdersQuery,
  ExportedSale,
  ExportedSalesQuery,
} from '../../contract/analytics.ts';
import { Counted } from '../../contract/envelope.ts';
import { toRupees } from '../../domain/money.ts';
import { ORDER_STATUSES, type Order } from '../../domain/order.ts';
import type { RowMark } from '../../domain/page.ts';
import type { Sale } from '../../domain/sale.ts';
import { dayOf, endOfDay } from '../../domain/shop-day.ts';
import { requireDateRange } from '../../http/date-range.ts';
import { type Call, type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { toInstant } from '../../http/wire.ts';
import type { Query } from './analytics-input.ts';
import { firstNames } from './first-names.ts';

const ROWS_AT_ONCE = 200;
const NAMES = 3;
const UNKNOWN = 'N/A';

const saleExample: ExportedSale = {
  id: '65f0c0ffee0123456789abcd',
  customer_name: 'Asha Patil',
  product_names: 'Nath, Tika, Ring (+1 more)',
  amount: 804,
  discount: 4,
  final_amount: 800,
  payment_status: 'paid',
  payment_method: 'cash',
  date: '2026-01-15T10:30:00.123Z',
  notes: '',
};
const orderExample: ExportedOrder = {
  order_number: 'ORD-20260115-7K2Q',
  customer_name: 'Asha Patil',
  customer_phone: '9876543210',
  customer_email: UNKNOWN,
  items: 'Ring, Ring, Ring (+1 more)',
  item_count: 4,
  subtotal: 50000,
  tax_amount: 1500,
  discount_amount: 0,
  total_amount: 51500,
  status: 'pending',
  payment_status: 'unpaid',
  payment_method: UNKNOWN,
  date: '2026-01-15T10:30:00.123Z',
  notes: '',
};

export function saleExportRoute({ store }: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/analytics/sales',
    access: 'analytics.read',
    tag: 'Analytics',
    summary: 'Read all sales of a period, newest first, for a report',
    query: ExportedSalesQuery,
    reply: Counted(ExportedSale),
    errors: ['invalid_input'],
    example: { success: true, data: [saleExample], count: 1 },
    handle: ({ query, reply }) => {
      const period = readPeriod(query);
      return stream(reply, (row) => store.sales.listAfter(period, row, ROWS_AT_ONCE), toExportedSale);
    },
  });
}

export function orderExportRoute({ store }: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/analytics/orders',
    access: 'analytics.read',
    tag: 'Analytics',
    summary: 'Read all orders of a period, newest first, for a report',
    query: ExportedOrdersQuery,
    reply: Counted(ExportedOrder),
    errors: ['invalid_input'],
    example: { success: true, data: [orderExample], count: 1 },
    handle: ({ query, reply }) => {
      const status = ORDER_STATUSES.find((known) => known === query.status?.trim());
      const filter = { ...readPeriod(query), ...(status === undefined ? {} : { status }) };
      return stream(reply, (row) => store.orders.listAfter(filter, row, ROWS_AT_ONCE), toExportedOrder);
    },
  });
}

function readPeriod(query: Query): { from?: number; to?: number } {
  const { from, to } = requireDateRange(
    query,
    { from: 'start_date', to: 'end_date' },
    (name) => `Invalid ${name} format. Use YYYY-MM-DD`,
  );
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to: endOfDay(dayOf(to - 1)) }),
  };
}

type Pages<T> = (after: RowMark | null) => Promise<T[]>;

/** The first page is read before anything is sent, so that a store that cannot be read is a refusal. */
async function stream<T extends RowMark>(
  reply: Call<never, never>['reply'],
  pages: Pages<T>,
  toRow: (row: T) => object,
): Promise<Readable> {
  const first = await pages(null);
  reply.type('application/json; charset=utf-8');
  return Readable.from(parts(first, pages, toRow));
}

async function* parts<T extends RowMark>(
  first: T[],
  pages: Pages<T>,
  toRow: (row: T) => object,
): AsyncGenerator<string> {
  let count = 0;
  yield '{"success":true,"data":[';
  for (let page = first; page.length > 0; ) {
    yield `${count === 0 ? '' : ','}${page.map((row) => JSON.stringify(toRow(row))).join(',')}`;
    count += page.length;
    // Reading is synchronous: other requests have their turn between two pages.
    await new Promise(setImmediate);
    page = page.length < ROWS_AT_ONCE ? [] : await pages(page.at(-1) ?? null);
  }
  yield `],"count":${count}}`;
}

function toExportedSale(sale: Sale): ExportedSale {
  return {
    id: sale.id,
    customer_name: sale.customerName,
    product_names: firstNames(sale.lines, NAMES).withRest,
    amount: toRupees(sale.totalPaise),
    discount: toRupees(sale.discountPaise),
    final_amount: toRupees(sale.finalPaise),
    payment_status: sale.paymentStatus,
    payment_method: sale.paymentMethod ?? UNKNOWN,
    date: toInstant(sale.createdAt),
    notes: sale.notes ?? '',
  };
}

function toExportedOrder(order: Order): ExportedOrder {
  return {
    order_number: order.orderNumber,
    customer_name: order.customerName,
    customer_phone: order.customerPhone,
    customer_email: order.customerEmail || UNKNOWN,
    items: firstNames(order.lines, NAMES).withRest,
    item_count: order.lines.length,
    subtotal: toRupees(order.subtotalPaise),
    tax_amount: toRupees(order.taxPaise),
    discount_amount: toRupees(order.discountPaise),
    total_amount: toRupees(order.totalPaise),
    status: order.status,
    payment_status: order.paymentStatus,
    payment_method: order.paymentMethod || UNKNOWN,
    date: toInstant(order.createdAt),
    notes: order.notes,
  };
}
