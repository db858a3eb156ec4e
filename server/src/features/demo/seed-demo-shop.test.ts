// The sample shop: plausible, whole, and the same through every door.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';
import { type Config, readConfig } from '../../config.ts';
import { prepareShop, welcomeLines } from '../../serving/running-server.ts';
import { seedDemoShop } from './seed-demo-shop.ts';

describe('the sample shop', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop();
    await seedDemoShop(shop.shop);
  });
  after(() => shop.close());

  it('shows a public catalogue of every category, each piece with a picture and a price above its metal', async () => {
    const { body } = await shop.send('GET', '/api/products?per_page=100', { token: null });
    assert.equal(new Set(body.data.map((piece: { category: string }) => piece.category)).size, 9);
    for (const piece of body.data) {
      assert.equal(piece.status, 'published');
      assert.ok(piece.current_price > piece.weight * 7000, piece.name);
      const picture = await shop.send('GET', piece.image_url, { token: null });
      assert.equal(picture.status, 200);
      assert.equal(picture.headers.get('content-type'), 'image/webp');
    }
  });

  it('has most pieces in stock after all that was sold, and one that is sold out', async () => {
    const { body } = await shop.send('GET', '/api/products?per_page=100', { token: null });
    const stocks = body.data.map((piece: { stock_quantity: number }) => piece.stock_quantity);
    assert.equal(stocks.filter((stock: number) => stock > 0).length, stocks.length - 1);
  });

  it('has orders, sales and a khata that agree with each other', async () => {
    const [orders, sales, summary] = await Promise.all([
      shop.send('GET', '/api/orders?per_page=100'),
      shop.send('GET', '/api/sales?per_page=100'),
      shop.send('GET', '/api/khata/summary'),
    ]);
    assert.ok(orders.body.pagination.total >= 10);
    assert.ok(sales.body.pagination.total >= 10);
    assert.ok(summary.body.data.total_outstanding > 0);
    assert.deepEqual((await shop.shop.store.journal.verify()).problems, []);
  });

  it('is not taken for a real one: whoever starts it as one is warned, and told where else to begin', async () => {
    const settings = { DATA_DIR: shop.dataDir };
    const said = async (config: Config) =>
      welcomeLines('http://localhost:5000', config, await prepareShop(shop.shop, config));
    const warning = (await said(readConfig(settings))).at(-1) ?? '';
    assert.match(warning, /^Warning: .* of the sample shop .*For a real one name another DATA_DIR \(\//);
    assert.doesNotMatch((await said(readConfig({ ...settings, DEMO: 'yes' }))).join(), /Warning/);
  });

  it('labels its rates as synthetic and dates none in the future', async () => {
    const { body } = await shop.send('GET', '/api/prices/gold/history?limit=1000', { token: null });
    assert.equal(body.count, 120);
    for (const row of body.data) assert.match(row.source, /synthetic/);
    assert.ok(Date.parse(body.data[0].date) <= shop.clock.now);
  });
});
