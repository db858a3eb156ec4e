// Every list query must go through an index that begins with the shop, in the order in which it is shown. What the store
// really asked is explained: the commands are taken from the wire.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CommandStartedEvent } from 'mongodb';
import { openMongoDatabase } from '../../../test/mongo-database.ts';
import {
  ALL,
  aBy,
  aCredit,
  aCustomer,
  aDebit,
  aGoldRate,
  anOrder,
  aProduct,
  aSale,
  DAY,
  newId,
  noTerms,
  START,
} from '../contract-suite/builders.ts';
import { LIST_CALLS } from '../contract-suite/list-calls.ts';
import type { TestDatabase } from '../contract-suite/store-contract.ts';
import type { Store } from '../store.ts';
import type { Document } from './codec.ts';
import { type OpenDatabase, shopOf } from './mongo-store.ts';
import { SHOP_CHANGES } from './writes/changes.ts';
import { Door } from './writes/door.ts';

/** Rows and total are one; the second is for what stands elsewhere. */
const MOST_TRIPS = 2;
/** Of an index, to look up a few rows; the shop of the test has more of each. */
const MOST_KEYS = 10;

/** Why figures may be sorted in memory. */
const RANKED = 'a ranking by what was added up';
const RANGE = { from: '2026-01-01', to: '2026-12-31' };
const PERIODS = [
  { from: START - DAY, to: START },
  { from: START, to: START + DAY },
];
const FIGURE_CALLS: readonly { name: string; call: (store: Store) => Promise<unknown> }[] = [
  {
    name: 'the dashboard, asked at once',
    call: ({ analytics, khata, sales }) =>
      Promise.all([
        ...[analytics.totals(), analytics.daily(RANGE), khata.summary(), sales.listAfter({}, null, 10)],
        analytics.topProducts(null, { source: 'sales', by: 'quantity', limit: 5 }),
      ]),
  },
  {
    name: 'what sold in a time',
    call: ({ analytics }) => analytics.topProducts(RANGE, { source: 'both', by: 'revenue', limit: 5 }),
  },
  { name: 'who orders', call: ({ analytics }) => analytics.conversions(PERIODS) },
  { name: 'how soon they order', call: ({ analytics }) => analytics.cohorts(PERIODS) },
  { name: 'the busy hours', call: ({ analytics }) => analytics.busyHours({ from: 0, to: START + DAY }) },
  {
    name: 'the money that came in',
    call: ({ analytics }) => analytics.moneyIn({ from: 0, to: START + DAY }),
  },
  { name: 'the buyers', call: ({ analytics }) => analytics.buyers('2026-01-15', 'value', ALL) },
  { name: 'the debts by age', call: ({ analytics }) => analytics.khataAgeing('2026-01-15', ALL) },
  {
    name: 'the stock',
    call: ({ analytics }) => Promise.all([analytics.stockAlerts(), analytics.stockLots()]),
  },
  { name: 'the stock that lies', call: ({ analytics }) => analytics.idleStock('2026-01-15', 90, ALL) },
  {
    name: 'the rates',
    call: ({ prices }) => Promise.all([prices.board(START), prices.latestTwo('gold', '916', START)]),
  },
  {
    name: 'what others changed, and the pieces that they changed',
    call: ({ journal, products, orders, sales }) =>
      Promise.all([
        ...[journal.listAfter(3, 10), products.find(newId()), products.find(newId())],
        ...[orders.find(newId()), sales.find(newId())],
      ]),
  },
  {
    name: 'what a forecast is made of',
    call: ({ learning, models, reference }) =>
      Promise.all([
        ...[models.generation(), learning.seriesMark('gold', '916', '2026-01-15', 0)],
        ...[learning.series('gold', '916', '2026-01-15'), reference.gold()],
      ]),
  },
];

describe('plans of the list queries on MongoDB', () => {
  let database: TestDatabase & OpenDatabase;
  let store: Store;
  let customer: string;
  let order: string;
  const asked: Document[] = [];
  before(async () => {
    database = await openMongoDatabase();
    store = database.newShop();
    customer = await fill(store);
    order = (await store.orders.list({}, ALL)).rows[0]?.id ?? '';
    database.client.on('commandStarted', ({ commandName, command }: CommandStartedEvent) => {
      if (commandName === 'find' || commandName === 'aggregate') asked.push(command as Document);
    });
  });
  after(() => database.close());

  for (const { name, call, sorts } of LIST_CALLS) {
    it(name, async () => {
      asked.length = 0;
      await call(store, { customer, user: newId(), order });
      const commands = [...asked];
      assert.notEqual(commands.length, 0, 'it asked the database nothing');
      assert.ok(commands.length <= MOST_TRIPS, `${commands.length} round trips`);
      const slow = [];
      for (const command of commands) slow.push(...(await slowStages(command, sorts)));
      assert.deepEqual(slow, []);
    });
  }

  for (const { name, call } of FIGURE_CALLS) {
    it(`the figures of ${name}`, async () => {
      asked.length = 0;
      await call(store);
      assert.equal(asked.length, 1, 'round trips');
      for (const command of [...asked]) assert.deepEqual(await slowStages(command, RANKED), []);
    });
  }

  it('however many questions are asked at once, each has its own answer', async () => {
    const days = Array.from({ length: 100 }, (_, n) => START + (n - 50) * DAY);
    await store.prices.record(aGoldRate(700_000, START), aBy());
    asked.length = 0;
    const rates = await Promise.all(days.map((day) => store.prices.latest('gold', '916', day)));
    assert.equal(asked.length, 3);
    assert.deepEqual(
      rates.map((rate) => rate?.paisePerGram ?? null),
      days.map((day) => (day < START ? null : 700_000)),
    );
  });

  it('and what a change looks up, or a list adds to its rows, is found without walking the shop', async () => {
    const post = (key: string, { khata } = store) => {
      const claim = { userId: 'u', key, fingerprint: 'f', retryCount: 0 };
      return khata.post(aDebit(customer, 100), aBy({ claim }));
    };
    /** The shop behind a door that remembers nothing, so that each change looks up all it needs. */
    const anew = () => {
      const { client, db } = database;
      return shopOf({ ...database, door: new Door({ client, db, table: SHOP_CHANGES }) }, 'shop-1');
    };
    await Promise.all(Array.from({ length: 2 * MOST_KEYS }, (_, n) => post(`k${n}`)));
    asked.length = 0;
    const { entry } = (await post('another', anew())).value;
    await anew().khata.reverse(entry.id, newId(), 'a mistake', aBy());
    const lookUps = [...asked];
    asked.length = 0;
    await store.khata.list({}, { skip: 0, limit: 2 });
    const added = asked.flatMap(partsOf).filter(({ aggregate, pipeline }) => {
      return aggregate === 'khata_transactions' && JSON.stringify(pipeline).includes('"reverses"');
    });
    assert.ok(lookUps.length >= 8 && added.length > 0);
    for (const command of [...lookUps.flatMap(partsOf), ...added]) {
      const keys = await keysExamined(command);
      assert.ok(keys <= MOST_KEYS, `${keys} keys: ${JSON.stringify(command)}`);
    }
    const walking = { find: 'saved_results', filter: { shop_id: 'shop-1', claimant: 'u', key: 'k1' } };
    assert.ok((await keysExamined(walking)) > MOST_KEYS, 'and one that walks is noticed');
  });

  it('the money of a day is read from its first payment and entry to its last', async () => {
    const cash = { paymentMethod: 'cash' } as const;
    const piece = aProduct({ stockQuantity: 100 });
    await store.products.add(piece, aBy());
    const lines = [{ productId: piece.id, quantity: 1, unitPricePaise: 100 }];
    // Two payments of one bill: from then on a key of the index is no longer one of a bill.
    const half = { method: 'cash', amountPaise: 50, reference: null };
    const terms = noTerms({ payments: [half, half] });
    for (let day = 1; day <= 3 * MOST_KEYS; day++) {
      const at = START + day * DAY;
      await Promise.all([
        store.khata.post(aCredit(customer, 100, cash), aBy({ at })),
        store.sales.add(aSale(customer, lines, { terms }), aBy({ at })),
        store.orders.add(anOrder(customer, lines, { terms }), aBy({ at })),
      ]);
    }
    asked.length = 0;
    const from = START + 1.5 * MOST_KEYS * DAY;
    const money = await store.analytics.moneyIn({ from, to: from + DAY });
    assert.deepEqual(money, [{ method: 'cash', paise: 300 }]);
    const questions = asked.flatMap(partsOf);
    assert.equal(questions.length, 3);
    for (const question of questions) {
      const keys = await keysExamined(question);
      assert.ok(keys <= MOST_KEYS, `${keys} keys: ${JSON.stringify(question)}`);
    }
  });

  it('and a query without an index, or with a sort of its own, is noticed', async () => {
    const inShop = { shop_id: 'shop-1' };
    assert.notDeepEqual(await slowStages({ find: 'products', filter: { name: 'x' } }, undefined), []);
    const sorted = { find: 'products', filter: inShop, sort: { name: 1 } };
    assert.notDeepEqual(await slowStages(sorted, undefined), []);
    assert.deepEqual(await slowStages(sorted, 'few rows'), []);
  });

  async function keysExamined(command: Document): Promise<number> {
    const told = await database.db.command({ explain: command, verbosity: 'executionStats' });
    return Number(/"totalKeysExamined":(\d+)/.exec(JSON.stringify(told))?.[1]);
  }

  /** The stages that read a whole collection, or sort. */
  async function slowStages(command: Document, sorts: string | undefined): Promise<string[]> {
    const slow: string[] = [];
    for (const part of partsOf(command)) {
      const plan = await database.db.command({ explain: part, verbosity: 'queryPlanner' });
      for (const stage of stagesOf(plan)) {
        if (stage === 'COLLSCAN' || (stage === 'SORT' && sorts === undefined)) {
          slow.push(`${stage}: ${JSON.stringify(part)}`);
        }
      }
    }
    return slow;
  }
});

/** Enough rows that the planner has something to choose from. Answers a customer with some of each. */
async function fill(store: Store): Promise<string> {
  const one = aCustomer();
  await store.customers.add(one, aBy());
  const pieces = Array.from({ length: 30 }, () => aProduct());
  await Promise.all([
    ...pieces.map((piece) => store.products.add(piece, aBy())),
    ...Array.from({ length: 30 }, () => store.customers.add(aCustomer(), aBy())),
    ...Array.from({ length: 30 }, () => store.khata.post(aDebit(one.id, 100), aBy())),
  ]);
  const lines = [{ productId: pieces[0]?.id ?? '', quantity: 1, unitPricePaise: 100 }];
  await Promise.all(Array.from({ length: 30 }, () => store.orders.add(anOrder(one.id, lines), aBy())));
  assert.equal((await store.khata.list({ customerId: one.id }, ALL)).total, 30);
  return one.id;
}

/** A command as it can be explained; what a union adds is a query of its own. */
function partsOf({ find, aggregate, filter, sort, skip, limit, hint, pipeline }: Document): Document[] {
  const named = hint === undefined ? {} : { hint };
  if (find !== undefined) {
    const given = Object.entries({ find, filter, sort, skip, limit }).filter(
      ([, value]) => value !== undefined,
    );
    return [{ ...Object.fromEntries(given), ...named }];
  }
  const stages = pipeline as Document[];
  const own = stages.filter((stage) => !('$unionWith' in stage));
  const unions = stages.flatMap((stage) => ('$unionWith' in stage ? [stage.$unionWith as Document] : []));
  return [
    { aggregate, pipeline: own, cursor: {}, ...named },
    ...unions.flatMap((union) => partsOf({ aggregate: union.coll, pipeline: union.pipeline })),
  ];
}

/** All stages that the winning plan names, and those of the pipeline that sort by themselves. */
function stagesOf(plan: unknown): string[] {
  if (Array.isArray(plan)) return plan.flatMap(stagesOf);
  if (typeof plan !== 'object' || plan === null) return [];
  return Object.entries(plan).flatMap(([key, value]) => {
    if (key === 'rejectedPlans') return [];
    if (key === 'stage') return [String(value)];
    return [...(key === '$sort' ? ['SORT'] : []), ...stagesOf(value)];
  });
}
