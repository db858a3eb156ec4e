// How often a read asks the cluster: the public catalogue not at all while nothing changes, everything at most twice right
// after a change, whatever the route. Counted is an answer that nobody has had before. The caller's account is not
// counted: it is read at most twice a second for all requests (see driver-facts).

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CommandStartedEvent } from 'mongodb';
import { allRoutes } from '../src/app.ts';
import { modelVersion } from '../src/domain/trained-model.ts';
import { packModel } from '../src/features/predictions/model-bytes.ts';
import type { Route } from '../src/http/route.ts';
import { trainPriceModel } from '../src/ml/backtest.ts';
import { writePriceModel } from '../src/ml/price-model-file.ts';
import { aDebit, aGoldRate } from '../src/store/contract-suite/builders.ts';
import { type OpenDatabase, shopOf } from '../src/store/mongo/mongo-store.ts';
import { exampleAddress } from './example-request.ts';
import { type Filling, fillShop } from './filled-shop.ts';
import { openMongoDatabase } from './mongo-database.ts';
import { openTestShop, TEST_START, type TestShop } from './test-shop.ts';

const READS = new Set(['find', 'aggregate', 'count', 'distinct', 'getMore']);
const ACCOUNT = 'aggregate users';
const MOST_TRIPS = 2;
const TRIES = 10;
/** What is gathered by the first who asks, for all others. */
const GATHERED = [
  '/api/products?per_page=5',
  '/api/products/PRODUCT',
  '/api/predictions/gold/fan',
  '/api/predictions/gold/fan?purity=750',
  '/api/predictions/gold/fan?metal_type=silver',
];
const TIME = 'start_date=2020-01-01&end_date=2030-01-01';

/** What a screen asks in other words than the route's bare address. */
const FILTERED = [
  `/api/khata/transactions?${TIME}`,
  `/api/khata/transactions?${TIME}&skip=5&limit=5`,
  `/api/khata/transactions?customer_id=CUSTOMER&${TIME}`,
  '/api/products/admin?status=published&search=ring',
  `/api/orders?status=pending&search=asha&date_from=2020-01-01`,
  '/api/customers?search=98',
  `/api/journal?actor=test`,
  // Two ranges side by side, day by day, and what sells in one.
  '/api/analytics/conversion?from=2025-02-01&to=2026-01-15&interval=day&compare=previous',
  '/api/analytics/gold?from=2025-02-01&to=2026-01-15&interval=day&compare=previous',
  '/api/analytics/top-products?from=2025-02-01&to=2026-01-15&source=both',
];

describe('round trips of a read on MongoDB', () => {
  let database: OpenDatabase & { close: () => Promise<void> };
  let shop: TestShop;
  let filling: Filling;
  const asked: string[] = [];
  before(async () => {
    database = await openMongoDatabase();
    shop = await openTestShop({}, undefined, {}, shopOf(database, 'main'));
    filling = await fillShop(shop, 12);
    await tellMonitors(shop, filling);
    database.client.on('commandStarted', ({ commandName, command }: CommandStartedEvent) => {
      const what = `${commandName} ${command[commandName]}`;
      if (READS.has(commandName) && what !== ACCOUNT) asked.push(what);
    });
  });
  after(async () => {
    await database.db.dropDatabase();
    await shop.close();
  });

  const changes: Record<string, (n: number) => Promise<unknown>> = {
    'an entry': () => shop.shop.store.khata.post(aDebit(filling.customer, 100), shop.by()),
    'a rate': (n) => {
      const rate = aGoldRate(700_000 + n, shop.clock.now, { confirm: true });
      return shop.shop.store.prices.record(rate, shop.by());
    },
    'a piece': (n) =>
      shop.shop.store.products.change(filling.product, { name: `Ring ${n}` }, null, shop.by()),
    nothing: async () => undefined,
  };

  async function tripsOf(
    path: string,
    token: string | null,
    most: number,
    after = 'an entry',
  ): Promise<string[]> {
    let fewest: string[] | null = null;
    // What looks after the journal asks it now and then, also in the middle of an answer: that can only add to the count.
    for (let n = 0; n < TRIES && (fewest === null || fewest.length > most); n++) {
      await changes[after]?.(n);
      const trips = await tripsOfAnswer(path, token, n);
      if (fewest === null || trips.length < fewest.length) fewest = trips;
    }
    return fewest ?? [];
  }

  async function tripsOfAnswer(path: string, token: string | null, n: number): Promise<string[]> {
    asked.length = 0;
    // An answer that is sent again as it was has asked nothing: another encoding is another question.
    const headers = { 'accept-encoding': `identity, try-${n}` };
    const { status, text } = await shop.send('GET', path, { token, headers });
    assert.ok(status < 500 || status === 503, `${path}: ${text}`);
    return [...asked];
  }

  it('none for the public catalogue', async () => {
    for (const path of ['/api/products?per_page=5', '/api/products?category=Ring', '/api/products/PRODUCT'])
      assert.deepEqual(await tripsOf(addressed(path), null, 0, 'nothing'), [], path);
  });

  it('at most two for everything else, right after an entry of the ledger', async () => {
    // An export is read by a thread of its own, page by page.
    const isRead = ({ method, path }: Route): boolean => method === 'GET' && !path.startsWith('/api/export/');
    const routes = allRoutes(shop.shop).filter(isRead).map(addressOf);
    const slow: Record<string, string[]> = {};
    for (const path of [...routes, ...FILTERED.map(addressed)]) {
      const trips = await tripsOf(path, shop.adminToken, MOST_TRIPS);
      if (trips.length > MOST_TRIPS) slow[path] = trips;
    }
    assert.deepEqual(slow, {});
  });

  for (const change of ['a rate', 'a piece']) {
    it(`at most two for what is gathered, right after ${change} changed`, async () => {
      for (const path of GATHERED.map(addressed)) {
        const trips = await tripsOf(path, null, MOST_TRIPS, change);
        assert.ok(trips.length <= MOST_TRIPS, `${path}: ${trips}`);
      }
    });
  }

  const addressed = (path: string): string =>
    path.replace('CUSTOMER', filling.customer).replace('PRODUCT', filling.product);

  /** With an id that is there. */
  function addressOf(route: Route): string {
    const kinds: [RegExp, string][] = [
      [/customer|khata/, filling.customer],
      [/product/, filling.product],
      [/order/, filling.order],
      [/sale/, filling.sale],
    ];
    const id = kinds.find(([kind]) => kind.test(route.path))?.[1];
    const path = id === undefined ? route.path : route.path.replace(/:\w*id\b/i, id);
    return exampleAddress({ ...route, path });
  }
});

/** What health and metrics have to tell beside rows: backups, a training that waits, an order that was changed, a model. */
async function tellMonitors({ shop: { store, newId }, by }: TestShop, { order }: Filling): Promise<void> {
  const made = { file: 'a.backup', folder: '/media', bytes: 1, rows: 1, digest: 'd', otherDisk: true };
  await store.backups.record({ outcome: 'made', ...made }, by());
  await store.backups.record({ outcome: 'failed', folder: '/media', reason: 'full' }, by());
  await store.jobs.request({ id: newId(), targets: ['gold'], reason: 'asked' }, by());
  await store.orders.changeStatus(order, 'processing', newId(), null, by());
  const points = Array.from({ length: 40 }, (_, day) => ({ day: 20_000 + day, price: 7000 + day }));
  const facts = { basis: 'shop', dataPoints: 40, seenPosition: 0, metrics: {}, details: {} } as const;
  const card = {
    name: 'gold-916',
    version: modelVersion(TEST_START),
    trainedAt: TEST_START,
    ...facts,
  } as const;
  const bytes = await packModel(writePriceModel(trainPriceModel(points)));
  await store.models.put([{ card, bytes }], null, by());
}
