// Postings at once, and readers meanwhile.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';

describe('concurrent postings', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop();
  });
  after(() => shop.close());

  it('of 64 to one customer leave an exact balance and an unbroken chain', async () => {
    const customer = await shop.send('POST', '/api/customers', { body: { name: 'A', phone: '9000000001' } });
    const id = customer.body.data.id;
    for (let round = 0; round < 3; round++) {
      const before = (await shop.send('GET', `/api/customers/${id}`)).body.data.current_balance;
      const answers = await Promise.all(
        Array.from({ length: 64 }, (_, i) =>
          shop.send('POST', '/api/khata/transactions', {
            body: {
              customer_id: id,
              transaction_type: i % 4 === 0 ? 'credit' : 'debit',
              amount: 0.01 * (i + 1),
            },
          }),
        ),
      );
      const paise = answers.map(({ status, body }) => {
        assert.equal(status, 201);
        const sign = body.data.transaction_type === 'debit' ? 1 : -1;
        return sign * Math.round(body.data.amount * 100);
      });
      const sum = paise.reduce((total, amount) => total + amount, 0);
      const now = (await shop.send('GET', `/api/customers/${id}`)).body.data.current_balance;
      assert.equal(Math.round(now * 100), Math.round(before * 100) + sum);
    }
    const entries = await shop.shop.store.khata.listFrom(id, 0, 1000);
    assert.equal(entries.length, 192);
    let balance = 0;
    for (const entry of entries) {
      balance += entry.type === 'debit' ? entry.amountPaise : -entry.amountPaise;
      assert.equal(entry.balanceAfterPaise, balance);
    }
  });

  it('never show a total of two different moments', async () => {
    const ids = await Promise.all(
      Array.from({ length: 8 }, async (_, i) => {
        const phone = `900000100${i}`;
        const { body } = await shop.send('POST', '/api/customers', { body: { name: `B${i}`, phone } });
        return body.data.id as string;
      }),
    );
    const { store } = shop.shop;
    let writing = true;
    const write = async (customerId: string): Promise<void> => {
      for (let i = 1; i <= 40; i++) {
        const type = i % 3 === 0 ? 'credit' : 'debit';
        await store.khata.post(
          {
            id: shop.shop.newId(),
            customerId,
            type,
            amountPaise: i,
            description: null,
            paymentMethod: null,
            referenceNumber: null,
          },
          shop.by(),
        );
      }
    };
    let reads = 0;
    const read = async (): Promise<void> => {
      while (writing) {
        const summary = await store.khata.summary();
        assert.equal(
          summary.outstandingPaise - summary.creditPaise,
          summary.totals.debitsPaise - summary.totals.creditsPaise,
        );
        const khata = await store.khata.ofCustomer(ids[reads % ids.length] as string, { skip: 0, limit: 1 });
        assert.ok(khata);
        const { customer, entries, totals } = khata;
        assert.equal(customer.balancePaise, totals.debitsPaise - totals.creditsPaise);
        assert.equal(entries.rows[0]?.balanceAfterPaise ?? 0, customer.balancePaise);
        assert.equal(entries.total, totals.count);
        reads++;
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const readers = Array.from({ length: 4 }, read);
    await Promise.all(ids.map(write));
    writing = false;
    await Promise.all(readers);
    assert.ok(reads > 100, `only ${reads} reads`);
  });
});
