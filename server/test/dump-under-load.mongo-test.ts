// A backup of a shop that goes on, on a server of its own: one whose transactions end after a second, and which a test
// may slow down or make fail. What was read must be the shop as it was at one position of its journal.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { summarise } from '../src/store/archive/archive-page.ts';
import type { ArchivePage } from '../src/store/backup-store.ts';
import {
  aBy,
  aCredit,
  aCustomer,
  aDebit,
  anOrder,
  aProduct,
  khataTerms,
  newId,
} from '../src/store/contract-suite/builders.ts';
import { dumpDatabase } from '../src/store/mongo/archive/dump.ts';
import { copyOfOneMoment } from '../src/store/mongo/archive/moment.ts';
import { type OpenDatabase, openDatabase, shopOf } from '../src/store/mongo/mongo-store.ts';
import type { CollectionName } from '../src/store/mongo/rows.ts';
import { SCHEMA } from '../src/store/mongo/schema/prepare.ts';
import { loadDatabase } from '../src/store/sqlite/archive/load.ts';
import { verifyDatabase } from '../src/store/sqlite/verify.ts';
import type { Store } from '../src/store/store.ts';
import { installedServer, type Servers, startReplicaSet } from './mongo-servers.ts';
import { newTestFolder } from './test-database.ts';

const LIFETIME_S = 1;
const WRITERS = 6;
const CUSTOMERS = 8;
/** Of which there are some dozen pages. */
const ENTRIES = 150;
const PAGE_ROWS = 5;
const COPIES = 5;
/** As a server says it that was primary until now. */
const NOT_PRIMARY = { errorCode: 10107, errorLabels: ['ResumableChangeStreamError'] };
/** Changes while it is copied, or nothing was shown. */
const FLOOR = 40;
const PICTURE = { contentType: 'image/png', bytes: new Uint8Array(1000) } as const;

describe('a backup of a shop that goes on', { skip: skipReason() }, () => {
  let servers: Servers;
  let admin: MongoClient;
  let database: OpenDatabase;
  let store: Store;
  const customers: string[] = [];
  const products: string[] = [];
  before(async () => {
    servers = await startReplicaSet(newTestFolder(), 1);
    admin = await MongoClient.connect(servers.uri);
    await admin.db('admin').command({ setParameter: 1, transactionLifetimeLimitSeconds: LIFETIME_S });
    database = await openDatabase({ uri: servers.uri.replace('/?', '/busy?') });
    store = shopOf(database, 'main');
    for (let n = 0; n < CUSTOMERS; n++) {
      customers.push((await store.customers.add(aCustomer({ phone: `982009820${n}` }), aBy())).value.id);
      products.push((await store.products.add(aProduct({ stockQuantity: 50 }), aBy())).value.product.id);
    }
    const debits = Array.from({ length: ENTRIES }, (_, n) => aDebit(customers[n % CUSTOMERS] ?? '', 1_00));
    await Promise.all(debits.map((debit) => store.khata.post(debit, aBy())));
    await store.images.add({ ...PICTURE, name: pictureName() }, aBy());
  });
  after(async () => {
    await store.close();
    await admin.close();
    await servers.stop();
  });

  it('is that of one position of its journal, however many changes cross its pages', async () => {
    const written = { count: 0 };
    let isWriting = true;
    const write = async (): Promise<void> => {
      while (isWriting) {
        const turn = written.count++;
        const at = (ids: readonly string[], shift: number): string => ids[(turn + shift) % ids.length] ?? '';
        const rows = { buyer: at(customers, 0), payer: at(customers, 3), product: at(products, 0) };
        await oneOfEach(store, rows);
      }
    };
    const writers = Array.from({ length: WRITERS }, write);
    await Promise.race(writers.map(() => sleep(100)).concat(writers));
    const atFirst = await store.journal.position();
    const pages: ArchivePage[] = [];
    try {
      for await (const page of dumpDatabase(database.db, { pageRows: PAGE_ROWS })) pages.push(page);
    } finally {
      isWriting = false;
      await Promise.all(writers);
    }
    const atLast = await store.journal.position();
    const folder = join(newTestFolder(), 'scratch');
    await loadDatabase(pagesOf(pages), { folder, schema: SCHEMA, at: Date.now() });
    const { head, problems } = await verifyDatabase(join(folder, 'shop.db'), 'main');
    assert.deepEqual(problems, []);
    assert.ok(head.seq <= atLast);
    assert.ok(head.seq - atFirst > FLOOR, `only ${head.seq - atFirst} changes`);
    // Entries never change: those up to its position are the shop's, each of them.
    const rows = linesOf(pages, 'khata_entries');
    const posted = (await Promise.all(customers.map((id) => store.khata.listFrom(id, 0, 10_000)))).flat();
    const expected = posted
      .filter(({ position }) => position <= head.seq)
      .sort((a, b) => a.position - b.position);
    assert.deepEqual(
      rows.map(({ id, balance_after_paise }) => [id, balance_after_paise]),
      expected.map(({ id, balanceAfterPaise }) => [id, balanceAfterPaise]),
    );
    const there = new Set<unknown>();
    for (const { action, subject_id: name } of linesOf(pages, 'journal')) {
      if (action === 'image.uploaded') there.add(name);
      if (action === 'image.removed') there.delete(name);
    }
    for (const table of ['images', 'image_bytes']) {
      assert.deepEqual(new Set(linesOf(pages, table).map(({ name }) => name)), there, table);
    }
  });

  it('is that of one moment, too, where only some rows are copied, and these change from one side to the other', async () => {
    let isWriting = true;
    const write = async (first: number): Promise<void> => {
      for (let turn = first; isWriting; turn++) {
        const [buyer = '', payer = '', product = ''] = [
          customers[turn % CUSTOMERS],
          customers[0],
          products[turn % CUSTOMERS],
        ];
        await oneOfEach(store, { buyer, payer, product });
      }
    };
    const writers = Array.from({ length: WRITERS }, (_, n) => write(n));
    const wanted = { shop_id: 'main', status: 'pending' };
    const copied = new Map<CollectionName, readonly string[]>([
      ['shops', []],
      ['orders', ['created_at']],
    ]);
    const options = {
      shopId: 'main',
      pageRows: PAGE_ROWS,
      conditions: new Map([['orders' as const, wanted]]),
    };
    try {
      for (let round = 0; round < COPIES; round++) {
        const copy = await copyOfOneMoment(database.db, copied, options);
        const pending = [...copy.rows('orders')].map(({ id }) => id);
        const [shop] = copy.rows('shops');
        copy.close();
        assert.deepEqual(new Set(pending), await pendingAt(store, shop?.seq ?? 0));
      }
    } finally {
      isWriting = false;
      await Promise.all(writers);
    }
  });

  it('takes as long as it takes, and so do the checks of the books: no transaction is needed', async () => {
    await failPoint('alwaysOn', { failCommands: ['find'], blockConnection: true, blockTimeMS: 120 });
    const started = performance.now();
    const { tables } = await summarise(dumpDatabase(database.db));
    const took = performance.now() - started;
    const { problems } = await store.journal.verify();
    await failPoint('off');
    assert.deepEqual(problems, []);
    assert.equal(tables.customers?.rows, customers.length);
    assert.ok(took > 1.5 * LIFETIME_S * 1000, `it was over after ${took} ms`);
  });

  it('goes on where a server hangs up, or is no primary for a moment', async () => {
    const { digest } = await summarise(dumpDatabase(database.db));
    for (const failure of [{ closeConnection: true }, NOT_PRIMARY]) {
      for (const command of ['aggregate', 'getMore', 'find']) {
        await failPoint({ times: 1 }, { failCommands: [command], ...failure });
        assert.equal((await summarise(dumpDatabase(database.db))).digest, digest, command);
      }
    }
  });

  async function failPoint(mode: object | string, data: object = {}): Promise<void> {
    const configureFailPoint = 'failCommand';
    await admin.db('admin').command({ configureFailPoint, mode, data: { appName: 'swati', ...data } });
  }
});

function pictureName(): string {
  return `${newId()}${newId().slice(0, 8)}_20260115103000.png`;
}

/** What touches many rows at once: an order on credit and its cancelling, money, a picture that comes and goes. */
async function oneOfEach(
  store: Store,
  { buyer, payer, product }: { buyer: string; payer: string; product: string },
): Promise<void> {
  const lines = [{ productId: product, quantity: 1, unitPricePaise: 500_00 }];
  const { order } = (await store.orders.add(anOrder(buyer, lines, { terms: khataTerms() }), aBy())).value;
  await store.khata.post(aCredit(payer, 3_00), aBy());
  const name = pictureName();
  await store.images.add({ ...PICTURE, name }, aBy());
  await store.orders.changeStatus(order.id, 'cancelled', newId(), null, aBy());
  await store.images.remove(name, aBy());
}

/** The orders that were neither done nor cancelled at a position, as the journal tells it. */
async function pendingAt({ journal }: Store, position: number): Promise<Set<string>> {
  const pending = new Set<string>();
  for (let after = 0; ; ) {
    const page = await journal.listAfter(after, 1000);
    for (const { seq, action, subject, after: fields } of page) {
      if (seq > position) return pending;
      if (action === 'order.created') pending.add(subject.id);
      if (action === 'order.status_changed' && fields?.status !== 'pending') pending.delete(subject.id);
    }
    const last = page.at(-1)?.seq;
    if (last === undefined) return pending;
    after = last;
  }
}

function linesOf(pages: readonly ArchivePage[], table: string): Record<string, unknown>[] {
  return pages
    .filter((page) => page.table === table)
    .flatMap(({ lines }) => lines.map((line) => JSON.parse(line)));
}

async function* pagesOf(pages: readonly ArchivePage[]): AsyncGenerator<ArchivePage> {
  yield* pages;
}

function skipReason(): string | false {
  return installedServer() === null ? 'there is no mongod on the PATH' : false;
}
