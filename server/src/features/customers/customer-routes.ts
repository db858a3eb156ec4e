// Customers: found by name or phone, added, changed, and removed once their khata is clear.

import {
  CUSTOMER_MESSAGES,
  CustomerCashWire,
  CustomerChangesBody,
  CustomerQuery,
  CustomerSearchQuery,
  CustomerWire,
  NewCustomerBody,
} from '../../contract/customer.ts';
import { bothPageExample, Data, Done, PagedBoth } from '../../contract/envelope.ts';
import { CASH_LIMIT_PAISE } from '../../domain/cash.ts';
import type { CustomerFilter } from '../../domain/customer.ts';
import { toRupees } from '../../domain/money.ts';
import { dayOf, startOfDay } from '../../domain/shop-day.ts';
import { refuse } from '../../domain/shop-error.ts';
import { bothPageInfo, readEither } from '../../http/paging.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { asFile } from '../exports/send-export.ts';
import { customerExample } from './customer-example.ts';
import { customerIdOf, toCustomerChanges, toNewCustomer } from './customer-input.ts';
import { toCustomerWire } from './customer-wire.ts';

/** So many are found where nobody says how many. */
const FOUND = 50;

export function customerRoutes(shop: Shop): Route[] {
  return [
    listRoute(shop),
    searchRoute(shop),
    addRoute(shop),
    readRoute(shop),
    cashRoute(shop),
    changeRoute(shop),
    removeRoute(shop),
    restoreRoute(shop),
  ];
}

function listRoute(shop: Shop): Route {
  const { store } = shop;
  return route({
    method: 'GET',
    path: '/api/customers',
    access: 'customers.read',
    untilChanged: true,
    tag: 'Customers',
    ticket: true,
    summary: 'List customers, newest first',
    query: CustomerQuery,
    reply: PagedBoth(CustomerWire),
    errors: ['invalid_input'],
    example: {
      success: true,
      data: [customerExample],
      pagination: bothPageExample(100),
    },
    handle: async (call) => {
      const { query } = call;
      const filter = {
        ...toFilter(query.search),
        ...(query.removed === 'true' ? { isRemoved: true } : {}),
      };
      const file = await asFile(shop, call, { table: 'customers', filter }, (page) =>
        store.customers.list(filter, page),
      );
      if (file) return file;
      const numbers = readEither(query, 100, 1000);
      const page = await store.customers.list(filter, numbers);
      return { success: true, data: page.rows.map(toCustomerWire), pagination: bothPageInfo(page, numbers) };
    },
  });
}

function searchRoute({ store }: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/customers/search',
    access: 'customers.read',
    untilChanged: true,
    tag: 'Customers',
    summary: 'Find customers by part of the name or phone',
    query: CustomerSearchQuery,
    reply: PagedBoth(CustomerWire),
    errors: ['invalid_input'],
    example: { success: true, data: [customerExample], pagination: bothPageExample(FOUND) },
    handle: async ({ query }) => {
      const numbers = readEither(query, FOUND, 1000);
      const page = await store.customers.list(toFilter(query.q), numbers);
      return { success: true, data: page.rows.map(toCustomerWire), pagination: bothPageInfo(page, numbers) };
    },
  });
}

function addRoute({ store, newId }: Shop): Route {
  return route({
    method: 'POST',
    path: '/api/customers',
    access: 'customers.write',
    tag: 'Customers',
    summary: 'Add a customer',
    description: 'The phone is unique in the shop, in whatever spelling it is typed.',
    body: NewCustomerBody,
    messages: CUSTOMER_MESSAGES,
    status: 201,
    reply: Data(CustomerWire),
    errors: ['phone_taken'],
    example: { success: true, data: customerExample },
    handle: async ({ body, by, wrote, versioned }) => {
      const customer = wrote(await store.customers.add(toNewCustomer(newId(), body), by));
      versioned(customer.version);
      return { success: true, data: toCustomerWire(customer) };
    },
  });
}

function readRoute({ store }: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/customers/:id',
    access: 'customers.read',
    untilChanged: true,
    tag: 'Customers',
    summary: 'Read one customer',
    reply: Data(CustomerWire),
    errors: ['customer_not_found', 'invalid_input'],
    example: { success: true, data: customerExample },
    handle: async ({ params, versioned }) => {
      const customer = await store.customers.find(customerIdOf(params.id));
      if (!customer) throw refuse('customer_not_found');
      versioned(customer.version);
      return { success: true, data: toCustomerWire(customer) };
    },
  });
}

function cashRoute({ store, now }: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/customers/:id/cash',
    access: 'customers.read',
    untilChanged: true,
    tag: 'Customers',
    summary: 'Read what a customer paid in cash today, and the most that the law allows',
    description: 'What an order got in cash on all days stands in the order (`cash_received`).',
    reply: Data(CustomerCashWire),
    errors: ['customer_not_found', 'invalid_input'],
    example: {
      success: true,
      data: { customer_id: customerExample.id, day: '2026-01-15', received_today: 150000, limit: 200000 },
    },
    handle: async ({ params }) => {
      const id = customerIdOf(params.id);
      const day = dayOf(now());
      const paise = await store.customers.cashReceived(id, startOfDay(day));
      if (paise === null) throw refuse('customer_not_found');
      return {
        success: true,
        data: { customer_id: id, day, received_today: toRupees(paise), limit: toRupees(CASH_LIMIT_PAISE) },
      };
    },
  });
}

function changeRoute({ store }: Shop): Route {
  return route({
    method: 'PUT',
    path: '/api/customers/:id',
    access: 'customers.write',
    tag: 'Customers',
    summary: 'Change a customer',
    body: CustomerChangesBody,
    reply: Data(CustomerWire),
    errors: ['customer_not_found', 'phone_taken', 'stale_version'],
    example: { success: true, data: { ...customerExample, version: 2 } },
    handle: async ({ params, body, ifVersion, by, wrote, versioned }) => {
      const id = customerIdOf(params.id);
      const customer = wrote(await store.customers.change(id, toCustomerChanges(body), ifVersion, by));
      versioned(customer.version);
      return { success: true, data: toCustomerWire(customer) };
    },
  });
}

function removeRoute({ store }: Shop): Route {
  return route({
    method: 'DELETE',
    path: '/api/customers/:id',
    access: 'customers.write',
    tag: 'Customers',
    summary: 'Remove a customer whose khata is clear',
    description:
      'Orders, sales and ledger entries stay. The phone becomes free. The customer can be restored.',
    reply: Done,
    errors: ['customer_not_found', 'customer_has_balance', 'stale_version'],
    example: { success: true, message: 'Customer deleted successfully' },
    handle: async ({ params, ifVersion, by, wrote }) => {
      wrote(await store.customers.remove(customerIdOf(params.id), ifVersion, by));
      return { success: true, message: 'Customer deleted successfully' };
    },
  });
}

function restoreRoute({ store }: Shop): Route {
  return route({
    method: 'POST',
    path: '/api/customers/:id/restore',
    access: 'customers.write',
    tag: 'Customers',
    summary: 'Undo the removal of a customer',
    description: 'A customer who is not removed stays as they are. Whoever has their phone by now keeps it.',
    reply: Data(CustomerWire),
    errors: ['customer_not_found', 'phone_taken'],
    example: {
      success: true,
      data: { ...customerExample, version: 3 },
      message: 'Customer restored successfully',
    },
    handle: async ({ params, by, wrote, versioned }) => {
      const customer = wrote(await store.customers.restore(customerIdOf(params.id), by));
      versioned(customer.version);
      return { success: true, data: toCustomerWire(customer), message: 'Customer restored successfully' };
    },
  });
}

function toFilter(search: string | undefined): CustomerFilter {
  const text = search?.trim() ?? '';
  return text === '' ? {} : { search: text };
}
