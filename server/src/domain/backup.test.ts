import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  archiveMadeAt,
  archiveName,
  archivesToDrop,
  backupState,
  nextBackupAt,
  olderArchiveName,
  readOlderArchiveName,
  restoreCommand,
} from './backup.ts';
import type { JournalEntry } from './journal.ts';

const at = (text: string): number => Date.parse(text);
const HOUR = 3_600_000;

function entry(seq: number, when: number): JournalEntry {
  const actor = { kind: 'system', name: 'test' } as const;
  const subject = { type: 'backup', id: 'x' } as const;
  return {
    seq,
    at: when,
    actor,
    requestId: 'r',
    action: 'backup.made',
    subject,
    before: null,
    after: null,
    prevHash: '',
    hash: '',
  };
}

describe('the archives that stay', () => {
  const nights = ['2026-01-13T20:40:00Z', '2026-01-14T20:40:00Z', '2026-01-15T20:40:00Z'].map(named);
  // Of the shop's 15th and 16th of January: its day begins at 18:30 UTC.
  const byHand = ['2026-01-15T18:29:59Z', '2026-01-15T18:30:00Z', '2026-01-16T09:00:00Z'].map(named);
  const all = [...byHand, ...nights];

  it('are the newest so many', () => {
    assert.deepEqual(archivesToDrop(all, { by: 'archives', newest: 2 }), [
      ...nights.slice(0, 2),
      ...byHand.slice(0, 2),
    ]);
    assert.deepEqual(archivesToDrop(all, { by: 'archives', newest: 6 }), []);
  });

  it('are those of the newest days of the shop, however many were made by hand on one', () => {
    assert.deepEqual(archivesToDrop(all, { by: 'days', newest: 1 }), [...nights.slice(0, 2), byHand[0]]);
    assert.deepEqual(archivesToDrop(all, { by: 'days', newest: 2 }), nights.slice(0, 1));
    assert.deepEqual(archivesToDrop(all, { by: 'days', newest: 3 }), []);
  });
});

describe('the archive of a shop before a newer program changed its schema', () => {
  const hash = '0123456789abcdef'.repeat(4);
  const name = olderArchiveName(at('2026-01-15T20:40:00Z'), { schema: 20, seq: 4711, hash });

  it('says by its name what it is of, and is none of those that nights keep and remove', () => {
    assert.equal(name, 'swati-20260115T204000000Z-schema-20-entry-4711-0123456789ab.backup');
    assert.deepEqual(readOlderArchiveName(name), { schema: 20, seq: 4711, hash: hash.slice(0, 12) });
    assert.equal(archiveMadeAt(name), null);
    assert.equal(readOlderArchiveName(named('2026-01-15T20:40:00Z')), null);
    assert.ok(name < named('2026-01-15T20:40:00Z') && name > named('2026-01-15T20:39:59Z'));
  });
});

function named(text: string): string {
  return archiveName(at(text));
}

describe('the nightly backup', () => {
  const opened = at('2026-01-15T04:00:00Z');

  it('is due at ten past two of the night after the last one, in the shop', () => {
    const evening = at('2026-01-15T14:00:00Z');
    assert.equal(nextBackupAt(evening, null, opened, opened), at('2026-01-15T20:40:00Z'));
    assert.equal(nextBackupAt(at('2026-01-15T20:40:05Z'), null, opened, opened), at('2026-01-16T20:40:00Z'));
  });

  it('is made up for soon after a start when nights were missed or there was none yet', () => {
    const settled = opened + 5 * 60_000;
    assert.equal(nextBackupAt(null, null, opened, opened), settled);
    assert.equal(nextBackupAt(at('2026-01-10T20:40:05Z'), null, opened, opened), settled);
  });

  it('is tried again an hour after a failure', () => {
    const made = at('2026-01-15T20:40:05Z');
    const failed = at('2026-01-16T20:40:01Z');
    assert.equal(nextBackupAt(made, failed, opened, failed), failed + HOUR);
    assert.equal(nextBackupAt(made, made - HOUR, opened, opened), at('2026-01-16T20:40:00Z'));
    assert.equal(nextBackupAt(null, failed, opened, failed), failed + HOUR);
  });

  it('does not wait for a day to come that a wrong clock has written', () => {
    const wrong = at('2031-01-15T20:40:05Z');
    const settled = opened + 5 * 60_000;
    assert.equal(nextBackupAt(wrong, null, opened, opened), settled);
    assert.equal(nextBackupAt(null, wrong, opened, opened), settled);
    assert.equal(nextBackupAt(wrong, opened, opened, opened), opened + HOUR);
    assert.equal(nextBackupAt(wrong, null, wrong, opened), opened);
  });
});

describe('how the backups stand', () => {
  const now = at('2026-01-15T04:00:00Z');

  it('is told by the newest attempt and its age', () => {
    assert.equal(backupState(null, null, now), 'none');
    assert.equal(backupState(entry(5, now - 36 * HOUR), null, now), 'good');
    assert.equal(backupState(entry(5, now - 36 * HOUR - 1), null, now), 'stale');
    assert.equal(backupState(entry(5, now - HOUR), entry(4, now - 2 * HOUR), now), 'good');
    assert.equal(backupState(entry(5, now - HOUR), entry(6, now), now), 'failed');
    assert.equal(backupState(null, entry(6, now), now), 'failed');
    assert.equal(backupState(entry(5, now + 25 * HOUR), null, now), 'stale');
  });
});

it('the command of a restore holds its archive as one word, whatever the disk is called', () => {
  const commands = ['/media/usb-1', '/Volumes/My $hop', 'D:\\backup'].map((folder) =>
    restoreCommand(folder, 'x.backup'),
  );
  assert.deepEqual(commands, [
    'npx swati restore /media/usb-1/x.backup --replace',
    'npx swati restore "/Volumes/My \\$hop/x.backup" --replace',
    'npx swati restore "D:\\backup/x.backup" --replace',
  ]);
});
