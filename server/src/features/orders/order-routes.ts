// Orders: making and reading them. What happens to one later stands in order-change-routes.ts.

import type { FastifyReply } from 'fastify';
import { Data, PAGE_EXAMPLE } from '../../contract/envelope.ts';
import {
  NEW_ORDER_MESSAGES,
  NewOrderBody,
  OrderDetailWire,
  OrderListReply,
  OrderQuery,
  OrderStatisticsQuery,
  OrderStatisticsWire,
  OrdersOfCustomerQuery,
  OrderWire,
  PlacedOrderWire,
} from '../../contract/order.ts';
import type { Order } from '../../domain/order.ts';
import type { Page } from '../../domain/page.ts';
import { refuse } from '../../domain/shop-error.ts';
import { type PageNumbers, pageInfo, readPage } from '../../http/paging.ts';
import { replySerializer } from '../../http/reply-serializers.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { asFile } from '../exports/send-export.ts';
import { createOrder } from './create-order.ts';
import { tailDrawer } from './number-tails.ts';
import { orderChangeRoutes } from './order-change-routes.ts';
import { orderExample } from './order-example.ts';
import { customerIdIn, orderIdOf, readOrderFilter } from './order-input.ts';
import { toOrderDetailWire, toOrderWire, toPlacedOrderWire, toStatisticsWire } from './order-wire.ts';

const listExample = {
  success: true,
  data: [orderExample],
  pagination: PAGE_EXAMPLE,
  orders: [orderExample],
  total: 1,
  page: 1,
  pages: 1,
};

export function orderRoutes(shop: Shop): Route[] {
  return [
    listRoute(shop),
    addRoute(shop),
    statisticsRoute(shop),
    listOfCustomerRoute(shop),
    readRoute(shop),
    ...orderChangeRoutes(shop),
  ];
}

function listRoute(shop: Shop): Route {
  const { store } = shop;
  return route({
    method: 'GET',
    path: '/api/orders',
    access: 'orders.read',
    untilChanged: true,
    tag: 'Orders',
    ticket: true,
    summary: 'List orders, newest first',
    description: 'Dates that cannot be read are no filter; an unknown status finds nothing.',
    query: OrderQuery,
    reply: OrderListReply,
    errors: ['invalid_input'],
    example: listExample,
    handle: async (call) => {
      const { query } = call;
      const filter = readOrderFilter(query);
      const file = await asFile(shop, call, { table: 'orders', filter }, (page) =>
        store.orders.list(filter, page),
      );
      if (file) return file;
      const numbers = readPage(query);
      return listText(call.reply, await store.orders.list(filter, numbers), numbers);
    },
  });
}

function listOfCustomerRoute({ store }: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/orders/customer/:customerId',
    access: 'orders.read',
    untilChanged: true,
    tag: 'Orders',
    summary: 'List the orders of one customer, newest first',
    description: 'Of an unknown customer: an empty list.',
    query: OrdersOfCustomerQuery,
    reply: OrderListReply,
    errors: ['invalid_input'],
    example: listExample,
    handle: async ({ params, query, reply }) => {
      const numbers = readPage(query);
      const customerId = customerIdIn(params.customerId, 'customer_id');
      return listText(reply, await store.orders.list({ customerId }, numbers), numbers);
    },
  });
}

let orderText: ReturnType<typeof replySerializer> | undefined;

/** The rows stand in it under two names, and are put into words once. */
function listText(reply: FastifyReply, page: Page<Order>, numbers: PageNumbers): string {
  orderText ??= replySerializer(OrderWire);
  const rows = `[${page.rows.map(toOrderWire).map(orderText).join(',')}]`;
  const pagination = pageInfo(page, numbers);
  const totals = `"total":${page.total},"page":${numbers.page},"pages":${pagination.total_pages}`;
  reply.type('application/json; charset=utf-8');
  return `{"success":true,"data":${rows},"pagination":${JSON.stringify(pagination)},"orders":${rows},${totals}}`;
}

function statisticsRoute({ store }: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/orders/statistics',
    access: 'orders.read',
    untilChanged: true,
    tag: 'Orders',
    summary: 'Count orders and sum their totals',
    description: 'With the filters of the list. Orders of every status count, cancelled ones too.',
    query: OrderStatisticsQuery,
    reply: Data(OrderStatisticsWire),
    errors: ['invalid_input'],
    example: {
      success: true,
      data: {
        total_orders: 6,
        total_revenue: 95109.5,
        average_order_value: 15851.58,
        status_breakdown: { pending: 6, processing: 0, completed: 0, cancelled: 0 },
        payment_breakdown: { unpaid: 4, partial: 1, paid: 1 },
      },
    },
    handle: async ({ query }) => ({
      success: true,
      data: toStatisticsWire(await store.orders.statistics(readOrderFilter(query))),
    }),
  });
}

function readRoute({ store }: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/orders/:id',
    access: 'orders.read',
    untilChanged: true,
    tag: 'Orders',
    summary: 'Read one order with its customer of today, its history and what its payment would book',
    reply: Data(OrderDetailWire),
    errors: ['order_not_found'],
    example: {
      success: true,
      data: {
        ...orderExample,
        customer: {
          id: orderExample.customer_id,
          name: 'Asha Patil',
          phone: '+91 98765 43210',
          email: null,
          address: '12 MG Road, Pune',
        },
        status_history: [{ status: 'pending', from: null, at: '2026-01-15T10:30:00.123Z', by: 'owner' }],
        would_book: { unpaid: [], partial: [], paid: [] },
        in_khata: 41500,
        cash_received: 0,
      },
    },
    handle: async ({ params, versioned }) => {
      const detail = await store.orders.detail(orderIdOf(params.id));
      if (!detail) throw refuse('order_not_found');
      versioned(detail.order.version);
      return { success: true, data: toOrderDetailWire(detail) };
    },
  });
}

function addRoute(shop: Shop): Route {
  const drawTails = tailDrawer(shop);
  return route({
    method: 'POST',
    path: '/api/orders',
    access: 'orders.write',
    often: true,
    tag: 'Orders',
    summary: 'Make an order',
    description:
      'Takes the pieces out of the stock and, paid by khata, debits the customer, in the same write. ' +
      'Pieces are made to order: only where the shop keeps strict stock is an order refused for lack of it.',
    body: NewOrderBody,
    messages: NEW_ORDER_MESSAGES,
    status: 201,
    reply: Data(PlacedOrderWire),
    errors: ['unknown_customer', 'unknown_product', 'out_of_stock', 'credit_limit_exceeded'],
    example: { success: true, data: orderExample, message: 'Order created successfully' },
    handle: async ({ body, by, wrote, versioned }) => {
      const placed = wrote(await createOrder(shop, body, drawTails(), by));
      versioned(placed.order.version);
      return { success: true, data: toPlacedOrderWire(placed), message: 'Order created successfully' };
    },
  });
}
