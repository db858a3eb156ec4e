// What the driver and the server do when nobody tells them otherwise, and that we did: each of these fails when the
// line that handles it is taken away.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { CommandStartedEvent } from 'mongodb';
import { newDatabaseUri, openMongoDatabase, uriOf } from '../../../test/mongo-database.ts';
import type { By } from '../../domain/actor.ts';
import {
  ALL,
  aBy,
  aCustomer,
  aDebit,
  anOrder,
  aProduct,
  aUser,
  newId,
  START,
} from '../contract-suite/builders.ts';
import { present, refused } from '../contract-suite/contract-case.ts';
import type { TestDatabase } from '../contract-suite/store-contract.ts';
import type { Store } from '../store.ts';
import type { Document } from './codec.ts';
import { type OpenDatabase, shopOf } from './mongo-store.ts';
import { removeExpired } from './upkeep.ts';
import { SHOP_CHANGES } from './writes/changes.ts';
import { Door } from './writes/door.ts';

/** The servers fail for whoever has this name: other tests use them meanwhile. */
const NAME = 'driver-facts';
const WRITES = ['insert', 'update', 'delete', 'findAndModify'];
const INTERRUPTED = 11601;
const DURABLE = { w: 'majority', j: true };

/** What upkeep tidies up beside the changes, in no transaction. */
const TIDIED = [
  'saved_results',
  'training_jobs',
  'tickets',
  'login_attempts',
  'known_addresses',
  'sessions',
  'refresh_tokens',
  'model_files.files',
  'model_files.chunks',
];

function isUpkeep({ name, command }: { name: string; command: Document }): boolean {
  return command.autocommit === undefined && TIDIED.includes(String(command.collection ?? command[name]));
}

describe('what the MongoDB driver would do by itself', () => {
  let database: TestDatabase & OpenDatabase;
  let store: Store;
  const heard: { name: string; command: Document }[] = [];
  before(async () => {
    database = await openMongoDatabase(undefined, newDatabaseUri(), NAME);
    database.client.on('commandStarted', ({ commandName, command }: CommandStartedEvent) => {
      heard.push({ name: commandName, command: command as Document });
    });
  });
  after(() => database.close());
  beforeEach(() => {
    store = database.newShop();
    heard.length = 0;
  });

  /** Makes the primary fail the next commands of a kind. */
  async function failNext(failCommands: string[], data: Document, times = 1): Promise<void> {
    await database.client.db('admin').command({
      configureFailPoint: 'failCommand',
      mode: { times },
      data: { failCommands, appName: NAME, ...data },
    });
  }

  it('every write asks for a majority and the disk, in a transaction or not', async () => {
    await everyKindOfWrite(store);
    await removeExpired(database.db, 'shop-1', START);
    const writes = heard.filter(
      ({ name, command }) => WRITES.includes(name) && command.autocommit === undefined,
    );
    const commits = heard.filter(({ name }) => name === 'commitTransaction');
    assert.ok(writes.length > 0 && commits.length > 0);
    for (const { name, command } of [...writes, ...commits]) {
      const { w, j } = (command.writeConcern ?? {}) as Document;
      assert.deepEqual({ w, j }, DURABLE, `${name} ${command[name]}`);
    }
  });

  it('every read asks the primary for what a majority has', async () => {
    await store.customers.list({}, ALL);
    await store.khata.summary();
    await store.orders.find(newId());
    await store.images.find('none.png');
    const reads = heard.filter(({ name }) => ['find', 'aggregate', 'count'].includes(name));
    assert.ok(reads.length >= 4);
    for (const { name, command } of reads) {
      assert.deepEqual((command.readConcern as Document | undefined)?.level, 'majority', name);
    }
  });

  it('who asks again and again is read once, and anew as soon as anything was written', async () => {
    const user = aUser();
    await store.users.add(user, aBy());
    const ask = () => store.sessions.bearer(user.id, null);
    await ask();
    heard.length = 0;
    await Promise.all(Array.from({ length: 50 }, ask));
    // Time alone makes it read anew, at most twice a second.
    assert.ok(heard.length <= 2, `${heard.length} readings`);
    await store.users.change(user.id, { isActive: false }, aBy());
    assert.equal((await ask())?.user.isActive, false);
  });

  it('whoever asks is not read anew for a posting, and is for a setting and a session', async () => {
    const user = aUser({ role: 'admin' });
    await store.users.add(user, aBy());
    const { id } = (await store.customers.add(aCustomer(), aBy())).value;
    const sessionId = newId();
    const ask = (session: string | null) => store.sessions.bearer(user.id, session);
    heard.length = 0;
    const from = performance.now();
    for (let n = 0; n < 20; n++) {
      assert.equal((await ask(null))?.live, true);
      await store.khata.post(aDebit(id, 1), aBy());
    }
    const readings = heard.filter(
      ({ name, command }) => name === 'aggregate' && command.aggregate === 'users',
    );
    // Time alone makes it read anew, twice a second.
    const most = 2 + (performance.now() - from) / 500;
    assert.ok(readings.length <= most, `${readings.length} readings for 20 postings, at most ${most}`);
    assert.equal((await ask(null))?.owesSecondFactor, false);
    await store.settings.change({ totpRoles: ['admin'] }, null, aBy());
    assert.equal((await ask(null))?.owesSecondFactor, true);
    assert.equal((await ask(sessionId))?.live, false);
  });

  it('what the last change left is not read again, but after another process wrote', async () => {
    const name = 'remembered';
    const other = await openMongoDatabase(undefined, uriOf(database));
    try {
      const [here, there] = [shopOf(database, name), shopOf(other, name)];
      const { id } = (await here.customers.add(aCustomer(), aBy())).value;
      const post = async (store: Store): Promise<unknown[]> => {
        heard.length = 0;
        await store.khata.post(aDebit(id, 100), aBy());
        return heard
          .filter((one) => one.name === 'find' && !isUpkeep(one))
          .map(({ command }) => command.find);
      };
      await post(here);
      assert.deepEqual(await post(here), ['shops']);
      await post(there);
      assert.deepEqual((await post(here)).sort(), ['customers', 'daily_figures', 'shops']);
      assert.deepEqual(await post(here), ['shops']);
      assert.equal((await present(there.customers.find(id))).balancePaise, 500);
      assert.deepEqual((await here.journal.verify()).problems, []);
    } finally {
      await other.client.close();
    }
  });

  it('a change reads and writes in its transaction alone, with a snapshot', async () => {
    const customer = (await store.customers.add(aCustomer(), aBy())).value;
    heard.length = 0;
    await store.khata.post(aDebit(customer.id, 100), aBy());
    const commands = heard.filter((one) => one.name !== 'endSessions' && !isUpkeep(one));
    assert.ok(commands.length >= 5);
    for (const { name, command } of commands) {
      assert.equal(command.autocommit, false, `${name} ${command[name]} went past the transaction`);
    }
    assert.deepEqual((commands[0]?.command.readConcern as Document | undefined)?.level, 'snapshot');
    const order = commands
      .filter(({ name }) => WRITES.includes(name))
      .map(({ name, command }) => command[name]);
    assert.equal(order.at(-1), 'shops', 'the number is taken last');
  });

  it('nothing changes many documents at once: that would not be tried again', async () => {
    await everyKindOfWrite(store);
    const many = heard
      .filter(({ name }) => name === 'update')
      .flatMap(({ command }) => command.updates as Document[])
      .filter(({ multi }) => multi === true);
    assert.deepEqual(many, []);
  });

  it('a group that fails for a moment is run again, and its effect is one', async () => {
    const { id } = (await store.customers.add(aCustomer(), aBy())).value;
    const labels = { errorCode: 112, errorLabels: ['TransientTransactionError'] };
    await failNext(['insert'], labels, 2);
    await store.khata.post(aDebit(id, 100), aBy());
    assert.equal((await present(store.customers.find(id))).balancePaise, 100);
    assert.equal((await store.khata.list({}, ALL)).total, 1);
  });

  it('so is one that a server gives up without a label, in a batch of writes, too', async () => {
    const { id } = (await store.customers.add(aCustomer(), aBy())).value;
    for (const command of ['find', 'insert', 'update', 'commitTransaction']) {
      await failNext([command], { errorCode: INTERRUPTED }, 2);
      await store.khata.post(aDebit(id, 100), aBy());
    }
    assert.equal((await present(store.customers.find(id))).balancePaise, 400);
    assert.equal((await store.khata.list({}, ALL)).total, 4);
  });

  it('a commit whose answer got lost is asked for again, and its effect is one', async () => {
    const { id } = (await store.customers.add(aCustomer(), aBy())).value;
    await failNext(['commitTransaction'], { closeConnection: true }, 2);
    await store.khata.post(aDebit(id, 100), aBy());
    const timedOut = {
      code: 64,
      codeName: 'WriteConcernFailed',
      errmsg: 'waiting for replication timed out',
    };
    await failNext(['commitTransaction'], { writeConcernError: timedOut });
    await store.khata.post(aDebit(id, 100), aBy());
    assert.equal((await present(store.customers.find(id))).balancePaise, 200);
    assert.equal(heard.filter(({ name }) => name === 'commitTransaction').length >= 5, true);
  });

  it('a member with an error of its own splits the group, and the others stand', async () => {
    const { id } = (await store.customers.add(aCustomer(), aBy())).value;
    const first = (await store.khata.post(aDebit(id, 1), aBy())).value.entry;
    const taken = store.khata.post(aDebit(id, 100, { id: first.id }), aBy());
    const others = [10, 20, 30].map((paise) => store.khata.post(aDebit(id, paise), aBy()));
    await assert.rejects(taken, /E11000|duplicate/);
    await Promise.all(others);
    assert.equal((await present(store.customers.find(id))).balancePaise, 61);
    assert.deepEqual((await store.journal.verify()).problems, []);
  });

  it('the database itself refuses a document of another shape', async () => {
    const customers = database.db.collection('customers');
    await assert.rejects(customers.insertOne({ shop_id: 'x', name: 'half a customer' }), /validation/);
  });

  it('an id is never looked for as text', async () => {
    const { id } = (await store.customers.add(aCustomer(), aBy())).value;
    assert.equal((await store.customers.find(id))?.id, id);
    const asText = await database.db.collection('customers').findOne({ _id: id as never });
    assert.equal(asText, null, 'so a forgotten conversion would find nothing');
    for (const none of ['', 'main', 'g'.repeat(24)]) assert.equal(await store.customers.find(none), null);
  });

  it('two processes cannot each do half of what a rule forbids (write skew)', async () => {
    const other = await openMongoDatabase(undefined, uriOf(database));
    try {
      const name = 'skew';
      const [here, there] = [shopOf(database, name), shopOf(other, name)];
      const [a, b] = [aUser({ role: 'admin' }), aUser({ role: 'admin' })];
      await here.users.add(a, aBy());
      await here.users.add(b, aBy());
      const both = await Promise.allSettled([
        here.users.change(a.id, { isActive: false }, aBy()),
        there.users.change(b.id, { isActive: false }, aBy()),
      ]);
      assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
      const attempts = await Promise.all(
        Array.from({ length: 24 }, (_, n) =>
          (n % 2 === 0 ? here : there).sessions.takeAttempt(
            { id: newId(), account: a.id, address: '192.0.2.1' },
            aBy({ at: START }),
          ),
        ),
      );
      assert.equal(attempts.filter(({ value }) => value.allowed).length, 10);
    } finally {
      await other.client.close();
    }
  });

  it('no primary in time: refused with a hint when to try again, and nothing is half done', async () => {
    const { id } = (await store.customers.add(aCustomer(), aBy())).value;
    const labels = { errorCode: 189, errorLabels: ['TransientTransactionError'] };
    await failNext(['insert'], labels, 1000);
    const { retryAfterSeconds } = await refused(
      store.khata.post(aDebit(id, 100), aBy()),
      'store_unavailable',
    );
    await database.client.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
    assert.equal(retryAfterSeconds, 1);
    assert.equal((await store.khata.list({}, ALL)).total, 0);
  });

  it('what nobody confirms in time is called unknown, never refused: it may stand, and its bytes are kept', async () => {
    const { client, db } = database;
    const door = new Door({ client, db, table: SHOP_CHANGES, retryLimitMs: 300 });
    const hurried = shopOf({ ...database, door }, 'unconfirmed');
    const { id } = (await hurried.customers.add(aCustomer(), aBy())).value;
    const once = (key: string): By => aBy({ claim: { userId: 'u1', key, fingerprint: 'f1', retryCount: 0 } });
    const picture = { name: `${newId()}.png`, contentType: 'image/png', bytes: new Uint8Array([1, 2, 3]) };
    const posted = once('posting');
    const unconfirmed = {
      code: 64,
      codeName: 'WriteConcernFailed',
      errmsg: 'waiting for replication timed out',
    };
    await failNext(['commitTransaction'], { writeConcernError: unconfirmed }, 10_000);
    const { retryAfterSeconds } = await refused(
      hurried.khata.post(aDebit(id, 100), posted),
      'outcome_unknown',
    );
    await refused(hurried.images.add(picture, once('uploading')), 'outcome_unknown');
    await client.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
    assert.equal(retryAfterSeconds, 1);
    assert.deepEqual((await present(hurried.images.find(picture.name))).bytes, Buffer.from(picture.bytes));
    await hurried.khata.post(aDebit(id, 100), posted);
    assert.equal((await present(hurried.customers.find(id))).balancePaise, 100, 'the same key is done once');
  });
});

async function everyKindOfWrite(store: Store): Promise<void> {
  const customer = (await store.customers.add(aCustomer(), aBy())).value;
  const { product } = (await store.products.add(aProduct(), aBy())).value;
  const lines = [{ productId: product.id, quantity: 1, unitPricePaise: 100 }];
  const { order } = (await store.orders.add(anOrder(customer.id, lines), aBy())).value;
  await store.orders.changeStatus(order.id, 'cancelled', newId(), null, aBy());
  const image = { name: `${'a'.repeat(32)}_20260115103000.png`, contentType: 'image/png' };
  await store.images.add({ ...image, bytes: new Uint8Array(10) }, aBy());
  await store.images.remove(image.name, aBy());
  const user = aUser();
  await store.users.add(user, aBy());
  await store.users.change(user.id, { passwordHash: 'other' }, aBy());
}
