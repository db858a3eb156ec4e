import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { newTestFolder } from '../../../../test/test-database.ts';
import type { Claim } from '../../../domain/actor.ts';
import { refuse } from '../../../domain/shop-error.ts';
import { chainHash, GENESIS_HASH, payloadHash } from '../../books/journal-hash.ts';
import { aBy, DAY, START } from '../../contract-suite/builders.ts';
import { type Connection, openConnection } from '../database.ts';
import { openForWriting } from '../open-for-writing.ts';
import type { Change, ChangeTable } from './changes.ts';
import { type Answer, type Command, Door } from './door.ts';
import { Group } from './group.ts';
import { runPatiently } from './run-patiently.ts';

const subject = { type: 'shop', id: 'main' } as const;

/** Changes that write a word into a table of the test's own. */
const changes: Record<string, Change> = {
  write: (tx, word) => {
    tx.run('INSERT INTO words VALUES (:shopId, :word)', { shopId: tx.shopId, word: word as string });
    tx.record('word.written', subject, null, { word });
    return word;
  },
  writeThenRefuse: (tx, word) => {
    changes.write?.(tx, word);
    throw refuse('stale_version', { data: { word } });
  },
  writeThenThrow: (tx, word) => {
    changes.write?.(tx, word);
    throw new TypeError('a mistake in the program');
  },
  writeUnrecorded: (tx, word) => {
    tx.run('INSERT INTO words VALUES (:shopId, :word)', { shopId: tx.shopId, word: word as string });
  },
  recordedBookkeeping: (tx, word) => changes.write?.(tx, word),
  quietBookkeeping: (tx, word) => changes.writeUnrecorded?.(tx, word),
  readOnly: () => undefined,
  refuse: () => {
    throw refuse('stale_version');
  },
};
const table: ChangeTable = {
  find: (name) => (Object.hasOwn(changes, name) ? changes[name] : undefined),
  isBookkeeping: (name) => name.endsWith('Bookkeeping'),
};

describe('the door for writes', () => {
  let db: Connection;
  let door: Door;
  let folder: string;

  beforeEach(async () => {
    folder = newTestFolder();
    db = await openForWriting(join(folder, 'shop.db'), 0);
    db.exec('CREATE TABLE words (shop_id TEXT, word TEXT PRIMARY KEY) STRICT');
    door = new Door(db, table);
  });
  afterEach(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });

  const command = (name: string, word = '', claim?: Claim, at = START): Command => ({
    shopId: 'main',
    name,
    args: [word],
    by: claim ? aBy({ claim, at }) : aBy({ at }),
  });
  const words = (): string[] =>
    db.all<{ word: string }>('SELECT word FROM words ORDER BY rowid').map((r) => r.word);
  const kind = (answer: Answer | undefined): string => {
    if (!answer) return 'none';
    if ('defect' in answer) return 'defect';
    return answer.outcome.ok ? 'done' : answer.outcome.refusal.code;
  };

  it('keeps the others of a group when one is refused or is a defect, and their positions follow on', () => {
    const names = ['write', 'writeThenRefuse', 'write', 'writeThenThrow', 'write', 'unknown', 'toString'];
    const answers = door.runGroup(names.map((name, index) => command(name, `word-${index}`)));
    assert.deepEqual(answers.map(kind), [
      'done',
      'stale_version',
      'done',
      'defect',
      'done',
      'defect',
      'defect',
    ]);
    assert.deepEqual(words(), ['word-0', 'word-2', 'word-4']);
    const positions = answers.flatMap((answer) =>
      'outcome' in answer && answer.outcome.ok ? [answer.position] : [],
    );
    assert.deepEqual(positions, [1, 2, 3]);
  });

  it('runs a group once where none failed after it had written, and else anew from its start', () => {
    let runs = 0;
    const counted: Change = (tx, word) => {
      runs++;
      return changes.write?.(tx, word);
    };
    const counting = new Door(db, {
      ...table,
      find: (name) => (name === 'count' ? counted : table.find(name)),
    });
    counting.runGroup([command('count', 'a'), command('refuse'), command('count', 'b')]);
    assert.deepEqual([runs, words()], [2, ['a', 'b']]);
    const answers = counting.runGroup([
      command('count', 'c'),
      command('writeThenRefuse', 'd'),
      command('refuse'),
      command('count', 'e'),
    ]);
    assert.deepEqual([runs, words()], [5, ['a', 'b', 'c', 'e']]);
    assert.deepEqual(answers.map(kind), ['done', 'stale_version', 'stale_version', 'done']);
    const positions = answers.map((answer) => ('outcome' in answer ? answer.position : null));
    assert.deepEqual(positions, [3, 3, 3, 4]);
  });

  it('tells the log of a defect what and where, and saves nothing of it', () => {
    const claim = { userId: 'u', key: 'k', fingerprint: 'f', retryCount: 0 };
    const [answer] = door.runGroup([command('writeThenThrow', 'a', claim)]);
    assert.ok(answer && 'defect' in answer);
    assert.match(answer.defect, /^writeThenThrow: TypeError: a mistake in the program\n.*door\.test\.ts/s);
    assert.equal(kind(door.runGroup([command('write', 'a', claim)])[0]), 'done');
  });

  it('takes a member back whose row the database refuses, and only that', () => {
    const answers = door.runGroup([
      command('write', 'same'),
      command('write', 'same'),
      command('write', 'other'),
    ]);
    assert.deepEqual(answers.map(kind), ['done', 'defect', 'done']);
    assert.deepEqual(words(), ['same', 'other']);
  });

  it('lets nobody change the books without a journal entry, nor write bookkeeping into the journal', () => {
    const names = ['writeUnrecorded', 'recordedBookkeeping', 'quietBookkeeping', 'readOnly'];
    const answers = door.runGroup(names.map((name) => command(name, name)));
    assert.deepEqual(answers.map(kind), ['defect', 'defect', 'done', 'done']);
    assert.deepEqual(words(), ['quietBookkeeping']);
  });

  it('answers two with one key in one group alike, and runs it once', () => {
    const claim = { userId: 'u', key: 'k', fingerprint: 'f', retryCount: 0 };
    const [first, second] = door.runGroup([command('write', 'a', claim), command('write', 'b', claim)]);
    assert.deepEqual(second, first);
    assert.deepEqual(words(), ['a']);
  });

  it('saves refusals by a rule with the group that refused them', () => {
    const claim = { userId: 'u', key: 'k', fingerprint: 'f', retryCount: 0 };
    const [first] = door.runGroup([command('writeThenRefuse', 'a', claim), command('write', 'b')]);
    const [again] = door.runGroup([command('write', 'c', claim)]);
    assert.deepEqual(again, first);
    assert.deepEqual(words(), ['b']);
  });

  it('forgets saved results when their time is over, a bounded number at a time', () => {
    const saved = (): number => db.get<{ n: number }>('SELECT count(*) AS n FROM saved_results')?.n ?? 0;
    const keyed = Array.from({ length: 1200 }, (_, n) =>
      command('readOnly', '', { userId: 'u', key: `k${n}`, fingerprint: 'f', retryCount: 0 }),
    );
    door.runGroup(keyed);
    const unkeyed = { userId: 'u', key: null, fingerprint: 'f', retryCount: 0 };
    door.runGroup([command('readOnly', '', unkeyed, START + 1000)]);
    assert.equal(saved(), 1201);
    door.runGroup([command('readOnly', '', undefined, START + 92_000)]);
    assert.equal(saved(), 1200);
    door.runGroup([command('readOnly', '', undefined, START + DAY + 2000)]);
    assert.equal(saved(), 200);
    door.runGroup([command('readOnly', '', undefined, START + DAY + 4000)]);
    assert.equal(saved(), 0);
    // The clock ran ahead by a month, and was set back.
    door.runGroup([command('readOnly', '', undefined, START + 30 * DAY)]);
    door.runGroup([command('readOnly', '', unkeyed, START)]);
    door.runGroup([command('readOnly', '', undefined, START + 92_000)]);
    assert.equal(saved(), 0);
  });

  it('refuses a group as a whole when the disk is full, and goes on when there is room again', () => {
    door.runGroup([command('write', 'before')]);
    const pages = db.get<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0;
    db.get(`PRAGMA max_page_count = ${pages}`);
    const large = [
      command('write', 'small'),
      command('write', 'x'.repeat(100_000)),
      command('write', 'after'),
    ];
    assert.throws(() => door.runGroup(large), { errcode: 13 });
    assert.deepEqual(words(), ['before']);
    assert.equal(db.isTransaction, false);
    db.get('PRAGMA max_page_count = 1000000');
    assert.deepEqual(door.runGroup(large).map(kind), ['done', 'done', 'done']);
    assert.deepEqual(db.all('PRAGMA integrity_check').length, 1);
  });

  it('tells every caller of a full disk, and every caller of a lock that is never given up', async () => {
    const group = [command('write', 'x'.repeat(100_000)), command('write', 'small')];
    const pages = db.get<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0;
    db.get(`PRAGMA max_page_count = ${pages}`);
    assert.deepEqual((await runPatiently(door, new Group(group))).map(kind), [
      'storage_full',
      'storage_full',
    ]);
    db.get('PRAGMA max_page_count = 1000000');
    const other = openConnection(join(folder, 'shop.db'), 'write');
    other.exec('BEGIN IMMEDIATE');
    assert.deepEqual((await runPatiently(door, new Group(group), { busyLimitMs: 50 })).map(kind), [
      'busy',
      'busy',
    ]);
    assert.deepEqual(words(), []);
    setTimeout(() => other.exec('ROLLBACK'), 100);
    assert.deepEqual((await runPatiently(door, new Group(group))).map(kind), ['done', 'done']);
    other.close();
  });

  it('announces what it will answer before the commit, once, and tries nothing again that was announced', async () => {
    const heard: [Answer[], boolean][] = [];
    const announce = (answers: Answer[]): void => void heard.push([answers, db.isTransaction]);
    const group = [command('write', 'a'), command('writeThenRefuse', 'b'), command('write', 'c')];
    const answers = await runPatiently(door, new Group(group), { announce });
    assert.equal(heard.length, 1);
    assert.ok(heard[0]?.[0] === answers && heard[0][1], 'the very answers, inside of the transaction');
    assert.deepEqual(answers.map(kind), ['done', 'stale_version', 'done']);

    db.exec(`CREATE TABLE later (word TEXT REFERENCES words (word) DEFERRABLE INITIALLY DEFERRED) STRICT`);
    const failing = [command('write', 'd')];
    const breakCommit = (given: Answer[]): void => {
      announce(given);
      db.run("INSERT INTO later VALUES ('nowhere')");
    };
    await assert.rejects(runPatiently(door, new Group(failing), { announce: breakCommit }), /FOREIGN KEY/);
    const refuseCommit = (code: number) => (given: Answer[]) => {
      announce(given);
      throw Object.assign(new Error('no commit'), { code: 'ERR_SQLITE_ERROR', errcode: code });
    };
    for (const [code, refusal] of [
      [5, 'busy'],
      [13, 'storage_full'],
    ] as const) {
      const refused = await runPatiently(door, new Group(failing), { announce: refuseCommit(code) });
      assert.deepEqual(refused.map(kind), [refusal]);
    }
    assert.equal(heard.length, 4);
    assert.deepEqual(words(), ['a', 'c']);
  });

  it('writes a chain that can be computed again from the rows', () => {
    door.runGroup([command('write', 'a'), command('writeThenRefuse', 'b'), command('write', 'c')]);
    door.runGroup([command('write', 'ह"\n')]);
    const rows = db.all<Record<string, never>>(
      `SELECT j.shop_id AS shopId, j.seq, format, at, actor_kind AS actorKind, actor_id AS actorId,
         actor_name AS actorName, request_id AS requestId, action, subject_type AS subjectType,
         subject_id AS subjectId, payload_hash AS payloadHash, prev_hash AS prevHash, hash, salt, before, after
       FROM journal j JOIN journal_payloads p ON p.shop_id = j.shop_id AND p.seq = j.seq ORDER BY j.seq`,
    );
    assert.equal(rows.length, 3);
    let hash = GENESIS_HASH;
    for (const row of rows as unknown as (Parameters<typeof chainHash>[0] & Record<string, string>)[]) {
      assert.equal(row.payloadHash, payloadHash(row.salt ?? '', row.before ?? null, row.after ?? null));
      assert.equal(row.prevHash, hash);
      assert.equal(row.hash, chainHash(row));
      hash = row.hash;
    }
  });

  it('leaves a journal that the database itself lets nobody change, but for erasing a payload', () => {
    door.runGroup([command('write', 'a'), command('write', 'b')]);
    const refusals = [
      'UPDATE journal SET at = 0',
      "UPDATE journal SET hash = '' WHERE seq = 1",
      'DELETE FROM journal WHERE seq = 2',
      'DELETE FROM journal_payloads',
      `UPDATE journal_payloads SET after = '{"word":"x"}'`,
      "UPDATE journal_payloads SET salt = 'x', before = NULL, after = NULL",
      "UPDATE journal_payloads SET seq = 9, salt = '', before = NULL, after = NULL WHERE seq = 1",
      'INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 1',
      'INSERT OR REPLACE INTO journal_payloads SELECT * FROM journal_payloads WHERE seq = 1',
      'REPLACE INTO journal SELECT shop_id, seq, format, 0, actor_kind, actor_id, actor_name, request_id, action, subject_type, subject_id, payload_hash, prev_hash, hash FROM journal',
    ];
    for (const sql of refusals) assert.throws(() => db.exec(sql), /append-only/, sql);
    db.exec("UPDATE journal_payloads SET salt = '', before = NULL, after = NULL WHERE seq = 1");
    assert.deepEqual(
      { ...db.get<object>('SELECT before, after, salt FROM journal_payloads WHERE seq = 1') },
      {
        before: null,
        after: null,
        salt: '',
      },
    );
  });
});
