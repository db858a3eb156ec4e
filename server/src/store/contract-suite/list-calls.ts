// Every list of the store with the filters that a screen combines, for the tests of query plans.

import type { Store } from '../store.ts';
import { START } from './builders.ts';

export interface ListCall {
  name: string;
  call: (store: Store, ids: { customer: string; user: string; order: string }) => Promise<unknown>;
  /** Why the answer may be sorted in memory, where it may: how few rows it is. */
  sorts?: string;
}

const PAGE = { skip: 20, limit: 20 };
const TIME = { from: START, to: START + 1 };
const DAYS = { fromDay: '2026-01-01', toDay: '2026-12-31' };

export const LIST_CALLS: readonly ListCall[] = [
  { name: 'products', call: ({ products }) => products.list({}, PAGE) },
  { name: 'removed products', call: ({ products }) => products.list({ isRemoved: true }, PAGE) },
  { name: 'products of a status', call: ({ products }) => products.list({ status: 'published' }, PAGE) },
  { name: 'products of a category', call: ({ products }) => products.list({ category: 'Ring' }, PAGE) },
  {
    name: 'the public catalogue, narrowed',
    call: ({ products }) =>
      products.list(
        { status: 'published', category: 'Ring', minPricePaise: 1, maxPricePaise: 9, minWeightMg: 1 },
        PAGE,
      ),
  },
  { name: 'products by a short word', call: ({ products }) => products.list({ search: 'ab' }, PAGE) },
  { name: 'customers', call: ({ customers }) => customers.list({}, PAGE) },
  { name: 'removed customers', call: ({ customers }) => customers.list({ isRemoved: true }, PAGE) },
  { name: 'customers by name', call: ({ customers }) => customers.list({ search: 'Asha' }, PAGE) },
  { name: 'customers by phone', call: ({ customers }) => customers.list({ search: '98200' }, PAGE) },
  {
    name: 'a customer’s cash of the day',
    call: ({ customers }, { customer }) => customers.cashReceived(customer, START),
  },
  { name: 'the khata', call: ({ khata }) => khata.list({}, PAGE) },
  { name: 'the khata of a time', call: ({ khata }) => khata.list(TIME, PAGE) },
  {
    name: 'a customer’s khata',
    call: ({ khata }, { customer }) => khata.list({ customerId: customer }, PAGE),
  },
  {
    name: 'a customer’s khata of a time',
    call: ({ khata }, { customer }) => khata.list({ customerId: customer, ...TIME }, PAGE),
  },
  { name: 'a statement', call: ({ khata }, { customer }) => khata.statement(customer, null, 100) },
  {
    name: 'a statement of a time',
    call: ({ khata }, { customer }) => khata.statement(customer, START, 100),
  },
  { name: 'a statement, read on', call: ({ khata }, { customer }) => khata.listFrom(customer, 3, 100) },
  { name: 'a customer with the khata', call: ({ khata }, { customer }) => khata.ofCustomer(customer, PAGE) },
  {
    name: 'a customer’s debts by age',
    call: ({ khata }, { customer }) => khata.ageing(customer, '2026-01-15'),
  },
  { name: 'orders', call: ({ orders }) => orders.list({}, PAGE) },
  { name: 'orders of a status', call: ({ orders }) => orders.list({ status: 'pending' }, PAGE) },
  {
    name: 'orders of a payment status',
    call: ({ orders }) => orders.list({ paymentStatus: 'unpaid', ...TIME }, PAGE),
  },
  {
    name: 'a customer’s orders',
    call: ({ orders }, { customer }) => orders.list({ customerId: customer, status: 'pending' }, PAGE),
  },
  { name: 'orders by number or name', call: ({ orders }) => orders.list({ search: '7k2q', ...TIME }, PAGE) },
  { name: 'order statistics', call: ({ orders }) => orders.statistics(TIME) },
  { name: 'sales', call: ({ sales }) => sales.list({}, PAGE) },
  { name: 'sales of a payment status', call: ({ sales }) => sales.list({ paymentStatus: 'paid' }, PAGE) },
  {
    name: 'a customer’s sales',
    call: ({ sales }, { customer }) => sales.list({ customerId: customer, ...TIME }, PAGE),
  },
  { name: 'the money of a time', call: ({ analytics }) => analytics.moneyIn(TIME) },
  { name: 'rates of a metal', call: ({ prices }) => prices.list({ metal: 'gold' }, PAGE) },
  {
    name: 'rates of a series',
    call: ({ prices }) => prices.list({ metal: 'gold', purity: '916', ...DAYS, includeHeld: true }, PAGE),
  },
  { name: 'diamond prices', call: ({ prices }) => prices.listDiamonds({}, PAGE) },
  {
    name: 'diamond prices of a kind',
    call: ({ prices }) =>
      prices.listDiamonds({ ...DAYS, cut: 'Ideal', color: 'F', clarity: 'VS1', minMilliCarat: 300 }, PAGE),
  },
  {
    name: 'accounts',
    call: ({ users }) => users.list(),
    sorts: 'a shop has at most some dozens of accounts',
  },
  {
    name: 'an account’s sessions',
    call: ({ sessions }, { user }) => sessions.list(user, START),
    sorts: 'an account has at most some dozens of sessions',
  },
  { name: 'an order with its history', call: ({ orders }, { order }) => orders.detail(order) },
  { name: 'the vitals', call: ({ vitals }) => vitals() },
  { name: 'the backups', call: ({ backups }) => backups.attempts(10) },
  { name: 'the journal', call: ({ journal }) => journal.list({}, 100) },
  { name: 'the journal of a time', call: ({ journal }) => journal.list({ actor: 'asha', ...TIME }, 100) },
  { name: 'the journal of an action', call: ({ journal }) => journal.list({ action: 'khata.posted' }, 100) },
  {
    name: 'the journal of a subject',
    call: ({ journal }, { customer }) => journal.list({ subject: `customer:${customer}` }, 100),
  },
];
