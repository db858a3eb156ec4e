// Contract 3.3: order numbers are unique; a collision is tried again, not refused.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addPerson, addPiece, stockOf } from '../../../test/builders.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import { TEST_START, type TestShop } from '../../../test/test-shop.ts';

describe('order numbers', () => {
  let shop: TestShop;
  let customer: string;
  let ring: string;
  /** What is drawn next in place of random text; each once. */
  const drawn: string[] = [];
  before(async () => {
    shop = await openSharedTestShop();
    customer = await addPerson(shop);
    ring = await addPiece(shop, { stockQuantity: 10_000 });
    const { randomText } = shop.shop;
    shop.shop.randomText = (length, alphabet) => drawn.shift() ?? randomText(length, alphabet);
  });
  after(() => shop.close());

  const order = (tails: string[], token?: string) => {
    if (tails.length > 0) drawn.push(tails.join(''));
    return shop.send('POST', '/api/orders', {
      body: { customer_id: customer, items: [{ product_id: ring }], payment_method: 'khata' },
      ...(token === undefined ? {} : { token }),
    });
  };

  it('tries the next tail where one is taken', async () => {
    assert.equal((await order(['AAAA'])).body.data.order_number, 'ORD-20260115-AAAA');
    assert.equal((await order(['AAAA', 'AAAA', 'BBBB'])).body.data.order_number, 'ORD-20260115-BBBB');
  });

  it('uses the UTC date, so a tail is free again on another one', async () => {
    shop.clock.now = Date.parse('2026-01-15T23:59:59.999Z');
    const token = await shop.signIn('admin');
    const send = () =>
      shop.send('POST', '/api/orders', {
        body: { customer_id: customer, items: [{ product_id: ring }] },
        token,
      });
    drawn.push('CCCC');
    assert.equal((await send()).body.data.order_number, 'ORD-20260115-CCCC');
    shop.clock.now += 1;
    drawn.push('CCCC');
    assert.equal((await send()).body.data.order_number, 'ORD-20260116-CCCC');
    shop.clock.now = TEST_START;
  });

  it('says so when every tail is taken, and writes nothing', async () => {
    const stock = await stockOf(shop, ring);
    const { status, body, headers } = await order(Array(20).fill('AAAA'));
    assert.equal(status, 503);
    assert.equal(body.error.type, 'busy');
    assert.equal(body.error.details, 'No free order number was found. Try again');
    assert.equal(headers.get('retry-after'), '1');
    assert.equal(await stockOf(shop, ring), stock);
    // With a tail of its own: a drawn one might begin like those that are counted below.
    assert.equal((await order(['DDDD'])).status, 201);
  });

  it('begins alike within a second, for 64 orders at most, and anew in the next one', async () => {
    const token = await shop.signIn('admin');
    const begun = async (tail: string): Promise<string> => {
      const { body } = await order([tail], token);
      return body.data.order_number.slice(-4);
    };
    shop.clock.now += 2000;
    const digits = (n: number) => String(n).padStart(2, '0');
    assert.equal(await begun('EE00'), 'EE00');
    for (let n = 1; n < 64; n++) assert.equal(await begun(`FF${digits(n)}`), `EE${digits(n)}`);
    assert.equal(await begun('GG00'), 'GG00');
    assert.equal(await begun('FF01'), 'GG01');
    shop.clock.now += 1000;
    assert.equal(await begun('HH00'), 'HH00');
    // Where the first one is taken, nothing ties the others.
    assert.equal(await begun('HH00IIII'), 'IIII');
    shop.clock.now = TEST_START;
  });

  it('gives 200 concurrent orders 200 numbers, though their tails collide all the time', async () => {
    // The first of every four is X. Twenty tries out of 512 tails: most orders meet a taken one.
    const { randomText } = shop.shop;
    // A second of its own: what was drawn in the last one was another first character.
    shop.clock.now += 1000;
    shop.shop.randomText = (length) => randomText(length, 'ABCDEFGH').replace(/.(?=(?:.{4})*.{3}$)/g, 'X');
    const answers = await Promise.all(Array.from({ length: 200 }, () => order([])));
    const numbers = answers.map((answer) => answer.body.data?.order_number);
    assert.deepEqual([...new Set(answers.map((answer) => answer.status))], [201]);
    assert.equal(new Set(numbers).size, 200);
    const { body } = await shop.send('GET', '/api/orders?search=-X');
    assert.equal(body.total, 200);
  });
});
