// Counter sales: recorded once, never changed. A correction goes through the khata or a new sale.

import { Data, PAGE_EXAMPLE, Paged } from '../../contract/envelope.ts';
import {
  NEW_SALE_MESSAGES,
  NewSaleBody,
  RecordedSaleWire,
  SaleQuery,
  SaleWire,
} from '../../contract/sale.ts';
import { parseId } from '../../domain/id.ts';
import type { SaleFilter } from '../../domain/sale.ts';
import { refuse } from '../../domain/shop-error.ts';
import { readDateRange } from '../../http/date-range.ts';
import { pageInfo, readPage } from '../../http/paging.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { asFile } from '../exports/send-export.ts';
import { customerIdIn } from '../orders/order-input.ts';
import { createSale } from './create-sale.ts';
import { toRecordedSaleWire, toSaleWire } from './sale-wire.ts';

const example: SaleWire = {
  id: '65f0c0ffee0123456789abcd',
  customer_id: '65e0c0ffee0123456789abcd',
  customer_name: 'Asha Patil',
  products: [
    {
      product_id: '65d0c0ffee0123456789abcd',
      product_name: 'Gold Ring',
      quantity: 1,
      taken_quantity: 1,
      price_at_sale: 25000,
      weight: 5.5,
      gold_purity: '916',
    },
  ],
  total_amount: 25000,
  discount: 500,
  final_amount: 24500,
  payment_status: 'paid',
  payment_method: 'cash',
  payments: [{ method: 'cash', amount: 24500, reference: null, at: '2026-01-15T10:30:00.123Z' }],
  khata_entry_id: null,
  notes: null,
  created_at: '2026-01-15T10:30:00.123Z',
  created_by: 'owner',
};

export function saleRoutes(shop: Shop): Route[] {
  return [listRoute(shop), addRoute(shop), readRoute(shop)];
}

function listRoute(shop: Shop): Route {
  const { store } = shop;
  return route({
    method: 'GET',
    path: '/api/sales',
    access: 'sales.read',
    tag: 'Sales',
    ticket: true,
    summary: 'List sales, newest first',
    description: 'Dates that cannot be read are no filter; an unknown payment status finds nothing.',
    query: SaleQuery,
    reply: Paged(SaleWire),
    errors: ['invalid_input'],
    example: {
      success: true,
      data: [example],
      pagination: PAGE_EXAMPLE,
    },
    handle: async (call) => {
      const { query } = call;
      const filter = toFilter(query);
      const file = await asFile(shop, call, { table: 'sales', filter }, (page) =>
        store.sales.list(filter, page),
      );
      if (file) return file;
      const numbers = readPage(query);
      const page = await store.sales.list(filter, numbers);
      return { success: true, data: page.rows.map(toSaleWire), pagination: pageInfo(page, numbers) };
    },
  });
}

function addRoute(shop: Shop): Route {
  return route({
    method: 'POST',
    path: '/api/sales',
    access: 'sales.write',
    often: true,
    tag: 'Sales',
    summary: 'Record a counter sale',
    description:
      'Takes the pieces out of the stock and debits the khata part to the customer, in the same write.',
    body: NewSaleBody,
    messages: NEW_SALE_MESSAGES,
    status: 201,
    reply: Data(RecordedSaleWire),
    errors: ['unknown_customer', 'unknown_product', 'out_of_stock', 'credit_limit_exceeded'],
    example: { success: true, data: example },
    handle: async ({ body, by, wrote }) => ({
      success: true,
      data: toRecordedSaleWire(wrote(await createSale(shop, body, by))),
    }),
  });
}

function readRoute({ store }: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/sales/:id',
    access: 'sales.read',
    tag: 'Sales',
    summary: 'Read one sale',
    reply: Data(SaleWire),
    errors: ['sale_not_found'],
    example: { success: true, data: example },
    handle: async ({ params }) => {
      const id = parseId(params.id);
      const sale = id === null ? null : await store.sales.find(id);
      if (!sale) throw refuse('sale_not_found');
      return { success: true, data: toSaleWire(sale) };
    },
  });
}

function toFilter(query: Record<string, string | undefined>): SaleFilter {
  const { customer_id: customerId, payment_status: status } = query;
  const byStatus = status !== undefined && status !== '' && status !== 'all';
  return {
    ...(customerId ? { customerId: customerIdIn(customerId, 'customer_id') } : {}),
    ...(byStatus ? { paymentStatus: status } : {}),
    ...readDateRange(query.date_from, query.date_to),
  };
}
