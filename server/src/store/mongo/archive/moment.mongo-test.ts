import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CommandStartedEvent, ObjectId } from 'mongodb';
import { openMongoDatabase } from '../../../../test/mongo-database.ts';
import { aBy, aCustomer } from '../../contract-suite/builders.ts';
import { copyOfOneMoment } from './moment.ts';

const PAGE_ROWS = 5;
/** Of which there are a dozen pages: changes are taken between them, too. */
const ROWS = 60;
/** What a copy asks for that goes after each row that is added. */
const ENDLESS = 500;

test('a copy tells what somebody changed just before it, and does not take it for a change beside it', async () => {
  const database = await openMongoDatabase();
  try {
    const store = database.newShop();
    await store.customers.add(aCustomer(), aBy());
    // Not by our door, which writes whole documents.
    await database.db.collection('customers').updateOne({}, { $inc: { balance_paise: 1 } });
    const { problems } = await store.journal.verify();
    assert.match(problems.join(), /balance/);
  } finally {
    await database.close();
  }
});

test('a copy has an end, also where more is added for each page that it reads than a page holds', async () => {
  const { db, client, close } = await openMongoDatabase();
  const added: Promise<unknown>[] = [];
  const add = (count: number): void => {
    const rows = Array.from({ length: count }, () => ({ _id: new ObjectId(), shop_id: 'main' }));
    added.push(db.collection('customers').insertMany(rows, { bypassDocumentValidation: true }));
  };
  let asked = 0;
  const addMore = ({ commandName }: CommandStartedEvent): void => {
    if ((commandName === 'find' || commandName === 'getMore') && ++asked < ENDLESS) add(2 * PAGE_ROWS);
  };
  try {
    add(ROWS);
    await Promise.all(added);
    client.on('commandStarted', addMore);
    const copy = await copyOfOneMoment(db, new Map([['customers', []]]), { pageRows: PAGE_ROWS });
    client.off('commandStarted', addMore);
    await Promise.all(added);
    const copied = [...copy.rows('customers')].length;
    copy.close();
    assert.ok(asked < ENDLESS, 'it went after every row that was added');
    assert.ok(copied > ROWS, 'nothing was added beside it');
  } finally {
    await close();
  }
});

test('a copy has every row once, wherever its last page ends', async () => {
  const { db, close } = await openMongoDatabase();
  const rows = db.collection('customers');
  try {
    for (let count = 1; count <= 2 * PAGE_ROWS + 2; count++) {
      // Ids of two types, as an older database has them.
      const _id = (count % 2 ? new ObjectId() : `row-${count}`) as ObjectId;
      await rows.insertOne({ _id, shop_id: 'main' }, { bypassDocumentValidation: true });
      const copy = await copyOfOneMoment(db, new Map([['customers', []]]), { pageRows: PAGE_ROWS });
      const copied = [...copy.rows('customers')].map(({ id }) => id);
      copy.close();
      const all = await rows.find().toArray();
      assert.deepEqual(new Set(copied), new Set(all.map((row) => String(row._id))));
      assert.equal(copied.length, count);
    }
  } finally {
    await close();
  }
});
