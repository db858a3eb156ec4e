// R35 and R3 at a tenth of their size: the same random steps on SQLite and on MongoDB must have the same answers, refusals and
// order, and leave the same books.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { openMongoDatabase } from '../../../test/mongo-database.ts';
import { openTestDatabase } from '../../../test/test-database.ts';
import type { By } from '../../domain/actor.ts';
import type { NewKhataEntry } from '../../domain/khata.ts';
import type { NewOrder } from '../../domain/order.ts';
import { ShopError } from '../../domain/shop-error.ts';
import { ALL, aBy, START } from '../contract-suite/builders.ts';
import type { TestDatabase } from '../contract-suite/store-contract.ts';
import type { Store } from '../store.ts';

const SEQUENCES = 100;
/** A change alone waits most of its time for the members, so several sequences go on at once, each in shops of its own. */
const AT_ONCE = 5;
const KINDS = 16;

interface Step {
  kind: number;
  a: number;
  b: number;
  paise: number;
  text: string;
}

/** Halves of pairs, which alone are no character. */
const HALVES = { from: 0xd800, count: 0x800 };
/** Any character, as the unit 'binary' has them, which counts a million of them before the first text: four seconds. */
const character = fc.integer({ min: 0, max: 0x10ffff - HALVES.count }).map(
  (n) => String.fromCodePoint(n < HALVES.from ? n : n + HALVES.count),
  (text) => {
    const code = String(text).codePointAt(0) ?? 0;
    if (String.fromCodePoint(code) !== text) throw new Error('it is no single character');
    return code < HALVES.from ? code : code - HALVES.count;
  },
);

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.nat(KINDS - 1),
  a: fc.nat(3),
  b: fc.nat(3),
  paise: fc.oneof(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 100_000_000_000 })),
  text: fc.oneof(fc.constantFrom('Asha', 'आशा', 'a%_b', ''), fc.string({ maxLength: 6, unit: character })),
});

describe('SQLite and MongoDB answer alike', { concurrency: AT_ONCE }, () => {
  let sqlite: TestDatabase;
  let mongo: TestDatabase;
  before(async () => {
    sqlite = await openTestDatabase();
    mongo = await openMongoDatabase();
  });
  after(async () => {
    await sqlite.close();
    await mongo.close();
  });

  for (let part = 1; part <= AT_ONCE; part++) {
    it(`${SEQUENCES / AT_ONCE} random sequences, part ${part} of ${AT_ONCE}: no difference`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
          const [one, other] = [sqlite.newShop(), mongo.newShop()];
          const [ids, by] = [idsOf(steps.length), actors(steps.length)];
          // One after another within a store, both stores side by side.
          const [left, right] = await Promise.all([play(one, steps, ids, by), play(other, steps, ids, by)]);
          assert.deepEqual(right, left);
          // R3: balances are the fold of their entries, reversals are exact, the chain is unbroken.
          assert.deepEqual((await other.journal.verify()).problems, []);
        }),
        // Looking for a shorter sequence that fails, too, would take minutes: the seed that is told begins it again.
        { numRuns: SEQUENCES / AT_ONCE, endOnFailure: true },
      );
    });
  }
});

let made = 0;
/** Never the same twice: MongoDB knows a piece by its id alone, SQLite by its shop as well. */
function nextId(): string {
  return `5${(++made).toString(16).padStart(23, '0')}`;
}

function idsOf(count: number): string[] {
  return Array.from({ length: count * 3 + 8 }, nextId);
}

/** The same callers for both: some send a key, and some of these send it again. */
function actors(count: number): By[] {
  return Array.from({ length: count }, (_, n) => {
    const claim = { userId: 'u', key: `k${n % 7}`, fingerprint: `f${n % 7}-${n % 2}`, retryCount: 0 };
    return aBy({ at: START + n * 3_600_000, requestId: `r${n}`, ...(n % 5 === 0 ? { claim } : {}) });
  });
}

async function play(store: Store, steps: readonly Step[], ids: readonly string[], by: readonly By[]) {
  const told: unknown[] = [];
  const entries: string[] = [];
  const orders: string[] = [];
  for (const [n, one] of steps.entries()) {
    const mine = ids.slice(8 + n * 3);
    try {
      const { value } = await take(
        store,
        one,
        { customers: ids.slice(0, 4), pieces: ids.slice(4, 8), mine },
        {
          entries,
          orders,
          by: by[n] as By,
        },
      );
      told.push(value);
    } catch (error) {
      // An id that is there already is a defect of the caller: refused by the database itself, in its own words.
      told.push(error instanceof ShopError ? error.refusal : 'a defect');
    }
  }
  const journal = await store.journal.list({}, 1000);
  return {
    told,
    customers: await store.customers.list({}, ALL),
    found: await store.customers.list({ search: 'a' }, ALL),
    products: await store.products.list({}, ALL),
    khata: await store.khata.list({}, ALL),
    summary: await store.khata.summary(),
    orders: await store.orders.list({}, ALL),
    sales: await store.sales.list({}, ALL),
    gold: await store.prices.list({ metal: 'gold', includeHeld: true }, ALL),
    board: await store.prices.board(START + 1e9),
    daily: await store.analytics.daily({ from: '2026-01-01', to: '2026-12-31' }),
    ageing: await store.analytics.khataAgeing('2026-01-20', ALL),
    aged: await Promise.all(ids.slice(0, 4).map((id) => store.khata.ageing(id, '2026-01-20'))),
    top: await store.analytics.topProducts(null, { source: 'both', by: 'revenue', limit: 10 }),
    idle: await store.analytics.idleStock('2026-01-20', 0, ALL),
    buyers: await store.analytics.buyers('2026-01-20', 'value', ALL),
    // Salts make the hashes differ; what is told must not.
    journal: journal.map(({ prevHash: _a, hash: _b, ...entry }) => entry),
  };
}

interface Known {
  customers: readonly string[];
  pieces: readonly string[];
  mine: readonly string[];
}
interface Made {
  entries: string[];
  orders: string[];
  by: By;
}

async function take(store: Store, { kind, a, b, paise, text }: Step, known: Known, made: Made) {
  const { by, entries, orders } = made;
  const [customer = '', piece = '', id = '', second = '', third = ''] = [
    known.customers[a],
    known.pieces[b],
    ...known.mine,
  ];
  const phone = `98200982${a}${b}`;
  const order: NewOrder = {
    id,
    numberTails: id.slice(-4) + second.slice(-4),
    khataEntryId: second,
    customerId: customer,
    lines: [{ productId: piece, quantity: b + 1, unitPricePaise: paise % 2 === 0 ? paise : null }],
    taxPaise: 0,
    discountPaise: a,
    paymentStatus: 'unpaid',
    paymentMethod: text,
    notes: text,
    adminNotes: '',
    terms: { method: a % 2 === 0 ? 'khata' : 'cash', isPaid: b === 0, amountPaidPaise: 0, payments: null },
  };
  const entry: NewKhataEntry = {
    id,
    customerId: customer,
    type: b % 2 === 0 ? 'debit' : 'credit',
    amountPaise: paise,
    description: text,
    paymentMethod: null,
    referenceNumber: null,
  };
  switch (kind) {
    case 0:
    case 1:
      return store.customers.add(
        {
          ...{ id: customer, name: text || 'x', phone, phoneE164: `+91${phone}`, email: null, address: text },
          ...{ language: null, creditLimitPaise: b === 0 ? paise : null },
        },
        by,
      );
    case 2:
      return store.customers.change(customer, { name: text, address: null }, b === 0 ? 1 : null, by);
    case 3:
      return store.customers.remove(customer, null, by);
    case 4:
    case 5:
    case 6:
      return store.khata.post(entry, by).then((written) => {
        entries.push(written.value.entry.id);
        return written;
      });
    case 7:
      return store.khata.reverse(entries[(a * 4 + b) % Math.max(1, entries.length)] ?? id, second, text, by);
    case 8:
    case 9:
      return store.products.add(
        {
          ...{
            id: piece,
            name: text || 'Ring',
            category: 'Ring',
            basePricePaise: paise,
            netWeightMg: 4000 + a,
          },
          ...{ goldPurity: '916', description: text, imageUrl: '', stockQuantity: b, status: 'published' },
          ...{ makingCharge: null, stonesPaise: a },
        },
        by,
      );
    case 10:
      return store.products.change(piece, { name: text, stockQuantity: a }, null, by);
    case 11:
      return store.orders.add(order, by).then((written) => {
        orders.push(written.value.order.id);
        return written;
      });
    case 12:
      return store.orders.changeStatus(
        orders[(a * 4 + b) % Math.max(1, orders.length)] ?? id,
        (['processing', 'completed', 'cancelled', 'pending'] as const)[a] ?? 'pending',
        third,
        null,
        by,
      );
    case 13:
      return store.sales.add(
        {
          ...{ id, khataEntryId: second, customerId: customer, discountPaise: a, paymentStatus: 'paid' },
          lines: [{ productId: piece, quantity: b + 1, unitPricePaise: paise }],
          ...{ paymentMethod: 'cash', terms: { ...order.terms, method: 'cash' }, notes: text },
        },
        by,
      );
    case 14:
      return store.prices.record(
        {
          ...{
            id,
            metal: 'gold',
            purity: b === 0 ? '999' : '916',
            paisePerGram: 600_000 + (paise % 400_000),
          },
          ...{ at: by.at, day: `2026-01-1${a}`, source: text || 'manual', confirm: false },
        },
        by,
      );
    default:
      return store.settings.change(
        { strictStock: a === 0, creditRule: b === 0 ? 'refuse' : 'warn' },
        null,
        by,
      );
  }
}
