// One promise of the store interface, as a test that any store can be held to. A case gets a shop without rows of its
// own, and throws when the promise is not kept.

import assert from 'node:assert/strict';
import { type ErrorCode, type Refusal, ShopError } from '../../domain/shop-error.ts';
import type { Store } from '../store.ts';

export interface ContractCase {
  name: string;
  run: (store: Store) => Promise<void>;
}

export interface ContractSection {
  section: string;
  cases: readonly ContractCase[];
}

/** Demands a refusal with this code and answers it. A defect is no refusal. */
export async function refused(attempt: Promise<unknown>, code: ErrorCode): Promise<Refusal> {
  const outcome = await attempt.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (!('error' in outcome)) {
    assert.fail(`expected the refusal ${code}, was answered ${JSON.stringify(outcome.value)}`);
  }
  if (!(outcome.error instanceof ShopError)) throw outcome.error;
  assert.equal(outcome.error.code, code);
  return outcome.error.refusal;
}

/** Runs the attempt, which must be refused with this code, and demands that it wrote nothing into the books. */
export async function refusedWithoutTrace(
  store: Store,
  attempt: () => Promise<unknown>,
  code: ErrorCode,
): Promise<void> {
  const before = await booksOf(store);
  await refused(attempt(), code);
  assert.deepEqual(await booksOf(store), before, `${code} left something behind`);
}

/** The first rows of every list of the books, and the journal's position. */
async function booksOf(store: Store): Promise<unknown> {
  const page = { skip: 0, limit: 100 };
  return {
    position: await store.journal.position(),
    customers: await store.customers.list({}, page),
    khata: await store.khata.list({}, page),
    products: await store.products.list({}, page),
    orders: await store.orders.list({}, page),
    sales: await store.sales.list({}, page),
    gold: await store.prices.list({ metal: 'gold', includeHeld: true }, page),
    users: await store.users.list(),
    settings: await store.settings.get(),
  };
}

/** How many of the attempts were done; every other one must have been refused with this code. */
export async function countDone(attempts: readonly Promise<unknown>[], code: ErrorCode): Promise<number> {
  const outcomes = await Promise.allSettled(attempts);
  let done = 0;
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') done++;
    else if (!(outcome.reason instanceof ShopError)) throw outcome.reason;
    else assert.equal(outcome.reason.code, code);
  }
  return done;
}

export async function present<T>(found: Promise<T | null>): Promise<T> {
  const value = await found;
  assert.ok(value !== null, 'expected to find something, found nothing');
  return value;
}
