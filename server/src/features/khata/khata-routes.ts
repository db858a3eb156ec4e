// The ledger: postings, reversals, lists, summary and statements. What is posted stays; see domain/khata.ts.

import { bothPageExample, Data, PagedBoth } from '../../contract/envelope.ts';
import {
  CustomerAgeingWire,
  CustomerKhataQuery,
  CustomerKhataWire,
  KHATA_MESSAGES,
  KhataEntryWire,
  KhataExportWire,
  KhataQuery,
  KhataSummaryWire,
  NewKhataEntryBody,
  PostedEntryWire,
  REVERSAL_MESSAGES,
  ReversalBody,
  StatementQuery,
} from '../../contract/khata.ts';
import { toRupees } from '../../domain/money.ts';
import { dayOf } from '../../domain/shop-day.ts';
import { invalid, refuse } from '../../domain/shop-error.ts';
import { safeFileName, sendCsv } from '../../http/csv.ts';
import { requireDateRange } from '../../http/date-range.ts';
import { bothPageInfo, readEither } from '../../http/paging.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { debtBucketsExample, toDebtBuckets } from '../analytics/debt-buckets.ts';
import { customerExample } from '../customers/customer-example.ts';
import { customerIdOf } from '../customers/customer-input.ts';
import { asFile } from '../exports/send-export.ts';
import { entryExample, summaryExample } from './khata-examples.ts';
import { entryIdOf, readKhataFilter, toNewEntry } from './khata-input.ts';
import { toCustomerKhataWire, toEntryWire, toExportWire, toPostedWire, toSummaryWire } from './khata-wire.ts';
import { beginStatement, STATEMENT_HEADER, statementRows } from './statement.ts';

export function khataRoutes(shop: Shop): Route[] {
  return [
    ofCustomerRoute(shop),
    ageingRoute(shop),
    statementRoute(shop),
    postRoute(shop),
    listRoute(shop),
    summaryRoute(shop),
    reverseRoute(shop),
  ];
}

function ofCustomerRoute({ store }: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/customers/:id/khata',
    access: 'khata.read',
    untilChanged: true,
    tag: 'Khata',
    summary: "List a customer's entries, newest first, with the totals of all of them",
    query: CustomerKhataQuery,
    reply: Data(CustomerKhataWire),
    errors: ['customer_not_found', 'invalid_input'],
    example: {
      success: true,
      data: {
        customer: customerExample,
        transactions: [entryExample],
        summary: { total_transactions: 1, total_debits: 1500.5, total_credits: 0, net_balance: 1500.5 },
        pagination: bothPageExample(50),
      },
    },
    handle: async ({ params, query }) => {
      const numbers = readEither(query, 50, 100);
      const khata = await store.khata.ofCustomer(customerIdOf(params.id), numbers);
      if (!khata) throw refuse('customer_not_found');
      return { success: true, data: toCustomerKhataWire(khata, numbers) };
    },
  });
}

function ageingRoute({ store, now }: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/customers/:id/khata/ageing',
    access: 'khata.read',
    untilChanged: true,
    tag: 'Khata',
    summary: 'Read how long a customer has owed what is unpaid',
    description:
      'Payments settle the oldest debit first. A debit that was reversed never was; a payment that was reversed opens ' +
      'what it had settled.',
    reply: Data(CustomerAgeingWire),
    errors: ['customer_not_found', 'invalid_input'],
    example: {
      success: true,
      data: {
        customer_id: customerExample.id,
        as_of: '2026-01-15',
        balance: 1500.5,
        buckets: debtBucketsExample,
      },
    },
    handle: async ({ params }) => {
      const id = customerIdOf(params.id);
      const today = dayOf(now());
      const ageing = await store.khata.ageing(id, today);
      if (!ageing) throw refuse('customer_not_found');
      const { balancePaise, ...aged } = ageing;
      return {
        success: true,
        data: {
          customer_id: id,
          as_of: today,
          balance: toRupees(balancePaise),
          buckets: toDebtBuckets(aged),
        },
      };
    },
  });
}

function statementRoute({ store, now }: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/customers/:id/khata/statement',
    access: 'khata.read',
    ticket: true,
    tag: 'Khata',
    summary: "Download a customer's statement",
    description:
      'Opening balance, entries oldest first, closing balance. Days are those of the shop. The journal tells who took it.',
    query: StatementQuery,
    reply: null,
    produces: 'text/csv',
    errors: ['customer_not_found', 'invalid_input'],
    example:
      'Transaction ID,Customer Name,Type,Amount,Balance After,Description,Payment Method,Date,Reference Number,Reverses',
    handle: async (call) => {
      const { params, query, request, reply } = call;
      const id = customerIdOf(params.id);
      if (query.format !== undefined && query.format !== 'csv') {
        throw invalid('format', 'enum', 'must be one of: csv');
      }
      const range = requireDateRange(query, { from: 'from', to: 'to' });
      const times = { from: range.from ?? null, to: range.to ?? null };
      const statement = await beginStatement(store, id, times);
      if (!statement) throw refuse('customer_not_found');
      const filter = { customerId: id, ...range };
      const made = { table: 'khata_statement', format: 'csv', filter, rows: statement.count } as const;
      // By HEAD nothing leaves the shop.
      if (request.method !== 'HEAD') await store.exports.made(made, call.by);
      const rows = statementRows(store, statement, times);
      const fileName = safeFileName(['khata', statement.customer.name, dayOf(now())], 'csv');
      return sendCsv(reply, fileName, STATEMENT_HEADER, rows);
    },
  });
}

function postRoute({ store, newId }: Shop): Route {
  return route({
    method: 'POST',
    path: '/api/khata/transactions',
    access: 'khata.post',
    often: true,
    tag: 'Khata',
    summary: 'Post an entry',
    description:
      'Entry and balance are one write. Over the credit limit the answer carries a `warning`, or the entry is ' +
      "refused, as the shop's credit rule says.",
    body: NewKhataEntryBody,
    messages: KHATA_MESSAGES,
    status: 201,
    reply: Data(PostedEntryWire),
    errors: ['customer_not_found', 'credit_limit_exceeded'],
    example: { success: true, data: entryExample },
    handle: async ({ body, by, wrote }) => {
      const posted = wrote(await store.khata.post(toNewEntry(newId(), body), by));
      return { success: true, data: toPostedWire(posted) };
    },
  });
}

function listRoute(shop: Shop): Route {
  const { store } = shop;
  return route({
    method: 'GET',
    path: '/api/khata/transactions',
    access: 'khata.read',
    untilChanged: true,
    tag: 'Khata',
    ticket: true,
    summary: 'List entries, newest first, in the form of exports',
    query: KhataQuery,
    reply: PagedBoth(KhataExportWire),
    errors: ['invalid_input'],
    example: {
      success: true,
      data: [{ ...entryExample, payment_method: 'N/A', reference_number: '' }],
      pagination: bothPageExample(100),
    },
    handle: async (call) => {
      const { query } = call;
      const filter = readKhataFilter(query);
      const file = await asFile(shop, call, { table: 'khata', filter }, (page) =>
        store.khata.list(filter, page),
      );
      if (file) return file;
      const numbers = readEither(query, 100, 1000);
      const page = await store.khata.list(filter, numbers);
      return { success: true, data: page.rows.map(toExportWire), pagination: bothPageInfo(page, numbers) };
    },
  });
}

function summaryRoute({ store }: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/khata/summary',
    access: 'khata.read',
    untilChanged: true,
    tag: 'Khata',
    summary: 'Sums over all customers, and who owes most',
    reply: Data(KhataSummaryWire),
    example: { success: true, data: summaryExample },
    handle: async () => ({ success: true, data: toSummaryWire(await store.khata.summary()) }),
  });
}

function reverseRoute({ store, newId }: Shop): Route {
  return route({
    method: 'POST',
    path: '/api/khata/transactions/:id/reverse',
    access: 'khata.reverse',
    tag: 'Khata',
    summary: 'Take an entry back by posting its opposite',
    body: ReversalBody,
    messages: REVERSAL_MESSAGES,
    status: 201,
    reply: Data(KhataEntryWire),
    errors: ['entry_not_found', 'entry_already_reversed', 'entry_is_reversal', 'phone_taken'],
    example: {
      success: true,
      data: {
        ...entryExample,
        id: '65f0c0ffee0123456789abce',
        transaction_type: 'credit',
        balance_after: 0,
        description: 'Posted to the wrong customer',
        reverses: entryExample.id,
      },
    },
    handle: async ({ params, body, by, wrote }) => {
      const id = entryIdOf(params.id);
      const reversal = wrote(await store.khata.reverse(id, newId(), body.reason.trim(), by));
      return { success: true, data: toEntryWire(reversal) };
    },
  });
}
