// Strict stock: the last piece is sold once. The orders and sales are counted; a stock that is never below 0 proves
// nothing.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addPerson, addPiece, balanceOf, stockOf } from '../../../test/builders.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';

const ROUNDS = 5;

describe('strict stock', () => {
  let shop: TestShop;
  let customer: string;
  before(async () => {
    shop = await openSharedTestShop();
    customer = await addPerson(shop);
    await shop.shop.store.settings.change({ strictStock: true }, null, shop.by());
  });
  after(() => shop.close());

  const order = (piece: string, quantity = 1, more = {}) =>
    shop.send('POST', '/api/orders', {
      body: { customer_id: customer, items: [{ product_id: piece, quantity }], ...more },
    });
  const sell = (piece: string) =>
    shop.send('POST', '/api/sales', {
      body: { customer_id: customer, products: [{ product_id: piece, quantity: 1, price_at_sale: 1 }] },
    });
  /** Sold according to the lists, not to the stock. */
  const soldOf = async (piece: string): Promise<number> => {
    let sold = 0;
    for (const [path, lines] of [
      ['/api/orders', 'items'],
      ['/api/sales', 'products'],
    ] as const) {
      const { body } = await shop.send('GET', `${path}?per_page=100`);
      assert.equal(body.pagination.has_next, false);
      for (const row of body.data) {
        for (const line of row[lines]) if (line.product_id === piece) sold += line.quantity;
      }
    }
    return sold;
  };

  it('sells the last piece to one of 16 buyers', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const piece = await addPiece(shop, { stockQuantity: 1 });
      const answers = await Promise.all(
        Array.from({ length: 16 }, (_, buyer) => (buyer % 2 === 0 ? order(piece) : sell(piece))),
      );
      const statuses = answers.map((answer) => answer.status);
      assert.deepEqual(
        [statuses.filter((s) => s === 201).length, statuses.filter((s) => s === 409).length],
        [1, 15],
      );
      assert.equal(await soldOf(piece), 1);
      assert.equal(await stockOf(shop, piece), 0);
    }
  });

  it('sells 7 pieces to 7 of 40 buyers', async () => {
    const piece = await addPiece(shop, { stockQuantity: 7 });
    const answers = await Promise.all(Array.from({ length: 40 }, () => order(piece)));
    assert.equal(answers.filter((answer) => answer.status === 201).length, 7);
    assert.equal(await soldOf(piece), 7);
  });

  it('names the piece and what is there, and writes nothing', async () => {
    const piece = await addPiece(shop, { name: 'Peshwai Nath', stockQuantity: 3 });
    const other = await addPiece(shop);
    const { status, body } = await shop.send('POST', '/api/orders', {
      body: {
        customer_id: customer,
        items: [
          { product_id: other },
          { product_id: piece, quantity: 2 },
          { product_id: piece, quantity: 2 },
        ],
        payment_method: 'khata',
      },
    });
    assert.equal(status, 409);
    assert.equal(body.error.type, 'out_of_stock');
    assert.equal(body.error.message, 'Not enough in stock');
    assert.equal(body.error.details, 'Peshwai Nath: 3 available, 4 wanted');
    // The second of its lines is the one that there is too little for.
    assert.deepEqual(body.error.fields, [
      { field: 'items.2.quantity', rule: 'stock', limit: 'only 3 in stock' },
    ]);
    assert.deepEqual(body.error.data, {
      product_id: piece,
      product_name: 'Peshwai Nath',
      available: 3,
      wanted: 4,
    });
    assert.deepEqual([await stockOf(shop, piece), await stockOf(shop, other)], [3, 10]);
    assert.equal(await balanceOf(shop, customer), 0);
    assert.equal(await soldOf(other), 0);
  });

  it('answers the saved refusal to a repeated key, even when the piece is back', async () => {
    const piece = await addPiece(shop, { stockQuantity: 0 });
    const headers = { 'idempotency-key': 'refused-once' };
    const body = { customer_id: customer, items: [{ product_id: piece }] };
    const first = await shop.send('POST', '/api/orders', { body, headers });
    await shop.shop.store.products.change(piece, { stockQuantity: 5 }, null, shop.by());
    const again = await shop.send('POST', '/api/orders', { body, headers });
    assert.equal(first.status, 409);
    assert.equal(again.text, first.text);
  });
});
