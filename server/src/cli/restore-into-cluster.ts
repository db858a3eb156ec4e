// `swati restore FILE` where MONGODB_URI is set: the archive becomes a database beside the shop's, which is switched to.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArchiveRefused, checkArchive, readArchive } from '../store/archive/archive-file.ts';
import { ArchiveDigest, differences } from '../store/archive/archive-page.ts';
import { watchPictures } from '../store/archive/watch-pictures.ts';
import type { ArchivePage } from '../store/backup-store.ts';
import { makeShop } from '../store/mongo/archive/make-shop.ts';
import { beginRestoration, endRestoration } from '../store/mongo/archive/restorations.ts';
import { openMongoStore } from '../store/mongo/mongo-store.ts';
import { SCHEMA } from '../store/mongo/schema/prepare.ts';
import { SHOP_ID } from '../store/shop-id.ts';
import { dumpDatabase } from '../store/sqlite/archive/dump.ts';
import { restoreInto } from '../store/sqlite/archive/restore-into.ts';
import { isDiskFull } from '../store/sqlite/is-disk-full.ts';
import { openForWriting } from '../store/sqlite/open-for-writing.ts';
import type { Store } from '../store/store.ts';
import { StoreRefused } from '../store/store-refused.ts';
import { withScratch } from '../system/with-scratch.ts';
import { type CommandCall, EXIT } from './command.ts';
import { commandLineBy } from './command-line-by.ts';
import { keptLines } from './kept-shops.ts';
import { newShopId } from './new-shop-id.ts';

const CUT_OFF = {
  before:
    'an earlier restore did not finish: the shop stayed as it was; what was made goes with swati migrate drop-old',
  after: 'an earlier restore was cut off at its very end: the shop was the restored one',
} as const;

export interface ClusterRestoration {
  uri: string;
  file: string;
  passphrase: string | null;
  replace: boolean;
  at: number;
}

export async function restoreIntoCluster(call: CommandCall, given: ClusterRestoration): Promise<number> {
  const { terminal } = call;
  const head = await checkArchive(given.file);
  const store = await openMongoStore({ uri: given.uri });
  try {
    const { location } = await store.info();
    const holdsShop = (await store.journal.position()) > 0;
    if (holdsShop && !given.replace) {
      terminal.err(
        `swati restore: there is a shop in ${location}; --replace (make: REPLACE=yes) puts the archive's in its place`,
      );
      return EXIT.failed;
    }
    const earlier = await beginRestoration({ uri: given.uri }, given.at);
    if (earlier !== null) terminal.out(CUT_OFF[earlier]);
    const replaced = { store, location, holdsShop, schema: Math.max(head.schema, SCHEMA) };
    if (head.schema >= SCHEMA) {
      const { file, passphrase } = given;
      return await replaceBy(call, given, replaced, (digest) => readArchive(file, head, passphrase, digest));
    }
    const scratch = mkdtempSync(join(tmpdir(), 'swati-restore-'));
    return await withScratch([scratch], async () => {
      call.terminal.progress('bringing the rows of an older program over in a scratch database ...');
      const database = await broughtOver(given, join(scratch, 'data'));
      return replaceBy(call, given, replaced, (digest) => summedUp(dumpDatabase(database), digest));
    });
  } catch (error) {
    // Refused before anything was switched: no remains are left to tell of.
    if (error instanceof ArchiveRefused) await endRestoration({ uri: given.uri });
    throw error;
  } finally {
    await store.close();
  }
}

/** Makes what an older program's archive is in this one, by the embedded store's migrations. Answers its database. */
async function broughtOver({ file, passphrase, at }: ClusterRestoration, folder: string): Promise<string> {
  const database = join(folder, 'shop.db');
  try {
    await restoreInto({ file, folder, passphrase, at });
    (await openForWriting(database, at)).close();
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    throw new ArchiveRefused(`no room to bring it over in ${tmpdir()}: name another folder with TMPDIR`);
  }
  return database;
}

async function* summedUp(
  pages: AsyncIterable<ArchivePage>,
  digest: ArchiveDigest,
): AsyncGenerator<ArchivePage> {
  for await (const page of pages) {
    digest.add(page);
    yield page;
  }
}

interface Replaced {
  store: Store;
  location: string;
  holdsShop: boolean;
  /** Of the rows that come. */
  schema: number;
}

async function replaceBy(
  { terminal }: CommandCall,
  given: ClusterRestoration,
  { store, location, holdsShop, schema }: Replaced,
  rowsOf: (digest: ArchiveDigest) => AsyncIterable<ArchivePage>,
): Promise<number> {
  terminal.progress('restoring ...');
  const digest = new ArchiveDigest();
  const pictures: string[] = [];
  const pages = watchPictures(rowsOf(digest), pictures);
  const facts = { schema, at: given.at, shopId: SHOP_ID };
  const made = await makeShop({ uri: given.uri }, pages, facts).catch((error: unknown) => {
    throw error instanceof StoreRefused ? new ArchiveRefused(error.message) : error;
  });
  try {
    const [problem] = [...differences(digest.summary(), made.summary), ...made.problems];
    if (problem !== undefined) throw new ArchiveRefused(`what was restored is not right: ${problem}`);
    const by = commandLineBy({ newId: newShopId, now: () => given.at });
    await made.recordRestore(given.file, by);
    if (holdsShop) await closeOld(store, made.location, given.at);
    await made.use();
    await endRestoration({ uri: given.uri });
    terminal.progress('');
    for (const line of pictures) terminal.err(`warning    ${line}`);
    terminal.out(`shop       mongodb://${made.location}`);
    terminal.out('restored, compared and verified: equal. Everybody signs in again.');
    if (holdsShop) {
      for (const line of keptLines(location.split('/').at(-1) ?? null, 1, location)) terminal.out(line);
      terminal.out('Servers that still run on it refuse changes: start them again.');
    }
    return EXIT.ok;
  } finally {
    await made.close();
  }
}

/** What still runs on the old database must not take changes that nobody would find again. */
export async function closeOld(store: Store, to: string, at: number): Promise<void> {
  if ((await store.moves.movedTo()) !== null) return;
  await store.moves.leave(`mongodb://${to}`, commandLineBy({ newId: newShopId, now: () => at }));
}
