// Backups while people write: each compares itself, and is restored by itself afterwards and its books verified.

import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { aBy, aDebit } from '../src/store/contract-suite/builders.ts';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';
import { runSwatiWith } from '../test/kill-anywhere.ts';
import { fillYear, type Sizes } from './year-of-business.ts';

const SMALL: Sizes = { products: 50, customers: 50, orders: 100, sales: 100, entries: 2_000 };
const BACKUPS = 20;
const WRITERS = 8;
/** Of each writer: at full speed the shop would be ten times as large at the last backup as at the first. */
const PAUSE_MS = 25;

/** Whether all of them restore to the digest that they were made with. */
export async function benchBackupsUnderLoad(root: string): Promise<boolean> {
  const dataDir = join(root, 'busy');
  mkdirSync(dataDir);
  await fillYear(join(dataDir, 'shop.db'), SMALL, Date.now());
  const onDeath = (error: Error): never => {
    throw error;
  };
  const store = await openSqliteStore({ dataDir, now: Date.now(), onDeath });
  const { rows: customers } = await store.customers.list({}, { skip: 0, limit: 50 });
  let stopped = false;
  let written = 0;
  const writers = Array.from({ length: WRITERS }, async () => {
    while (!stopped) {
      const customer = customers[written++ % customers.length];
      if (customer) await store.khata.post(aDebit(customer.id, 100), aBy({ at: Date.now() }));
      await sleep(PAUSE_MS);
    }
  });
  const made: { file: string; digest: string | null }[] = [];
  for (let n = 0; n < BACKUPS; n++) {
    const to = join(root, `under-load-${n}`);
    const { out } = await runSwatiWith({ DATA_DIR: dataDir }, 'backup', '--to', to);
    made.push({ file: join(to, readdirSync(to)[0] ?? ''), digest: digestOf(out) });
  }
  const meanwhile = written;
  stopped = true;
  await Promise.all(writers);
  await store.close();
  let equal = 0;
  for (const { file, digest } of made) {
    const { code, out } = await runSwatiWith({ DATA_DIR: dataDir }, 'verify', file);
    if (code === 0 && digest !== null && digestOf(out) === digest) equal++;
  }
  console.log(`\nBackups of a shop in which ${WRITERS} people post`);
  console.table([
    {
      what: 'restore to an equal digest, and verify',
      measured: `${equal} of ${BACKUPS}`,
      goal: `${BACKUPS} of ${BACKUPS}`,
      meanwhile: `${meanwhile} entries`,
    },
  ]);
  return equal === BACKUPS && meanwhile > BACKUPS;
}

function digestOf(out: string): string | null {
  return /digest {5}([0-9a-f]{64})/.exec(out)?.[1] ?? null;
}
