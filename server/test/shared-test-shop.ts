// A test shop of its own in a database that the test files of this process share: one writer thread and one set of tables
// for all of them. Not for tests of what opens the folder of the data anew: an export, a backup, a second process; and
// not for those that close the store themselves.

import { after } from 'node:test';
import type { Store } from '../src/store/store.ts';
import { openTestDatabase } from './test-database.ts';
import { openTestShop, type TestShop } from './test-shop.ts';

let database: ReturnType<typeof openTestDatabase> | null = null;

// Of the whole process, since this stands in no suite.
after(async () => (await database)?.close());

export async function openSharedTestShop(...options: SharedOptions): Promise<TestShop> {
  if (process.env.TEST_STORE !== undefined) return openTestShop(...options);
  database ??= openTestDatabase();
  const store: Store = { ...(await database).newShop(), close: async () => undefined };
  const [overrides, logger, training] = options;
  return openTestShop(overrides, logger, training, store);
}

type SharedOptions = Parameters<typeof openTestShop> extends [...infer First, unknown?] ? First : never;
