// A second process on a shop's database, for tests. `hold`: keeps the write lock for 300 ms. `load`: posts to the khata
// through the store from 16 callers and tells of each answered entry, until it is killed.

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { endAtOnce } from '../src/serving/end-process.ts';
import { aBy, aCustomer, aDebit } from '../src/store/contract-suite/builders.ts';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';

const [task, dataDir = ''] = process.argv.slice(2);
const tell = (message: string | string[]): void => void process.send?.(message);

if (task === 'hold') {
  const db = new DatabaseSync(join(dataDir, 'shop.db'), { timeout: 5000 });
  process.once('message', () => {
    db.exec('BEGIN IMMEDIATE');
    tell('holding');
    setTimeout(() => {
      db.exec('COMMIT');
      db.close();
      process.disconnect?.();
    }, 300);
  });
} else {
  const store = await openSqliteStore({
    dataDir,
    now: Date.now(),
    onDeath: endAtOnce,
  });
  const { id } = (await store.customers.add(aCustomer({ phone: `9${process.pid}`.padEnd(10, '0') }), aBy()))
    .value;
  const post = async (): Promise<never> => {
    for (;;) tell([(await store.khata.post(aDebit(id, 100), aBy())).value.entry.id]);
  };
  process.once('message', () => {
    for (let caller = 0; caller < 16; caller++) void post();
  });
}
tell('ready');
