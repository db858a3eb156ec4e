// Random sequences of what people do to a ledger, against a model that is a few lines of arithmetic.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';
import type { KhataEntry } from '../../domain/khata.ts';
import { ShopError } from '../../domain/shop-error.ts';

const CUSTOMERS = 3;
const SEQUENCES = 100;

type Step =
  | { do: 'post'; customer: number; type: 'debit' | 'credit'; paise: number }
  | { do: 'reverse'; nth: number }
  | { do: 'limit'; customer: number; paise: number | null }
  | { do: 'rule'; refuse: boolean; paise: number | null }
  | { do: 'remove' | 'restore'; customer: number };

const customer = fc.nat(CUSTOMERS - 1);
const limit = fc.option(fc.integer({ min: 0, max: 2_000 }));
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('post' as const),
      customer,
      type: fc.constantFrom('debit' as const, 'credit' as const),
      paise: fc.oneof(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 1_000_000_000_000 })),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('reverse' as const), nth: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('limit' as const), customer, paise: limit }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('rule' as const), refuse: fc.boolean(), paise: limit }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom('remove' as const, 'restore' as const), customer }),
  },
);

/** What the ledger must be, in exact integers of any size. */
class Model {
  readonly customers = Array.from({ length: CUSTOMERS }, () => ({
    balance: 0n,
    limit: null as number | null,
    removed: false,
  }));
  readonly entries: {
    customer: number;
    type: string;
    paise: number;
    after: bigint;
    reverses: number | null;
  }[] = [];
  rule = { refuse: false, paise: null as number | null };

  /** The code of the refusal, or null when it is posted; `warned` says whether the answer must warn. */
  post(
    of: number,
    type: string,
    paise: number,
    reverses: number | null,
  ): { code: string | null; warned: boolean } {
    const customer = this.customers[of] as (typeof this.customers)[number];
    if (customer.removed && reverses === null) return { code: 'customer_not_found', warned: false };
    const after = customer.balance + BigInt(type === 'debit' ? paise : -paise);
    const limit = customer.limit ?? this.rule.paise;
    const over = reverses === null && type === 'debit' && limit !== null && after > BigInt(limit);
    if (over && this.rule.refuse) return { code: 'credit_limit_exceeded', warned: false };
    customer.balance = after;
    customer.removed = false;
    this.entries.push({ customer: of, type, paise, after, reverses });
    return { code: null, warned: over };
  }
}

describe('the ledger, in any order of events', () => {
  let shop: TestShop;
  let phones = 9_000_000_000;
  before(async () => {
    shop = await openSharedTestShop();
  });
  after(() => shop.close());

  it(`keeps its promises in ${SEQUENCES} random sequences`, async () => {
    const sequence = fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 20, size: 'max' }),
      runSequence,
    );
    await fc.assert(sequence, { numRuns: SEQUENCES });
    assert.deepEqual((await shop.shop.store.journal.verify()).problems, []);
  });

  async function runSequence(steps: Step[]): Promise<void> {
    const { store } = shop.shop;
    const ids: string[] = [];
    for (let i = 0; i < CUSTOMERS; i++) ids.push(await addCustomer());
    await store.settings.change({ creditRule: 'warn', creditLimitPaise: null }, null, shop.by());
    const model = new Model();
    const entryIds: string[] = [];
    for (const one of steps) await runStep(one, model, ids, entryIds);
    for (const [index, id] of ids.entries()) await compare(index, id, model, entryIds);
  }

  async function runStep(one: Step, model: Model, ids: string[], entryIds: string[]): Promise<void> {
    const { store } = shop.shop;
    switch (one.do) {
      case 'post':
        return post(one, model, ids, entryIds);
      case 'reverse':
        return reverse(one.nth, model, entryIds);
      case 'limit': {
        const customer = model.customers[one.customer] as Model['customers'][number];
        if (customer.removed) return;
        const id = ids[one.customer] as string;
        await store.customers.change(id, { creditLimitPaise: one.paise }, null, shop.by());
        customer.limit = one.paise;
        return;
      }
      case 'rule':
        await store.settings.change(
          { creditRule: one.refuse ? 'refuse' : 'warn', creditLimitPaise: one.paise },
          null,
          shop.by(),
        );
        model.rule = { refuse: one.refuse, paise: one.paise };
        return;
      case 'remove': {
        const customer = model.customers[one.customer] as Model['customers'][number];
        const code = await codeOf(store.customers.remove(ids[one.customer] as string, null, shop.by()));
        if (customer.removed) assert.equal(code, 'customer_not_found');
        else assert.equal(code, customer.balance === 0n ? null : 'customer_has_balance');
        customer.removed ||= code === null;
        return;
      }
      case 'restore': {
        const customer = model.customers[one.customer] as Model['customers'][number];
        const { value } = await store.customers.restore(ids[one.customer] as string, shop.by());
        customer.removed = false;
        assert.deepEqual(
          [BigInt(value.balancePaise), value.creditLimitPaise],
          [customer.balance, customer.limit],
        );
      }
    }
  }

  async function post(
    one: Step & { do: 'post' },
    model: Model,
    ids: string[],
    entryIds: string[],
  ): Promise<void> {
    const entryId = shop.shop.newId();
    const expected = model.post(one.customer, one.type, one.paise, null);
    const posting = shop.shop.store.khata.post(
      {
        id: entryId,
        customerId: ids[one.customer] as string,
        type: one.type,
        amountPaise: one.paise,
        description: null,
        paymentMethod: null,
        referenceNumber: null,
      },
      shop.by(),
    );
    assert.equal(await codeOf(posting), expected.code);
    if (expected.code !== null) return;
    entryIds.push(entryId);
    assert.equal((await posting).value.warning !== null, expected.warned);
  }

  async function reverse(nth: number, model: Model, entryIds: string[]): Promise<void> {
    if (model.entries.length === 0) return;
    const index = nth % model.entries.length;
    const entry = model.entries[index] as Model['entries'][number];
    const reversalId = shop.shop.newId();
    const code = await codeOf(
      shop.shop.store.khata.reverse(entryIds[index] as string, reversalId, 'why', shop.by()),
    );
    if (entry.reverses !== null) return assert.equal(code, 'entry_is_reversal');
    if (model.entries.some((other) => other.reverses === index)) {
      return assert.equal(code, 'entry_already_reversed');
    }
    assert.equal(code, null);
    model.post(entry.customer, entry.type === 'debit' ? 'credit' : 'debit', entry.paise, index);
    entryIds.push(reversalId);
  }

  async function compare(index: number, id: string, model: Model, entryIds: string[]): Promise<void> {
    const stored = await shop.shop.store.khata.listFrom(id, 0, 1000);
    const place = (entryId: string | null): number | null =>
      entryId === null ? null : entryIds.indexOf(entryId);
    const asModel = (entry: KhataEntry) => ({
      customer: index,
      type: entry.type,
      paise: entry.amountPaise,
      after: BigInt(entry.balanceAfterPaise),
      reverses: place(entry.reverses),
    });
    assert.deepEqual(
      stored.map(asModel),
      model.entries.filter((entry) => entry.customer === index),
    );
    for (const entry of stored) {
      const reversal = model.entries.findIndex((other) => other.reverses === place(entry.id));
      assert.equal(place(entry.reversedBy) ?? -1, reversal);
    }
    const expected = model.customers[index] as Model['customers'][number];
    const totals = await shop.shop.store.khata.totals(id);
    assert.equal(totals.count, stored.length);
    assert.equal(BigInt(totals.debitsPaise - totals.creditsPaise), expected.balance);
    const customer = await shop.shop.store.customers.find(id);
    assert.equal(customer === null, expected.removed);
    if (customer) assert.equal(BigInt(customer.balancePaise), expected.balance);
  }

  async function addCustomer(): Promise<string> {
    const id = shop.shop.newId();
    const phone = String(phones++);
    await shop.shop.store.customers.add(
      {
        id,
        name: 'C',
        phone,
        phoneE164: `+91${phone}`,
        email: null,
        address: null,
        language: null,
        creditLimitPaise: null,
      },
      shop.by(),
    );
    return id;
  }
});

/** The code with which a change is refused, or null. */
async function codeOf(change: Promise<unknown>): Promise<string | null> {
  try {
    await change;
    return null;
  } catch (error) {
    if (error instanceof ShopError) return error.code;
    throw error;
  }
}
