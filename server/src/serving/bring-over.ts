// A shop in DATA_DIR whose schema is older than this program's. This process takes it alone, makes a verified backup, and
// only then migrates, so that the older program can bring it back as it was (swati restore FILE --replace). Cut off
// anywhere, the shop is as before, and the next start finds the backup that was made.

import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type OlderShop, olderArchiveName, readOlderArchiveName } from '../domain/backup.ts';
import { ArchiveRefused, checkArchive } from '../store/archive/archive-file.ts';
import { SHOP_ID } from '../store/shop-id.ts';
import { dumpDatabase } from '../store/sqlite/archive/dump.ts';
import type { Db } from '../store/sqlite/database.ts';
import { currentFolder } from '../store/sqlite/generations.ts';
import { isDiskFull } from '../store/sqlite/is-disk-full.ts';
import { openForWriting } from '../store/sqlite/open-for-writing.ts';
import { lockToBringOver } from '../store/sqlite/process-lock.ts';
import { schemaVersion } from '../store/sqlite/reads/shop.ts';
import { StoreRefused, StoreUnreachable } from '../store/store-refused.ts';
import { makeArchive, reasonOf } from './make-archive.ts';

/** Of one shop, the newest among them: whoever upgrades twice in a row may want to go back by both. */
const KEPT = 2;

export interface OlderPlace {
  dataDir: string;
  /** Of the archives. */
  backups: string;
  now: () => number;
  say: (line: string) => void;
}

/** Of a shop that is older (`isOlder`). Rejects with StoreRefused where it stays as it is. */
export async function bringOver(place: OlderPlace): Promise<void> {
  const { dataDir, now, say } = place;
  const lock = lockToBringOver(dataDir);
  try {
    const file = join(currentFolder(dataDir), 'shop.db');
    const db = await openForWriting(file, now(), (older, schema) => saveOlder(older, schema, file, place));
    say(`the shop has been brought to schema ${schemaVersion(db)}`);
    dropOlder(db, place);
    db.close();
  } finally {
    lock.release();
  }
}

async function saveOlder(db: Db, schema: number, file: string, place: OlderPlace): Promise<void> {
  const { backups, say } = place;
  const older = headOf(db, schema);
  if (older === null) return;
  try {
    const name = (await findMade(older, backups)) ?? (await make(older, file, place));
    say(
      `the backup of the shop as it was (schema ${schema}) is ${join(backups, name)}; bringing it over ...`,
    );
  } catch (error) {
    const Refused = isDiskFull(error) ? StoreUnreachable : StoreRefused;
    throw new Refused(
      `the shop stays as it is, of schema ${schema}, since the backup that comes before a newer one could not be made in ` +
        `${backups} (${reasonOf(error)}): make room there, give this account the right to it, or name another folder ` +
        'in BACKUP_DIR',
    );
  }
}

/** Null for a shop in which nothing has happened yet. */
function headOf(db: Db, schema: number): OlderShop | null {
  const head = db.get<{ seq: number; hash: string }>(
    'SELECT seq, hash FROM journal WHERE shop_id = :shopId ORDER BY seq DESC LIMIT 1',
    { shopId: SHOP_ID },
  );
  return head ? { schema, ...head } : null;
}

/** The one of a start that was cut off: a start that is tried again and again does not fill the disk. */
async function findMade({ schema, seq, hash }: OlderShop, backups: string): Promise<string | null> {
  for (const { name, holds } of olderArchives(backups)) {
    if (holds.schema !== schema || holds.seq !== seq || !hash.startsWith(holds.hash)) continue;
    try {
      await checkArchive(join(backups, name));
      return name;
    } catch (error) {
      if (!(error instanceof ArchiveRefused)) throw error;
    }
  }
  return null;
}

async function make(
  older: OlderShop,
  file: string,
  { dataDir, backups, now, say }: OlderPlace,
): Promise<string> {
  const { schema } = older;
  say(
    `the shop is of an older program (schema ${schema}): first a backup is made in ${backups}, which takes a while`,
  );
  const begunAt = now();
  const { file: name, pictures = [] } = await makeArchive({
    dataDir,
    folder: backups,
    name: olderArchiveName(begunAt, older),
    begunAt,
    schema,
    store: 'sqlite',
    dump: () => dumpDatabase(file),
    passphrase: null,
    say,
    progress: (line) => line && say(`backup: ${line}`),
  });
  for (const line of pictures) say(`backup: warning: ${line}`);
  return name;
}

/** Those of this shop's journal alone: another shop may use the same folder. What cannot be removed is no harm. */
function dropOlder(db: Db, { backups, say }: OlderPlace): void {
  try {
    const ours = olderArchives(backups).filter(({ holds: { seq, hash } }) =>
      db.get(
        'SELECT 1 FROM journal WHERE shop_id = :shopId AND seq = :seq AND substr(hash, 1, length(:hash)) = :hash',
        { shopId: SHOP_ID, seq, hash },
      ),
    );
    for (const { name } of ours.slice(KEPT)) {
      rmSync(join(backups, name), { force: true });
      say(`removed ${name}, of an upgrade before the last`);
    }
  } catch (error) {
    say(`the backups of earlier upgrades could not be removed: ${reasonOf(error)}`);
  }
}

interface OlderArchive {
  name: string;
  holds: OlderShop;
}

/** Of the latest point of a journal first, whatever the clock said. */
function olderArchives(backups: string): OlderArchive[] {
  const names = existsSync(backups) ? readdirSync(backups).sort().reverse() : [];
  return names
    .flatMap((name) => {
      const holds = readOlderArchiveName(name);
      return holds ? [{ name, holds }] : [];
    })
    .sort((a, b) => b.holds.seq - a.holds.seq);
}
