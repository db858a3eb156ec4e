// Backups as the shop remembers them: the newest `backup.made` and `backup.failed` of the journal say how it stands.

import type { JournalEntry } from './journal.ts';
import { DAY_MS, dayOf, startOfDay } from './shop-day.ts';

/** What came of one backup. `made`: the archive was restored into a scratch store and compared before it counted. */
export type BackupReport =
  | {
      outcome: 'made';
      file: string;
      folder: string;
      bytes: number;
      rows: number;
      /** SHA-256 over all rows: equal data has an equal digest. */
      digest: string;
      /** Whether the folder is on another disk than the shop's data. */
      otherDisk: boolean;
      /** Which pictures it holds as they are here: missing or damaged. Left out where there are none. */
      pictures?: string[];
    }
  | { outcome: 'failed'; folder: string; reason: string }
  /** Somebody asked for one; what came of it is told by the next that was made or failed. */
  | { outcome: 'asked'; folder: string };

const ARCHIVE_NAME = /^swati-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z\.backup$/;

/** To be copied into a shell, of POSIX or of Windows: the name of a disk often has a space. */
export function restoreCommand(folder: string, file: string): string {
  const path = `${folder}/${file}`;
  const word = /^[\w./:-]+$/.test(path) ? path : `"${path.replaceAll(/[$`"]/g, '\\$&')}"`;
  return `npx swati restore ${word} --replace`;
}

/** The file of a backup that was begun at an instant. A file has this name only once it was compared. */
export function archiveName(at: number): string {
  return `swati-${stampOf(at)}.backup`;
}

function stampOf(at: number): string {
  return new Date(at).toISOString().replaceAll(/[-:.]/g, '');
}

/** A shop as a newer program found it: where schema and last journal entry are the same, so are the books. */
export interface OlderShop {
  schema: number;
  /** The last entry of its journal, and the beginning of that one's hash. */
  seq: number;
  hash: string;
}

const OLDER_NAME = /^swati-\d{8}T\d{9}Z-schema-(\d+)-entry-(\d+)-([0-9a-f]{12})\.backup$/;
const HASH_DIGITS = 12;

/** The file of the backup that was made before a newer program changed the schema. It is none of those that `archiveMadeAt` knows. */
export function olderArchiveName(at: number, { schema, seq, hash }: OlderShop): string {
  return `swati-${stampOf(at)}-schema-${schema}-entry-${seq}-${hash.slice(0, HASH_DIGITS)}.backup`;
}

/** What such a file holds, by its name; null for the name of anything else. */
export function readOlderArchiveName(name: string): OlderShop | null {
  const [, schema, seq, hash] = OLDER_NAME.exec(name) ?? [];
  return hash === undefined ? null : { schema: Number(schema), seq: Number(seq), hash };
}

/** When the archive of this name was begun, milliseconds since 1970; null for the name of anything else. */
export function archiveMadeAt(name: string): number | null {
  const at = Date.parse(name.replace(ARCHIVE_NAME, '$1-$2-$3T$4:$5:$6.$7Z'));
  return ARCHIVE_NAME.test(name) && !Number.isNaN(at) ? at : null;
}

/** Which archives stay: the newest so many, or those of the newest so many days of the shop on which any were made. */
export type Keeping = { by: 'archives' | 'days'; newest: number };

/** The names of archives, of one folder and each made at its own instant, that do not stay. */
export function archivesToDrop(names: readonly string[], { by, newest }: Keeping): string[] {
  const sorted = [...names].sort();
  if (by === 'archives') return sorted.slice(0, Math.max(0, sorted.length - newest));
  const dayOfArchive = (name: string): string => dayOf(archiveMadeAt(name) ?? 0);
  const days = [...new Set(sorted.map(dayOfArchive))].sort().slice(-newest);
  return sorted.filter((name) => !days.includes(dayOfArchive(name)));
}

/** A shop whose newest verified backup is older than this (milliseconds) needs attention. */
const STALE_MS = 36 * 3_600_000;
/** 02:10 of the shop's day: after the day's work, before the next one's. */
const NIGHT_MS = (2 * 60 + 10) * 60_000;
const RETRY_MS = 3_600_000;

/** Whoever says that it was made further ahead than this had a clock that ran wrong: nobody waits for that day. */
const AHEAD_MS = DAY_MS;

/** When the journal told of a backup, and under which number. */
export type BackupMark = Pick<JournalEntry, 'seq' | 'at'>;

export type BackupState = 'none' | 'good' | 'stale' | 'failed';

/** How the shop stands at an instant: `failed` when the newest attempt failed. */
export function backupState(made: BackupMark | null, failed: BackupMark | null, at: number): BackupState {
  if (failed && failed.seq > (made?.seq ?? 0)) return 'failed';
  if (!made) return 'none';
  return at - made.at > STALE_MS || isAhead(made.at, at) ? 'stale' : 'good';
}

/** After a start the shop is left alone for a moment: that is when people wait for it. */
const SETTLE_MS = 5 * 60_000;

/**
 * When the next nightly backup is due, milliseconds since 1970. A shop that was switched off at night, or never had
 * one, makes up for it soon after its start; after a failure it is tried again an hour later.
 */
export function nextBackupAt(
  made: number | null,
  failed: number | null,
  openedAt: number,
  at: number,
): number {
  const night = made === null || isAhead(made, at) ? null : nightAfter(made);
  const opened = isAhead(openedAt, at) ? at - SETTLE_MS : openedAt;
  const due = night === null || night <= opened ? opened + SETTLE_MS : night;
  if (failed === null || isAhead(failed, at)) return due;
  return night === null || failed > (made ?? 0) ? Math.max(due, failed + RETRY_MS) : due;
}

function isAhead(then: number, at: number): boolean {
  return then > at + AHEAD_MS;
}

function nightAfter(at: number): number {
  const night = startOfDay(dayOf(at)) + NIGHT_MS;
  return night > at ? night : night + DAY_MS;
}
