// The kept figures against what they count: honest ones are passed, each broken one is named, and the views that
// `swati verify` compares with are what a database from before the figures was filled from.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { newTestFolder } from '../../../test/test-database.ts';
import {
  aBy,
  aCredit,
  aCustomer,
  aDebit,
  anOrder,
  aProduct,
  aSale,
  DAY,
  khataTerms,
  newId,
  START,
} from '../contract-suite/builders.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { verifyDatabase } from './verify.ts';

const TABLES = [
  'daily_figures',
  'customer_figures',
  'product_figures',
  'product_days',
  'product_last_sold',
  'khata_daily_debits',
  'product_counts',
];

describe('verify, the kept figures', () => {
  const dataDir = newTestFolder();
  const file = join(dataDir, 'shop.db');
  const customer = aCustomer();
  const piece = aProduct({ stockQuantity: 3 });
  before(async () => {
    const store = await openSqliteStore({
      dataDir,
      now: START,
      onDeath: (error) => {
        throw error;
      },
    });
    await store.customers.add(customer, aBy());
    await store.products.add(piece, aBy());
    const line = [{ productId: piece.id, quantity: 2, unitPricePaise: 50_05 }];
    const cancelled = anOrder(customer.id, line, { terms: khataTerms() });
    await store.sales.add(aSale(customer.id, line, { terms: khataTerms() }), aBy());
    await store.orders.add(anOrder(customer.id, line, { terms: khataTerms({ amountPaidPaise: 5 }) }), aBy());
    await store.orders.add(cancelled, aBy({ at: START + DAY }));
    await store.orders.changeStatus(cancelled.id, 'cancelled', newId(), null, aBy({ at: START + 2 * DAY }));
    const debit = aDebit(customer.id, 7_00);
    await store.khata.post(debit, aBy());
    await store.khata.post(aCredit(customer.id, 3_00), aBy());
    await store.khata.reverse(debit.id, newId(), 'wrong', aBy({ at: START + DAY }));
    await store.close();
  });
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  /** The problems found after a change behind the store's back, which is then put right again. */
  async function problemsAfter(sql: string): Promise<string[]> {
    const database = new DatabaseSync(file);
    try {
      database.exec(`${sql};`);
      return (await verifyDatabase(file, 'main')).problems;
    } finally {
      for (const table of TABLES) {
        database.exec(`DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM expected_${table};`);
      }
      database.close();
    }
  }

  // First: the others put the rows right again.
  it('finds the very rows of debits that a new count gives: none for a day whose debits were all taken back', () => {
    const database = new DatabaseSync(file, { readOnly: true });
    const rows = (table: string) =>
      database.prepare(`SELECT * FROM ${table} ORDER BY customer_id, day`).all();
    const kept = rows('khata_daily_debits');
    assert.deepEqual(kept, rows('expected_khata_daily_debits'));
    assert.deepEqual(
      kept.map(({ day }) => day),
      ['2026-01-15'],
    );
    database.close();
  });

  it('passes what the writes kept, and what a new database is filled with', async () => {
    assert.deepEqual(await problemsAfter('SELECT 1'), []);
    assert.deepEqual((await verifyDatabase(file, 'main')).problems, []);
  });

  const damages: [string, RegExp][] = [
    [
      `UPDATE daily_figures SET paise = paise + 1 WHERE figure = 'sale.pending'`,
      /^daily_figures 2026-01-15 sale\.pending: paise is 10011, but the rows add up to 10010$/,
    ],
    [
      `DELETE FROM daily_figures WHERE figure = 'order.cancelled'`,
      /^daily_figures 2026-01-16 order\.cancelled: count is 0, but the rows add up to 1; paise is 0/,
    ],
    [
      `INSERT INTO daily_figures VALUES ('main', '2026-02-01', 'payment', 0, 5, 0)`,
      /^daily_figures 2026-02-01 payment: paise is 5, but the rows add up to 0$/,
    ],
    [
      'UPDATE customer_figures SET orders = 2',
      new RegExp(`^customer_figures ${customer.id}: orders is 2, but the rows add up to 1$`),
    ],
    [
      'UPDATE product_figures SET last_sale_at = last_sale_at - 1, sold = 0',
      new RegExp(`^product_figures ${piece.id}: sold is 0, but the rows add up to 2; last_sale_at is`),
    ],
    [
      'UPDATE product_days SET ordered = 7 WHERE place % 100000 = 20468',
      new RegExp(`^product_daily_figures ${piece.id} 2026-01-15: ordered is 7, but the rows add up to 2$`),
    ],
    [
      'UPDATE product_last_sold SET last_sold_at = 5',
      new RegExp(`^product_last_figures ${piece.id}: last_sold_at is 5, but the rows add up to \\d+$`),
    ],
    [
      'UPDATE khata_daily_debits SET paise = 0',
      new RegExp(`^khata_daily_debits ${customer.id} 2026-01-15: paise is 0, but the rows add up to 20015$`),
    ],
  ];
  for (const [sql, problem] of damages) {
    it(`finds ${sql}`, async () => {
      const problems = await problemsAfter(sql);
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.match(problems[0] ?? '', problem);
    });
  }
});
