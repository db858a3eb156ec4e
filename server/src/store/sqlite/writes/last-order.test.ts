// When a piece was ordered last, as its orders are cancelled one after the other: what is kept agrees with the lines.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestDatabase } from '../../../../test/test-database.ts';
import { aBy, aCustomer, anOrder, aProduct, DAY, newId, START } from '../../contract-suite/builders.ts';
import type { TestDatabase } from '../../contract-suite/store-contract.ts';
import { type OpenDatabase, shopOf } from '../sqlite-store.ts';

describe('the last order of a piece', () => {
  let database: TestDatabase & OpenDatabase;
  const customer = aCustomer();
  const ring = aProduct();
  const chain = aProduct();
  before(async () => {
    database = await openTestDatabase();
    const shop = shopOf(database, 'main');
    await shop.customers.add(customer, aBy());
    await shop.products.add(ring, aBy());
    await shop.products.add(chain, aBy());
  });
  after(() => database.close());

  async function order(at: number, ...pieces: { id: string }[]): Promise<string> {
    const lines = pieces.map(({ id }) => ({ productId: id, quantity: 1, unitPricePaise: null }));
    const input = anOrder(customer.id, lines);
    await shopOf(database, 'main').orders.add(input, aBy({ at }));
    return input.id;
  }

  async function cancel(id: string): Promise<void> {
    await shopOf(database, 'main').orders.changeStatus(id, 'cancelled', newId(), null, aBy());
  }

  /** What is kept of ring and chain; it must be what their lines say. */
  function lastOrders(): (number | null)[] {
    const of = (table: string, { id }: { id: string }) =>
      database.db.get<{ at: number | null }>(
        `SELECT last_order_at AS at FROM ${table} WHERE product_id = :id`,
        { id },
      )?.at ?? null;
    const kept = [of('product_figures', ring), of('product_figures', chain)];
    assert.deepEqual(kept, [of('expected_product_figures', ring), of('expected_product_figures', chain)]);
    return kept;
  }

  it('goes back to the one before: of the same day, of an earlier one, to none', async () => {
    const later = START + 3 * DAY;
    const first = await order(START, ring);
    const both = await order(later, ring, chain, ring);
    const newest = await order(later + 5, ring);
    assert.deepEqual(lastOrders(), [later + 5, later]);
    await cancel(newest);
    assert.deepEqual(lastOrders(), [later, later]);
    await cancel(both);
    assert.deepEqual(lastOrders(), [START, null]);
    await cancel(first);
    assert.deepEqual(lastOrders(), [null, null]);
  });

  it('stays where it is when an earlier one goes, and at the instant that two of them share', async () => {
    const early = await order(START, ring);
    const twins = [await order(START + DAY, ring), await order(START + DAY, ring)];
    await cancel(early);
    assert.deepEqual(lastOrders(), [START + DAY, null]);
    await cancel(twins[0] ?? '');
    assert.deepEqual(lastOrders(), [START + DAY, null]);
    await cancel(twins[1] ?? '');
    assert.deepEqual(lastOrders(), [null, null]);
  });
});
