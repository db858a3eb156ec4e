// Random changes of a shop and random questions about its catalogue, for the test that compares memory and store.

import type { By } from '../src/domain/actor.ts';
import { toPaise } from '../src/domain/money.ts';
import { CATEGORIES, type NewProduct, PRODUCT_PURITIES } from '../src/domain/product.ts';
import { DAY_MS } from '../src/domain/shop-day.ts';
import type { SeededRandom } from '../src/features/demo/seeded-random.ts';
import {
  aCustomer,
  aDebit,
  aGoldRate,
  anOrder,
  aProduct,
  aSale,
  newId,
} from '../src/store/contract-suite/builders.ts';
import type { Store } from '../src/store/store.ts';

const WORDS = [
  'Gold',
  'ring',
  'नथ',
  'मोत्याची',
  '50%',
  'off_now',
  '"x"',
  "it's",
  'ÉTÉ',
  'straße',
  '🪙',
  '22k',
  'a',
];
const PARTS = [
  'gold',
  'RING',
  'थ',
  'मोत्या',
  'motya',
  'गोल्ड',
  '%',
  '_',
  '"',
  "'s",
  'été',
  'SS',
  '🪙',
  '2',
  'a',
  'zz',
  '  ',
  '\0',
];
const EDGES = ['0', '25000', '25000.01', '1e4', ' 30000 ', '-5', 'abc', '', '1e999', '99999.995'];

export interface RandomShop {
  random: SeededRandom;
  store: Store;
  clock: { now: number };
  by: () => By;
  products: string[];
  customers: string[];
  orders: string[];
}

function text({ random }: RandomShop, words: number): string {
  return Array.from({ length: words }, () => random.pick(WORDS)).join(random.pick([' ', '  ', '\n']));
}

function fields(shop: RandomShop): Partial<NewProduct> {
  const { random } = shop;
  return {
    name: text(shop, random.between(1, 4)),
    description: text(shop, random.between(0, 12)),
    category: random.pick(CATEGORIES),
    basePricePaise: random.pick([0, 2_500_000, 2_500_001, random.between(1, 9_000_000), 1_000_000_000_000]),
    netWeightMg: random.between(1, 20_000),
    goldPurity: random.pick(PRODUCT_PURITIES),
    stockQuantity: random.between(0, 8),
    stonesPaise: random.pick([0, 0, random.between(1, 100_000)]),
    makingCharge: random.pick([
      null,
      null,
      { kind: 'percent', basisPoints: random.between(0, 5_000) },
      { kind: 'per_gram', paisePerGram: 75_050 },
      { kind: 'fixed', paise: 33 },
    ]),
    imageUrl: random.pick(['', '/uploads/products/a.png', 'https://example.com/"a"?b=c&d']),
  };
}

type Change = (shop: RandomShop) => Promise<unknown>;

const pickId = ({ random, products }: RandomShop): string => random.pick([...products, newId()]);
const line = (shop: RandomShop) => ({ productId: pickId(shop), quantity: 2, unitPricePaise: 100 });

async function addPieces(shop: RandomShop, at: number): Promise<void> {
  const { random, store, products, by } = shop;
  for (let n = random.between(1, 4); n > 0; n--) {
    const input = aProduct({ ...fields(shop), status: random.pick(['published', 'published', 'draft']) });
    await store.products.add(input, { ...by(), at });
    products.push(input.id);
  }
}

export const CHANGES: Record<string, Change> = {
  'new pieces': (shop) => addPieces(shop, shop.clock.now),
  'pieces that are older than others': (shop) => addPieces(shop, shop.clock.now - 3 * DAY_MS),
  'other fields': (shop) => shop.store.products.change(pickId(shop), fields(shop), null, shop.by()),
  'another price only': (shop) =>
    shop.store.products.change(pickId(shop), { basePricePaise: shop.random.between(1, 99) }, null, shop.by()),
  'publish or take off': (shop) =>
    shop.store.products.change(
      pickId(shop),
      { status: shop.random.pick(['published', 'draft']) },
      null,
      shop.by(),
    ),
  remove: (shop) => shop.store.products.remove(pickId(shop), null, shop.by()),
  restore: (shop) => shop.store.products.restore(pickId(shop), shop.by()),
  'many at once': (shop) =>
    shop.store.products.bulk(
      Array.from({ length: 5 }, () => pickId(shop)),
      shop.random.pick(['publish', 'unpublish', 'delete', 'restore']),
      shop.by(),
    ),
  'an order': async (shop) => {
    const order = anOrder(shop.random.pick(shop.customers), [line(shop), line(shop)]);
    await shop.store.orders.add(order, shop.by());
    shop.orders.push(order.id);
  },
  'an order cancelled': (shop) =>
    shop.store.orders.changeStatus(
      shop.random.pick([...shop.orders, newId()]),
      'cancelled',
      newId(),
      null,
      shop.by(),
    ),
  'a sale': (shop) => shop.store.sales.add(aSale(shop.random.pick(shop.customers), [line(shop)]), shop.by()),
  'a khata entry': (shop) => shop.store.khata.post(aDebit(shop.random.pick(shop.customers), 100), shop.by()),
  customer: async (shop) => {
    const customer = aCustomer();
    await shop.store.customers.add(customer, shop.by());
    shop.customers.push(customer.id);
  },
  'a rate': ({ random, store, clock, by }) =>
    store.prices.record(
      aGoldRate(toPaise(random.between(5_000, 8_000)), clock.now, {
        purity: random.pick(['916', '916', '750', '999']),
        confirm: random.next() < 0.5,
      }),
      by(),
    ),
  'a rate of a later day': ({ random, store, clock, by }) => {
    const at = clock.now + random.between(1, 2) * DAY_MS;
    return store.prices.record(aGoldRate(toPaise(random.between(5_000, 8_000)), at, { confirm: true }), by());
  },
  'a held rate confirmed': async ({ store, by }) => {
    const { rows } = await store.prices.list({ metal: 'gold', includeHeld: true }, { skip: 0, limit: 50 });
    const held = rows.find((price) => price.held);
    if (held) await store.prices.confirm('gold', held.id, by());
  },
  'imported rates': ({ random, store, clock, by }) => {
    const at = clock.now - random.between(0, 3) * DAY_MS;
    const row = {
      ...aGoldRate(toPaise(random.between(5_000, 8_000)), at, { purity: '916' }),
      source: 'file',
    };
    return store.prices.import('gold', [row], { name: 'rates.csv', sha256: newId() }, by());
  },
  'the making charge of the shop': ({ random, store, by }) =>
    store.settings.change(
      { makingCharge: { kind: 'percent', basisPoints: random.between(0, 4_000) } },
      null,
      by(),
    ),
  'another setting': ({ random, store, by }) =>
    store.settings.change({ shopName: `Shop ${random.between(1, 9)}` }, null, by()),
  'an hour or a day': async ({ random, clock }) => {
    clock.now += random.pick([3_600_000, DAY_MS]);
  },
};

/** An address that anybody may ask for. */
export function randomQuestion({ random, products }: RandomShop): string {
  const query = new URLSearchParams();
  const sometimes = (share: number, name: string, value: () => string): void => {
    if (random.next() < share) query.append(name, value());
  };
  sometimes(0.2, 'include_price', () => random.pick(['false', 'FALSE', 'true', '']));
  if (random.next() < 0.2) return `/api/products/${random.pick([...products, newId(), 'x'])}?${query}`;
  sometimes(0.4, 'category', () => random.pick([...CATEGORIES, 'ring', '']));
  sometimes(0.1, 'category', () => random.pick(CATEGORIES));
  sometimes(0.3, random.pick(['min_price', 'price_min']), () => random.pick(EDGES));
  sometimes(0.3, random.pick(['max_price', 'price_max']), () => random.pick(EDGES));
  sometimes(0.2, random.pick(['min_weight', 'weight_min']), () => String(random.between(0, 20) / 2));
  sometimes(0.2, random.pick(['max_weight', 'weight_max']), () => String(random.between(0, 40) / 2));
  sometimes(0.2, 'stock', () => random.pick(['low', 'out', 'all']));
  sometimes(0.3, 'search', () => `${random.pick(PARTS)} ${random.pick(['', random.pick(PARTS)])}`);
  sometimes(0.5, 'page', () => random.pick(['1', '2', '3', '4', '0', 'x', '999999']));
  sometimes(0.6, 'per_page', () => random.pick(['1', '2', '3', '7', '100', '0', '101']));
  return `/api/products?${query}`;
}
