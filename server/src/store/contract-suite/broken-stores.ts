// Stores with one planted defect each: wrappers around a sound store. The contract must fail every one of them.

import type { By } from '../../domain/actor.ts';
import type { Page, PageRequest } from '../../domain/page.ts';
import { DEFAULT_SETTINGS } from '../../domain/settings.ts';
import { BROKEN_GATHERINGS } from './broken-gatherings.ts';
import type { BrokenStore } from './broken-store.ts';
import { ALL, khataTerms, newId, noTerms, START } from './builders.ts';

export const BROKEN_STORES: readonly BrokenStore[] = [
  {
    defect: 'a remove that does nothing',
    section: 'customers',
    spoil: ({ customers }) => ({
      customers: {
        ...customers,
        remove: async (_id, _ifVersion, by) => ({ value: null, position: 0, requestId: by.requestId }),
      },
    }),
  },
  {
    defect: 'a journal that tells its last entry again',
    section: 'journal',
    spoil: ({ journal }) => ({
      journal: { ...journal, listAfter: (position, limit) => journal.listAfter(position - 1, limit) },
    }),
  },
  {
    defect: 'a stamp that does not see what was written',
    section: 'journal',
    spoil: ({ journal }) => {
      const first = journal.stamp();
      return { journal: { ...journal, stamp: () => first } };
    },
  },
  {
    defect: 'a change by its name that does nothing',
    section: 'journal',
    spoil: () => ({
      run: async (_name, _args, by) => ({ value: null, position: 0, requestId: by.requestId }),
    }),
  },
  {
    defect: 'a list of pieces read on that forgets the filter',
    section: 'products',
    spoil: ({ products }) => ({
      products: { ...products, listAfter: (_filter, row, limit) => products.listAfter({}, row, limit) },
    }),
  },
  {
    defect: 'an export that goes on reading what was posted since',
    section: 'exports',
    spoil: ({ exports, khata }) => ({
      exports: {
        ...exports,
        open: async (mode) => ({
          ...(await exports.open(mode)),
          pages: async function* () {
            yield (await khata.list({}, ALL)).rows as never[];
          },
        }),
      },
    }),
  },
  {
    defect: 'a list that forgets the filter',
    section: 'products',
    spoil: ({ products }) => ({
      products: { ...products, list: (_filter, page) => products.list({}, page) },
    }),
  },
  {
    defect: 'a list that shows another shop’s rows',
    section: 'customers',
    spoil: ({ customers }, other) => ({
      customers: { ...customers, list: other.customers.list },
    }),
  },
  {
    defect: 'an unstable sort',
    section: 'paging and order',
    spoil: ({ customers }) => {
      let calls = 0;
      const list: typeof customers.list = async (filter, page) => {
        const { rows } = await customers.list(filter, ALL);
        return byTime(calls++ % 2 === 0 ? rows : rows.toReversed(), page);
      };
      return { customers: { ...customers, list } };
    },
  },
  {
    defect: 'a ledger in the order of the clocks',
    section: 'paging and order',
    spoil: ({ khata }) => ({
      khata: { ...khata, list: async (filter, page) => byTime((await khata.list(filter, ALL)).rows, page) },
    }),
  },
  {
    defect: 'a page that drops its last row',
    section: 'paging and order',
    spoil: ({ khata }) => ({
      khata: {
        ...khata,
        list: async (filter, page) => {
          const found = await khata.list(filter, page);
          return found.rows.length === page.limit ? { ...found, rows: found.rows.slice(0, -1) } : found;
        },
      },
    }),
  },
  {
    defect: 'a total that counts the page',
    section: 'paging and order',
    spoil: ({ orders }) => ({
      orders: { ...orders, list: async (filter, page) => countedByPage(await orders.list(filter, page)) },
    }),
  },
  {
    defect: 'an end of time that is inclusive',
    section: 'sales',
    spoil: ({ sales }) => ({
      sales: {
        ...sales,
        list: ({ to, ...filter }, page) =>
          sales.list(to === undefined ? filter : { ...filter, to: to + 1 }, page),
      },
    }),
  },
  {
    defect: 'a stale version that is accepted',
    section: 'products',
    spoil: ({ products }) => ({
      products: {
        ...products,
        change: (id, changes, _version, by) => products.change(id, changes, null, by),
      },
    }),
  },
  {
    defect: 'a lost update',
    section: 'customers',
    spoil: ({ customers }) => ({
      customers: {
        ...customers,
        change: async (id, changes, ifVersion, by) => {
          const seen = await customers.find(id);
          if (!seen) return customers.change(id, changes, ifVersion, by);
          const { name, phone, phoneE164, email, address } = seen;
          return customers.change(id, { name, phone, phoneE164, email, address, ...changes }, ifVersion, by);
        },
      },
    }),
  },
  {
    defect: 'money through a float',
    section: 'khata',
    spoil: ({ khata }) => ({
      khata: {
        ...khata,
        post: (input, by) =>
          khata.post({ ...input, amountPaise: Math.round(Math.fround(input.amountPaise / 100) * 100) }, by),
      },
    }),
  },
  {
    defect: 'a refused change that half-writes',
    section: 'customers',
    spoil: ({ customers }) => ({
      customers: {
        ...customers,
        change: async (id, { name, ...others }, ifVersion, by) => {
          if (name === undefined) return customers.change(id, others, ifVersion, by);
          const named = await customers.change(id, { name }, ifVersion, by);
          if (Object.keys(others).length === 0) return named;
          return customers.change(id, others, null, { ...by, requestId: `${by.requestId}-2` });
        },
      },
    }),
  },
  {
    defect: 'an order whose khata entry is a write of its own',
    section: 'orders',
    spoil: ({ orders, khata }) => ({
      orders: {
        ...orders,
        add: async (input, by) => {
          if (input.terms.method !== 'khata') return orders.add(input, by);
          const placed = await orders.add({ ...input, paymentMethod: '', terms: noTerms() }, by);
          const { id, customerId, totalPaise } = placed.value.order;
          const amountPaise = totalPaise - khataTerms().amountPaidPaise;
          const entry = {
            id: input.khataEntryId,
            customerId,
            type: 'debit',
            amountPaise,
            description: id,
            paymentMethod: null,
            referenceNumber: null,
          } as const;
          await khata.post(entry, by);
          return placed;
        },
      },
    }),
  },
  {
    defect: 'a repeated key that posts twice',
    section: 'repeated requests',
    spoil: ({ khata }) => ({
      khata: { ...khata, post: (input, by) => khata.post(input, withoutClaim(by)) },
    }),
  },
  {
    defect: 'keys that all users share',
    section: 'repeated requests',
    spoil: ({ khata }) => ({
      khata: {
        ...khata,
        post: (input, by) =>
          khata.post(input, by.claim ? { ...by, claim: { ...by.claim, userId: 'everybody' } } : by),
      },
    }),
  },
  {
    defect: 'a held rate that prices',
    section: 'prices',
    spoil: ({ prices }) => ({
      prices: {
        ...prices,
        latest: async (metal, purity, at) => {
          const toDay = new Date(at).toISOString().slice(0, 10);
          const filter = { metal, purity, toDay, includeHeld: true };
          return (await prices.list(filter, { skip: 0, limit: 1 })).rows[0] ?? null;
        },
      },
    }),
  },
  {
    defect: 'a rate of tomorrow that prices today',
    section: 'prices',
    spoil: ({ prices }) => ({
      prices: { ...prices, latest: (metal, purity, at) => prices.latest(metal, purity, at + 86_400_000) },
    }),
  },
  {
    defect: 'a rate before that is of the same day',
    section: 'prices',
    spoil: ({ prices }) => ({
      prices: {
        ...prices,
        latestTwo: async (metal, purity) => (await prices.list({ metal, purity }, ALL)).rows.slice(0, 2),
      },
    }),
  },
  {
    defect: 'an import that records row by row',
    section: 'prices',
    spoil: ({ prices }) => ({
      prices: {
        ...prices,
        import: async (metal, rows, _file, by) => {
          const answers = rows.map((row, n) =>
            prices.record({ metal, ...row, confirm: true }, { ...by, requestId: `${by.requestId}-${n}` }),
          );
          const { position = 0 } = (await Promise.all(answers)).at(-1) ?? {};
          return { value: { added: rows.length, known: 0 }, position, requestId: by.requestId };
        },
      },
    }),
  },
  {
    defect: 'a lease that nobody looks at',
    section: 'models',
    spoil: ({ models }) => ({
      models: { ...models, put: (put, _lease, by) => models.put(put, null, by) },
    }),
  },
  {
    defect: 'a training that never loses its lease',
    section: 'trainings',
    spoil: ({ jobs }) => ({
      jobs: { ...jobs, claim: (by) => jobs.claim({ ...by, at: Math.min(by.at, START) }) },
    }),
  },
  {
    defect: 'a scoreboard of all series',
    section: 'forecasts',
    spoil: ({ forecasts }) => ({
      forecasts: { ...forecasts, scoreboard: () => forecasts.scoreboard(null) },
    }),
  },
  {
    defect: 'a search that takes % for anything',
    section: 'customers',
    spoil: ({ customers }) => ({
      customers: {
        ...customers,
        list: (filter, page) => customers.list(filter.search === '%' ? {} : filter, page),
      },
    }),
  },
  {
    defect: 'a bulk action that gives up at the first refusal',
    section: 'products',
    spoil: ({ products }) => ({
      products: {
        ...products,
        bulk: async (ids, action, by) => {
          const known = await Promise.all(ids.map((id) => products.find(id)));
          const missing = known.indexOf(null);
          return products.bulk(
            missing === -1 || action === 'restore' ? ids : ids.slice(0, missing),
            action,
            by,
          );
        },
      },
    }),
  },
  {
    defect: 'a shop that leaves and goes on taking changes',
    section: 'moves',
    spoil: ({ moves }) => ({
      moves: { ...moves, leave: async (_to, by) => ({ value: null, position: 0, requestId: by.requestId }) },
    }),
  },
  {
    defect: 'a change of many pieces that stops at one that is gone',
    section: 'products',
    spoil: ({ products }) => ({
      products: {
        ...products,
        changeMany: async (ids, changes, by) => {
          const known = await Promise.all(ids.map((id) => products.find(id)));
          const missing = known.indexOf(null);
          return products.changeMany(missing === -1 ? ids : ids.slice(0, missing), changes, by);
        },
      },
    }),
  },
  {
    defect: 'settings that a change puts back to their defaults',
    section: 'settings',
    spoil: ({ settings }) => ({
      settings: {
        ...settings,
        change: (changes, ifVersion, by) =>
          settings.change({ ...DEFAULT_SETTINGS, ...changes }, ifVersion, by),
      },
    }),
  },
  {
    defect: 'guesses that are not counted',
    section: 'sessions',
    spoil: ({ sessions }) => ({
      sessions: {
        ...sessions,
        takeAttempt: (input, by) => sessions.takeAttempt({ ...input, account: newId() }, by),
      },
    }),
  },
  {
    defect: 'a code that is good again and again',
    section: 'second step of signing in',
    spoil: ({ sessions, secondFactors }) => ({
      sessions: {
        ...sessions,
        open: async (input, by) => {
          const { proof, userId } = input;
          const factor = await secondFactors.find(userId);
          const renewed =
            proof && 'step' in proof && factor ? { ...proof, step: factor.lastStep + 1 } : proof;
          return sessions.open({ ...input, proof: renewed }, by);
        },
      },
    }),
  },
  ...BROKEN_GATHERINGS,
];

function countedByPage<T>(page: Page<T>): Page<T> {
  return { ...page, total: page.rows.length };
}

function byTime<T extends { createdAt: number }>(rows: T[], { skip, limit }: PageRequest): Page<T> {
  const sorted = rows.toSorted((a, b) => b.createdAt - a.createdAt);
  return { rows: sorted.slice(skip, skip + limit), total: rows.length };
}

function withoutClaim({ claim: _, ...by }: By): By {
  return by;
}
