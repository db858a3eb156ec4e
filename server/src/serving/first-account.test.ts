// The first account where two machines are started on one empty shop at the same time.

import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { openTestDatabase } from '../../test/test-database.ts';
import type { Config } from '../config.ts';
import { prepareFirstAccount } from './first-account.ts';
import { CLOCK_AND_IDS } from './open-shop.ts';

const database = await openTestDatabase();
after(() => database.close());

it('is made by one of two machines, and the other goes on', async () => {
  const store = database.newShop();
  const shop = {
    ...CLOCK_AND_IDS,
    store,
    randomText: (length: number) => 'x'.repeat(length),
  };
  const admin = { username: 'owner', email: 'owner@example.com', password: 'Gold-ring-42-shop' };
  const config = { admin, DEMO: false } as Config;
  const accounts = await Promise.all([prepareFirstAccount(shop, config), prepareFirstAccount(shop, config)]);
  const made = accounts.flatMap((account) => account.made ?? []);
  assert.deepEqual(made, [{ username: 'owner', password: null }]);
  assert.equal(await store.users.count(), 1);
});
