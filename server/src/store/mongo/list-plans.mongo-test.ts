// Every list query must go through an index that begins with the shop, in the order in which it is shown. What the store
// really asked is explained: the commands are taken from the wire.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CommandStartedEvent } from 'mongodb';
import { openMongoDatabase } from '../../../test/mongo-database.ts';
import { ALL, aBy, aCustomer, aDebit, anOrder, aProduct, newId } from '../contract-suite/builders.ts';
import { LIST_CALLS } from '../contract-suite/list-calls.ts';
import type { TestDatabase } from '../contract-suite/store-contract.ts';
import type { Store } from '../store.ts';
import type { Document } from './codec.ts';
import type { OpenDatabase } from './mongo-store.ts';

/** Rows and total are one; the second is for what stands elsewhere. */
const MOST_TRIPS = 2;
/** Of an index, to look up a few rows; the shop of the test has more of each. */
const MOST_KEYS = 10;

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

  it('and what a change looks up, or a list adds to its rows, is found without walking the shop', async () => {
    const post = (key: string) => {
      const claim = { userId: 'u', key, fingerprint: 'f', retryCount: 0 };
      return store.khata.post(aDebit(customer, 100), aBy({ claim }));
    };
    await Promise.all(Array.from({ length: 2 * MOST_KEYS }, (_, n) => post(`k${n}`)));
    asked.length = 0;
    const { entry } = (await post('another')).value;
    await store.khata.reverse(entry.id, newId(), 'a mistake', aBy());
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
    ...unions.map((union) => ({ aggregate: union.coll, pipeline: union.pipeline, cursor: {} })),
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
