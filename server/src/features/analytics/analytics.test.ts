// The five answers of the older service, with the numbers it meant.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addPerson, addPiece } from '../../../test/builders.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';
import { aSale, DAY } from '../../store/contract-suite/builders.ts';

/** Half past midnight in the shop on 15 January; in UTC it is still the 14th. */
const AFTER_MIDNIGHT = Date.parse('2026-01-14T19:00:00Z');

describe('analytics, the answers of the older service', () => {
  let shop: TestShop;
  let token: string;
  let asha: string;
  let ravi: string;
  let ring: string;
  let chain: string;
  before(async () => {
    shop = await openSharedTestShop();
    await at(Date.parse('2025-10-20T06:00:00Z'));
    [asha, ravi] = [await addPerson(shop, { name: 'Asha' }), await addPerson(shop, { name: 'Ravi' })];
    ring = await addPiece(shop, { name: 'Ring', stockQuantity: 3 });
    chain = await addPiece(shop, { name: 'Chain', stockQuantity: 1, netWeightMg: 10_000 });
    await addPiece(shop, { name: 'Draft', status: 'draft', stockQuantity: 0 });
    await sell(asha, [[ring, 1, 200]], { payment_status: 'paid', payment_method: 'cash' });
    // The last moment of 14 January in the shop, and the first of the 15th.
    await at(AFTER_MIDNIGHT - 30 * 60_000 - 1);
    await sell(asha, [[ring, 2, 100.5]], { discount: 1, payment_status: 'pending' });
    await at(AFTER_MIDNIGHT);
    await sell(
      ravi,
      [
        [chain, 1, 800],
        [ring, 1, 4],
        [ring, 1, 0],
        [ring, 1, 0],
      ],
      { discount: 4, payment_method: 'khata' },
    );
    const { id } = await order(ravi, [{ product_id: ring, quantity: 2, unit_price: 20_002.5 }]);
    await setStatus(id, 'completed');
    const cancelled = await order(ravi, [{ product_id: ring, quantity: 1, unit_price: 10 }], {
      payment_method: 'khata',
    });
    await setStatus(cancelled.id, 'cancelled');
  });
  after(() => shop.close());

  /** Moves the clock and signs in anew: no token or session lives that long. */
  async function at(instant: number): Promise<void> {
    shop.clock.now = instant;
    token = await shop.signIn('admin');
  }
  async function sell(customer: string, lines: [string, number, number][], more: object): Promise<void> {
    const products = lines.map(([id, quantity, price]) => ({
      product_id: id,
      quantity,
      price_at_sale: price,
    }));
    const answer = await shop.send('POST', '/api/sales', {
      token,
      body: { customer_id: customer, products, ...more },
    });
    assert.equal(answer.status, 201, answer.text);
  }
  async function order(customer: string, items: object[], more = {}): Promise<{ id: string }> {
    const answer = await shop.send('POST', '/api/orders', {
      token,
      body: { customer_id: customer, items, ...more },
    });
    assert.equal(answer.status, 201, answer.text);
    return answer.body.data;
  }
  async function setStatus(id: string, status: string): Promise<void> {
    assert.equal(
      (await shop.send('PUT', `/api/orders/${id}/status`, { token, body: { status } })).status,
      200,
    );
  }
  async function read(path: string) {
    const answer = await shop.send('GET', `/api/analytics/${path}`, { token });
    assert.equal(answer.status, 200, answer.text);
    return answer.body;
  }

  it('dashboard: sales ever and of the period, best sellers, khata, the latest sales', async () => {
    const { data } = await read('dashboard?days=2');
    assert.deepEqual(data.summary, {
      total_revenue: 1200,
      total_transactions: 3,
      total_customers: 2,
      outstanding_balance: 800,
    });
    assert.deepEqual(data.sales_analytics, {
      period_days: 2,
      period_revenue: 1000,
      period_transactions: 2,
      average_sale_value: 500,
      paid_sales: 0,
      pending_sales: 2,
      partial_sales: 0,
    });
    assert.deepEqual(data.top_selling_products, [
      { product_id: ring, product_name: 'Ring', quantity_sold: 6, total_revenue: 405 },
      { product_id: chain, product_name: 'Chain', quantity_sold: 1, total_revenue: 800 },
    ]);
    const { phone } = data.khata_summary.top_debtors[0];
    assert.deepEqual(data.khata_summary, {
      total_outstanding: 800,
      customers_with_balance: 1,
      top_debtors: [{ id: ravi, name: 'Ravi', phone, balance: 800 }],
    });
    const names = data.recent_sales.map((sale: { product_names: string }) => sale.product_names);
    assert.deepEqual(names, ['Chain, Ring', 'Ring', 'Ring']);
    assert.deepEqual(Object.keys(data.recent_sales[0]), [
      ...['id', 'customer_name', 'product_names', 'amount', 'date', 'payment_status'],
    ]);
  });

  it('today alone begins at midnight of the shop, not of UTC', async () => {
    const { data } = await read('dashboard?days=1');
    assert.equal(data.sales_analytics.period_revenue, 800);
  });

  it('sales-trend: every month of the shop is there, with its year', async () => {
    const { data } = await read('sales-trend?months=5');
    assert.deepEqual(
      data.map((row: Record<string, unknown>) => [row.month, row.year, row.date, row.sales, row.revenue]),
      [
        ['Sep', 2025, '2025-09-01', 0, 0],
        ['Oct', 2025, '2025-10-01', 1, 200],
        ['Nov', 2025, '2025-11-01', 0, 0],
        ['Dec', 2025, '2025-12-01', 0, 0],
        ['Jan', 2026, '2026-01-01', 2, 1000],
      ],
    );
    assert.equal((await read('sales-trend')).data.length, 6);
  });

  it('enhanced-metrics: orders by status, conversion, alerts', async () => {
    const { data } = await read('enhanced-metrics');
    assert.deepEqual(data.conversion_metrics, {
      conversion_rate: 50,
      total_customers: 2,
      customers_with_orders: 1,
    });
    assert.deepEqual(data.product_status_counts, { draft: 1, published: 2, total: 3 });
    const none = { count: 0, total_amount: 0 };
    assert.deepEqual(data.order_status_breakdown, {
      pending: none,
      processing: none,
      completed: { count: 1, total_amount: 40_005 },
      cancelled: { count: 1, total_amount: 10 },
      total_orders: 2,
      total_revenue: 40_005,
    });
    assert.deepEqual(data.average_order_value, {
      average_order_value: 20_007.5,
      total_orders: 2,
      total_revenue: 40_015,
    });
    const { out_of_stock_products: out, ...alerts } = data.inventory_alerts;
    assert.deepEqual(alerts, { low_stock_products: [], low_stock_count: 0, out_of_stock_count: 2 });
    assert.deepEqual(out, [
      { id: ring, name: 'Ring', category: 'Ring', base_price: 25_000 },
      { id: chain, name: 'Chain', category: 'Ring', base_price: 25_000 },
    ]);
  });

  it('sales and orders: all rows of a period, newest first, in the words of the older service', async () => {
    const sales = await read('sales?start_date=2026-01-14&end_date=2026-01-15');
    assert.equal(sales.count, 2);
    assert.equal(sales.success, true);
    const { id, date, ...first } = sales.data[0];
    assert.match(id, /^[0-9a-f]{24}$/);
    assert.equal(date, '2026-01-14T19:00:00.000Z');
    assert.deepEqual(first, {
      customer_name: 'Ravi',
      product_names: 'Chain, Ring, Ring (+1 more)',
      amount: 804,
      discount: 4,
      final_amount: 800,
      payment_status: 'pending',
      payment_method: 'khata',
      notes: '',
    });
    assert.equal(sales.data[1].payment_method, 'N/A');
    assert.equal((await read('sales?end_date=2026-01-14')).count, 2);

    const orders = await read('orders?status=completed');
    assert.equal(orders.count, 1);
    const [{ order_number: number, customer_phone: phone, date: ordered, ...rest }] = orders.data;
    assert.match(number, /^ORD-20260114-/);
    assert.ok(phone && ordered);
    assert.deepEqual(rest, {
      customer_name: 'Ravi',
      customer_email: 'N/A',
      items: 'Ring',
      item_count: 1,
      subtotal: 40_005,
      tax_amount: 0,
      discount_amount: 0,
      total_amount: 40_005,
      status: 'completed',
      payment_status: 'unpaid',
      payment_method: 'N/A',
      notes: '',
    });
    assert.equal((await read('orders?status=nonsense')).count, 2);
    assert.deepEqual(await read('orders?start_date=2026-02-01'), { success: true, data: [], count: 0 });
  });

  it('more rows than one page are streamed whole and once', async () => {
    await at(shop.clock.now + DAY);
    const { store, newId } = shop.shop;
    const sales = Array.from({ length: 450 }, () =>
      store.sales.add(aSale(asha, [{ productId: ring, quantity: 1, unitPricePaise: 1_00 }]), {
        ...shop.by(),
        requestId: newId(),
      }),
    );
    await Promise.all(sales);
    const { data, count } = await read('sales?start_date=2026-01-16');
    assert.equal(count, 450);
    assert.equal(new Set(data.map((row: { id: string }) => row.id)).size, 450);
  });

  it('refuses what cannot be meant, naming what is allowed', async () => {
    const bad: [string, string, RegExp][] = [
      ['dashboard?days=-1', 'days', /from 1 to 3660/],
      ['dashboard?days=0', 'days', /from 1 to 3660/],
      ['dashboard?days=1e9', 'days', /from 1 to 3660/],
      ['enhanced-metrics?days=1000000000', 'days', /from 1 to 3660/],
      ['enhanced-metrics?days=1.5', 'days', /whole number/],
      ['sales-trend?months=121', 'months', /from 1 to 120/],
      ['revenue?from=2026-01-16&to=2026-01-15', 'from', /must not be after to/],
      ['revenue?from=1.1.2026', 'from', /YYYY-MM-DD/],
      ['revenue?from=2000-01-01&to=2026-01-01', 'from', /not before 2015-12-26/],
      ['revenue?interval=hour', 'interval', /day, week, month/],
      ['order-value?compare=next', 'compare', /previous, last_year/],
      ['top-products?by=price', 'by', /quantity, revenue, fine_grams/],
      ['top-products?source=all', 'source', /sales, orders, both/],
      ['top-products?limit=101', 'limit', /from 1 to 100/],
      ['stock-ageing?dead_days=-5', 'dead_days', /from 1 to 3660/],
      ['khata-ageing?page=0', 'page', /at least 1/],
      ['profit', 'name', /dashboard, .*khata-ageing/],
      ['sales?start_date=15.1.2026', 'start_date', /YYYY-MM-DD/],
      ['orders?end_date=2026-02-30', 'end_date', /YYYY-MM-DD/],
    ];
    for (const [path, field, limit] of bad) {
      const { status, body } = await shop.send('GET', `/api/analytics/${path}`, { token });
      assert.equal(status, 400, path);
      assert.equal(body.error.fields[0].field, field, path);
      assert.match(body.error.fields[0].limit, limit, path);
    }
    const { body } = await shop.send('GET', '/api/analytics/sales?start_date=x', { token });
    assert.equal(body.error.message, 'Invalid start_date format. Use YYYY-MM-DD');
    assert.equal((await read('dashboard?days=many')).data.sales_analytics.period_days, 30);
  });

  it('the day turns at midnight of the shop, whatever was kept', async () => {
    await at(Date.parse('2026-01-20T18:29:00Z'));
    await sell(asha, [[ring, 1, 7]], { payment_status: 'paid', payment_method: 'cash' });
    const before = await read('today');
    assert.deepEqual([before.data.day, before.data.today.billed], ['2026-01-20', 7]);
    assert.deepEqual(await read('today'), before);
    shop.clock.now += 60_000;
    const { data } = await read('today');
    assert.deepEqual([data.day, data.today.billed, data.yesterday.billed], ['2026-01-21', 0, 7]);
    assert.equal(data.yesterday.collected, 7);
  });

  it('is for those who may read analytics', async () => {
    const clerk = await shop.signIn('staff');
    assert.equal((await shop.send('GET', '/api/analytics/dashboard', { token: clerk })).status, 403);
    const granted = await shop.signIn('staff', ['analytics.read']);
    assert.equal((await shop.send('GET', '/api/analytics/dashboard', { token: granted })).status, 200);
  });
});
