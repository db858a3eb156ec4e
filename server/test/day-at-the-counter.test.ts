// One day of the shop from the first start to closing time, through the real program, its HTTP and its command line.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { swati } from '../src/cli/swati.ts';
import { type RunningServer, startServer, type TemporaryFolder, temporaryFolder } from './running-server.ts';

describe('a day at the counter', () => {
  let folder: TemporaryFolder;
  let server: RunningServer;
  let token: string;
  before(async () => {
    folder = temporaryFolder();
    server = await startServer(folder.path);
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  /** Sends a request, checks the status and answers the body. Tests reach into it by name. */
  async function call(method: string, path: string, body?: unknown, status = body === undefined ? 200 : 201) {
    const response = await fetch(server.origin + path, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    assert.equal(response.status, status, `${method} ${path}: ${text}`);
    return response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
  }

  it('goes from the set-up code to the day-end check without a paisa out of place', async () => {
    // The owner sets the shop up with the code on the terminal, and signs in.
    const code = /setup#code=([\w-]+)/.exec(server.output())?.[1];
    const owner = { username: 'swati', email: 'swati@example.com', password: 'gold and silver' };
    await call('POST', '/api/setup', { code, ...owner });
    token = (await call('POST', '/api/auth/login', owner, 200)).access_token;
    await call(
      'PUT',
      '/api/settings',
      { credit_limit: 100000, credit_rule: 'warn', shop_name: 'Swati' },
      200,
    );

    // Morning: the rate, a piece, its price line by line, and the public sees it only once it is published.
    await call('POST', '/api/prices/gold', { price_per_gram: '6500.00', purity: '916' });
    const piece = (
      await call('POST', '/api/products', {
        name: 'Patli',
        category: 'Bangles',
        base_price: 37000,
        weight: 5,
        gold_purity: 916,
        stock_quantity: 1,
      })
    ).data;
    assert.equal(piece.current_price, 37375);
    const working = (await call('GET', `/api/products/${piece.id}/price`)).data;
    assert.equal(working.lines[0].amount + working.lines[1].amount, 37375);
    assert.equal((await call('GET', '/api/products')).pagination.total, 0);
    await call('POST', `/api/products/${piece.id}/publish`);
    assert.equal((await call('GET', '/api/products')).pagination.total, 1);

    // A customer orders three where one is in stock, and puts it on the khata less an advance.
    const asha = (await call('POST', '/api/customers', { name: 'Asha', phone: '98765 43210' })).data;
    const order = (
      await call('POST', '/api/orders', {
        customer_id: asha.id,
        items: [{ product_id: piece.id, quantity: 3, unit_price: 37375 }],
        payment_method: 'khata',
        amount_paid: 12125,
      })
    ).data;
    assert.equal(order.total_amount, 112125);
    assert.equal((await call('GET', `/api/products/${piece.id}`)).data.stock_quantity, 0);
    assert.equal((await call('GET', `/api/customers/${asha.id}`)).data.current_balance, 100000);

    // She pays a part, the clerk mistypes it, reverses the entry and posts it right.
    const debit = { customer_id: asha.id, transaction_type: 'credit', payment_method: 'upi' };
    const wrong = (await call('POST', '/api/khata/transactions', { ...debit, amount: 5000.05 })).data;
    await call('POST', `/api/khata/transactions/${wrong.id}/reverse`, { reason: 'typed twice' });
    await call('POST', `/api/khata/transactions/${wrong.id}/reverse`, { reason: 'again' }, 409);
    const right = (await call('POST', '/api/khata/transactions', { ...debit, amount: 500.05 })).data;
    assert.equal(right.balance_after, 99499.95);

    // A walk-in buys over the counter, part cash, part card.
    const meera = (await call('POST', '/api/customers', { name: 'Meera', phone: '98765 43211' })).data;
    const sale = (
      await call('POST', '/api/sales', {
        customer_id: meera.id,
        products: [{ product_id: piece.id, quantity: 1, price_at_sale: 37375 }],
        discount: 375,
        payment_status: 'paid',
        payments: [
          { method: 'cash', amount: 17000 },
          { method: 'card', amount: 20000, reference: 'slip 7' },
        ],
      })
    ).data;
    assert.equal(sale.final_amount, 37000);

    // The order is called off: the one piece comes back, the debt is taken back, and her payment stands.
    await call('PUT', `/api/orders/${order.id}/status`, { status: 'cancelled' }, 200);
    await call('PUT', `/api/orders/${order.id}/status`, { status: 'cancelled' }, 200);
    await call('PUT', `/api/orders/${order.id}/status`, { status: 'pending' }, 409);
    assert.equal((await call('GET', `/api/products/${piece.id}`)).data.stock_quantity, 1);
    assert.equal((await call('GET', `/api/customers/${asha.id}`)).data.current_balance, -500.05);

    // Closing time: the statement adds up, the journal tells who did what, and the books verify.
    const statement: string = await call('GET', `/api/customers/${asha.id}/khata/statement`);
    assert.match(statement, /-500\.05/);
    const journal = (await call('GET', `/api/journal?subject=order:${order.id}`)).data;
    assert.deepEqual(
      journal.map((entry: { action: string }) => entry.action),
      ['order.status_changed', 'order.created'],
    );
    const lines: string[] = [];
    const terminal = {
      out: (line: string) => void lines.push(line),
      err: (line: string) => void lines.push(line),
      progress: () => undefined,
      askSecret: async () => null,
      readInput: async () => '',
    };
    // The command line reads and checks the same data beside the running server.
    assert.equal(await swati(['verify'], { DATA_DIR: folder.path }, terminal), 0, lines.join('\n'));
  });

  it('is all there after a restart', async () => {
    const before = await call('GET', '/api/khata/summary');
    assert.equal((await server.stop()).code, 0);
    server = await startServer(folder.path);
    assert.deepEqual(await call('GET', '/api/khata/summary'), before);
    assert.equal((await call('GET', '/api/sales')).pagination.total, 1);
  });
});
