// The journal has words for whatever it keeps: each change that the contract of the store makes, as the wire tells it.

import './page-globals.ts';
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Fields, JournalEntry } from '../../server/src/domain/journal.ts';
import { toJournalWire } from '../../server/src/features/journal/journal-wire.ts';
import { STORE_CONTRACT } from '../../server/src/store/contract-suite/store-contract.ts';
import type { Store } from '../../server/src/store/store.ts';
import { openTestDatabase } from '../../server/test/test-database.ts';
import { en as fieldWords } from '../src/features/journal/field-words/en.ts';
import { fieldWords as fieldWordSet } from '../src/features/journal/field-words/field-words.ts';
import { en as journalWords } from '../src/features/journal/words/en.ts';

const ALL = { skip: 0, limit: 10_000 };
/** What is recorded beside: a damaged picture in a backup, and of a customer taken over from an older system. Orders,
 * bills and pieces are taken over whole. */
const BESIDE = { pictures: [], storedBalancePaise: 1, possibleDuplicate: true };

describe('the journal', () => {
  const actions = new Set<string>();
  const fields = new Set<string>();
  const read = (action: string, before: Fields | null, after: Fields | null) => {
    const wire = toJournalWire({ at: 0, actor: {}, action, before, after } as unknown as JournalEntry);
    for (const name of Object.keys({ ...wire.before, ...wire.after })) fields.add(name);
  };
  before(async () => {
    const database = await openTestDatabase();
    for (const { run } of STORE_CONTRACT.flatMap(({ cases }) => cases)) {
      const store = database.newShop();
      await run(store);
      for (const { action, before, after } of await store.journal.list({}, ALL.limit)) {
        actions.add(action);
        read(action, before, after);
      }
      for (const { id: _id, ...row } of await rowsOf(store)) read('adopted', null, row);
    }
    read('adopted', null, BESIDE);
    await database.close();
  });

  test('names each change', () => {
    assert.ok(actions.size > 40, String(actions.size));
    assert.deepEqual(
      [...actions].filter((action) => !(action in journalWords)),
      [],
    );
  });

  test('names each field', () => {
    assert.ok(fields.size > 80, String(fields.size));
    assert.deepEqual(
      [...fields].filter((field) => !(field in fieldWords)),
      [],
    );
  });
});

test('what two kinds of things have in common is named as each of them is spoken of', async () => {
  const { fieldName } = await import('../src/features/journal/field-name.ts');
  const { say } = await import('../src/words/say.ts');
  const words = say(fieldWordSet, 'en');
  const name = (subject: string, field: string) => fieldName(words, subject, field);
  assert.equal(name('user', 'is_active'), 'May sign in');
  assert.equal(name('customer', 'is_active'), 'On the list');
  assert.equal(name('customer', 'address'), 'Address');
  assert.equal(name('product', 'description'), 'Description');
  assert.equal(name('khata_entry', 'description'), 'For what');
  assert.equal(name('product', 'of_tomorrow'), 'of_tomorrow');
});

async function rowsOf(store: Store): Promise<{ id: string }[]> {
  const lists = await Promise.all([
    store.orders.list({}, ALL),
    store.sales.list({}, ALL),
    store.products.list({}, ALL),
  ]);
  return lists.flatMap(({ rows }): { id: string }[] => rows);
}
