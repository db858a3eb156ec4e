import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { newTestFolder } from '../../../../test/test-database.ts';
import { refuse } from '../../../domain/shop-error.ts';
import { aBy, DAY, START } from '../../contract-suite/builders.ts';
import { type Connection, openConnection } from '../database.ts';
import { openForWriting } from '../open-for-writing.ts';
import type { Change, ChangeTable } from './changes.ts';
import { type Answer, type Command, Door } from './door.ts';

const changes: Record<string, Change> = {
  write: (tx, word) => {
    tx.run('INSERT INTO words VALUES (:word)', { word: word as string });
    tx.record('word.written', { type: 'shop', id: 'main' }, null, { word });
    return word;
  },
  writeThenRefuse: (tx, word) => {
    changes.write?.(tx, word);
    throw refuse('stale_version');
  },
};
const table: ChangeTable = { find: (name) => changes[name], isBookkeeping: () => false };

describe('results saved under a key', () => {
  let folder: string;
  let db: Connection;
  let door: Door;

  beforeEach(async () => {
    folder = newTestFolder();
    db = await openForWriting(join(folder, 'shop.db'), 0);
    db.exec('CREATE TABLE words (word TEXT) STRICT');
    door = new Door(db, table);
  });
  afterEach(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });

  const command = (
    word: string,
    key: string,
    { at = START, userId = 'u', name = 'write' } = {},
  ): Command => ({
    shopId: 'main',
    name,
    args: [word],
    by: aBy({ claim: { userId, key, fingerprint: 'f', retryCount: 0 }, at }),
  });
  const values = (answers: Answer[]): unknown[] =>
    answers.map((answer) => ('outcome' in answer && answer.outcome.ok ? answer.outcome.value : null));
  const words = (): string[] => db.all<{ word: string }>('SELECT word FROM words').map(({ word }) => word);
  const rows = (): number => db.get<{ n: number }>('SELECT count(*) AS n FROM saved_results')?.n ?? 0;

  it('are found by a writer that opened the database after another one ended without a word', async () => {
    door.runGroup([command('a', 'k1'), command('b', 'k2')]);
    const file = join(folder, 'shop.db');
    const crashed = db;
    db = openConnection(file, 'write');
    crashed.close();
    const next = new Door(db, table);
    assert.deepEqual(values(next.runGroup([command('x', 'k1'), command('y', 'k2')])), ['a', 'b']);
    assert.deepEqual(words(), ['a', 'b']);
    assert.deepEqual(values(next.runGroup([command('z', 'k3')])), ['z']);
  });

  it('are found by every program that writes to the database, whichever saved them', () => {
    const file = join(folder, 'shop.db');
    const elsewhere = openConnection(file, 'write');
    try {
      const other = new Door(elsewhere, table);
      assert.deepEqual(values(door.runGroup([command('a', 'k1')])), ['a']);
      assert.deepEqual(values(other.runGroup([command('x', 'k1'), command('b', 'k2')])), ['a', 'b']);
      assert.deepEqual(values(door.runGroup([command('y', 'k2'), command('c', 'k3')])), ['b', 'c']);
      // A group that was taken back leaves its row's number to the other one.
      db.exec(`CREATE TRIGGER full BEFORE INSERT ON words WHEN NEW.word = 'last'
        BEGIN SELECT RAISE(ROLLBACK, 'no room'); END`);
      assert.throws(() => door.runGroup([command('d', 'k4'), command('last', 'k5')]), /no room/);
      assert.deepEqual(values(other.runGroup([command('e', 'k6')])), ['e']);
      assert.deepEqual(values(door.runGroup([command('z', 'k6')])), ['e']);
      // Once all of a day is forgotten, the numbers begin anew.
      const later = START + DAY + 5000;
      other.runGroup([command('f', 'k7', { at: later })]);
      db.exec('DELETE FROM saved_results');
      other.runGroup([command('g', 'k8', { at: later }), command('h', 'k9', { at: later })]);
      assert.deepEqual(
        values(door.runGroup([command('z', 'k9', { at: later }), command('i', 'k1', { at: later })])),
        ['h', 'i'],
      );
      assert.deepEqual(values(other.runGroup([command('z', 'k8', { at: later })])), ['g']);
      assert.deepEqual(words(), ['a', 'b', 'c', 'e', 'f', 'g', 'h', 'i']);
    } finally {
      elsewhere.close();
    }
  });

  it('belong to the user who sent the key', () => {
    door.runGroup([command('a', 'k')]);
    assert.deepEqual(values(door.runGroup([command('b', 'k', { userId: 'v' }), command('c', 'k')])), [
      'b',
      'a',
    ]);
    assert.deepEqual(words(), ['a', 'b']);
  });

  it('do not outlive a group that was taken back, and the row that comes in their place is not taken for theirs', () => {
    db.exec(`CREATE TRIGGER full BEFORE INSERT ON words WHEN NEW.word = 'last'
      BEGIN SELECT RAISE(ROLLBACK, 'no room'); END`);
    assert.throws(() => door.runGroup([command('a', 'k1'), command('last', 'k2')]), /no room/);
    assert.deepEqual([words(), rows()], [[], 0]);
    assert.deepEqual(values(door.runGroup([command('b', 'k2'), command('c', 'k1')])), ['b', 'c']);
    assert.deepEqual(values(door.runGroup([command('d', 'k1'), command('e', 'k2')])), ['c', 'b']);
  });

  it('stand once where the group ran anew because a member failed that had written', () => {
    const group = () => [
      command('a', 'k1'),
      command('b', 'k2', { name: 'writeThenRefuse' }),
      command('c', 'k3'),
    ];
    const first = door.runGroup(group());
    assert.deepEqual(door.runGroup(group()), first);
    assert.deepEqual([words(), rows()], [['a', 'c'], 3]);
  });

  it('make room for a new one when their day is over, also when that one is taken back', () => {
    door.runGroup([command('a', 'k')]);
    const later = START + DAY + 1;
    db.exec(`CREATE TRIGGER full BEFORE INSERT ON words WHEN NEW.word = 'last'
      BEGIN SELECT RAISE(ROLLBACK, 'no room'); END`);
    assert.throws(() =>
      door.runGroup([command('b', 'k', { at: later }), command('last', 'k2', { at: later })]),
    );
    assert.deepEqual(values(door.runGroup([command('x', 'k', { at: START + 5 })])), ['a']);
    assert.deepEqual(values(door.runGroup([command('c', 'k', { at: later })])), ['c']);
    assert.deepEqual(values(door.runGroup([command('d', 'k', { at: later + 2000 })])), ['c']);
    assert.deepEqual([words(), rows()], [['a', 'c'], 1]);
  });

  it('are forgotten oldest first, and one of a clock that ran ahead by a month stands in nobody’s way', () => {
    door.runGroup([command('ahead', 'k0', { at: START + 30 * DAY })]);
    door.runGroup([command('a', 'k1')]);
    assert.equal(rows(), 1);
    assert.deepEqual(values(door.runGroup([command('again', 'k0', { at: START + 2 })])), ['again']);
    door.runGroup([command('b', 'k2', { at: START + DAY + 5000 })]);
    assert.equal(rows(), 1);
    assert.deepEqual(values(door.runGroup([command('c', 'k1', { at: START + DAY + 5001 })])), ['c']);
  });
});
