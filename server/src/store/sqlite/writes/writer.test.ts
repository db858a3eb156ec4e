import assert from 'node:assert/strict';
import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { newTestFolder } from '../../../../test/test-database.ts';
import { ShopError } from '../../../domain/shop-error.ts';
import { ALL, aBy, aCustomer, START } from '../../contract-suite/builders.ts';
import { refused } from '../../contract-suite/contract-case.ts';
import type { Store } from '../../store.ts';
import { openSqliteStore } from '../sqlite-store.ts';
import { MAX_WAITING } from './writer.ts';

const CHILD = new URL('../../../../test/writing-child.ts', import.meta.url);

/** From the 30th sync of a thread on every sync fails, as on a broken disk. */
const FAILING_SYNC = [
  ...['-D', '-f', '-qq', '-o', '/dev/null', '-e', 'trace=fdatasync,fsync'],
  ...['-e', 'inject=fdatasync,fsync:error=EIO:when=30+'],
];

describe('the writer thread', () => {
  let folder: string;
  let store: Store;
  let deaths: Error[];

  beforeEach(async () => {
    folder = newTestFolder();
    deaths = [];
    store = await open();
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const open = (): Promise<Store> =>
    openSqliteStore({ dataDir: folder, now: START, onDeath: (error) => deaths.push(error) });
  const add = (): Promise<unknown> => store.customers.add(aCustomer(), aBy());

  it('makes an answered change readable at once', async () => {
    for (let n = 0; n < 20; n++) {
      const { value } = await store.customers.add(aCustomer(), aBy());
      assert.deepEqual(await store.customers.find(value.id), value);
    }
  });

  it('answers a defect as an error that is no refusal, and goes on', async () => {
    const customer = aCustomer();
    await store.customers.add(customer, aBy());
    const sameId = store.customers.add(aCustomer({ id: customer.id }), aBy());
    await assert.rejects(sameId, (error) => !(error instanceof ShopError) && /UNIQUE/.test(String(error)));
    await add();
    assert.deepEqual(deaths, []);
  });

  it('refuses what cannot cross the thread, and forgets it', async () => {
    const uncrossable = aCustomer({ name: (() => 'x') as unknown as string });
    await assert.rejects(store.customers.add(uncrossable, aBy()));
    await Promise.all(Array.from({ length: MAX_WAITING }, add));
  });

  it('holds a bounded number of changes; one more is told to come back, and all the others are done', async () => {
    const waiting = Array.from({ length: MAX_WAITING }, add);
    const refusal = await refused(add(), 'busy');
    assert.equal(refusal.retryAfterSeconds, 1);
    await Promise.all(waiting);
    assert.equal((await store.customers.list({}, ALL)).total, MAX_WAITING);
    await add();
  });

  it('finishes what is waiting when it closes, closes twice, and then refuses', async () => {
    const waiting = Array.from({ length: 50 }, add);
    await Promise.all([store.close(), store.close()]);
    await Promise.all(waiting);
    await refused(add(), 'store_unavailable');
    assert.deepEqual(deaths, []);
    store = await open();
    assert.equal((await store.customers.list({}, ALL)).total, 50);
  });

  it('moves its log into the database when it closes', async () => {
    await add();
    await store.close();
    const db = new DatabaseSync(join(folder, 'shop.db'), { readOnly: true });
    assert.equal(db.prepare('SELECT count(*) AS n FROM customers').get()?.n, 1);
    db.close();
    store = await open();
  });

  it('waits for another process that writes: nobody sees an error, and reading goes on', async () => {
    const child = await startChild('hold');
    const started = performance.now();
    child.send('begin');
    await once(child, 'message');
    const writes = Promise.all(Array.from({ length: 10 }, add));
    const reading = performance.now();
    await store.customers.list({}, ALL);
    assert.ok(performance.now() - reading < 200, 'a reader waited for the other process');
    await writes;
    assert.ok(performance.now() - started > 250, 'the other process held nothing');
    assert.equal((await store.customers.list({}, ALL)).total, 10);
    await ended(child);
  });

  it('says so when it dies: the waiting hear that nobody knows, the owner is told once, later changes are refused', async () => {
    const damage = new DatabaseSync(join(folder, 'shop.db'));
    damage.exec(`CREATE TRIGGER fatal BEFORE INSERT ON customers WHEN NEW.name = 'fatal'
      BEGIN SELECT RAISE(ROLLBACK, 'the transaction is gone'); END`);
    damage.close();
    const attempts = [add(), store.customers.add(aCustomer({ name: 'fatal' }), aBy()), add()];
    const outcomes = await Promise.allSettled(attempts);
    for (const outcome of outcomes) {
      assert.ok(outcome.status === 'rejected' && (outcome.reason as ShopError).code === 'outcome_unknown');
    }
    assert.equal(deaths.length, 1);
    assert.match(String(deaths[0]), /the transaction is gone/);
    await refused(add(), 'store_unavailable');
    await store.close();
    store = await open();
    assert.equal((await store.customers.list({}, ALL)).total, 0);
  });

  it('loses no acknowledged change when the process is killed under load, and the books still agree', async (t) => {
    await store.close();
    let acknowledgedInAll = 0;
    for (let round = 0; round < 2; round++) {
      const child = await startChild('load');
      const acknowledged: string[] = [];
      child.on('message', (ids) => acknowledged.push(...(ids as string[])));
      child.send('begin');
      await new Promise((resolve) => setTimeout(resolve, 150 + round * 150));
      child.kill('SIGKILL');
      await once(child, 'exit');
      store = await open();
      for (const id of acknowledged)
        assert.ok(await store.khata.find(id), `${id} was acknowledged and is lost`);
      assert.deepEqual((await store.journal.verify()).problems, []);
      await store.close();
      acknowledgedInAll += acknowledged.length;
    }
    t.diagnostic(`${acknowledgedInAll} acknowledged entries in 2 rounds`);
    assert.ok(acknowledgedInAll > 100, 'too little work was done to say anything');
    store = await open();
  });

  it('acknowledges nothing of a commit whose sync failed, and ends', async (t) => {
    const probe = spawnSync('strace', [...FAILING_SYNC, 'true']);
    if (probe.status !== 0) return t.skip('strace is not here or may not trace');
    await store.close();
    const child = spawn('strace', [...FAILING_SYNC, process.execPath, CHILD.pathname, 'load', folder], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const acknowledged: string[] = [];
    child.on('message', (message) => {
      if (message === 'ready') child.send('begin');
      else acknowledged.push(...(message as string[]));
    });
    const [code] = (await once(child, 'exit')) as [number];
    assert.notEqual(code, 0);
    store = await open();
    assert.ok(acknowledged.length > 0, 'nothing was written before the failure');
    for (const id of acknowledged)
      assert.ok(await store.khata.find(id), `${id} was acknowledged and is lost`);
    assert.deepEqual((await store.journal.verify()).problems, []);
  });

  /** A process of its own that opened the same shop. */
  async function startChild(task: 'hold' | 'load'): Promise<ChildProcess> {
    const child = fork(CHILD, [task, folder], { execArgv: [] });
    await once(child, 'message');
    return child;
  }

  async function ended(child: ChildProcess): Promise<void> {
    if (child.exitCode === null) await once(child, 'exit');
  }
});
