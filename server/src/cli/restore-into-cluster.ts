// `swati restore FILE` where MONGODB_URI is set: the archive becomes a database beside the shop's, which is switched to.

import { ArchiveRefused, checkArchive, readArchive } from '../store/archive/archive-file.ts';
import { ArchiveDigest, differences } from '../store/archive/archive-page.ts';
import { watchPictures } from '../store/archive/watch-pictures.ts';
import { makeShop } from '../store/mongo/archive/make-shop.ts';
import { beginRestoration, endRestoration } from '../store/mongo/archive/restorations.ts';
import { openMongoStore } from '../store/mongo/mongo-store.ts';
import { SHOP_ID } from '../store/shop-id.ts';
import type { Store } from '../store/store.ts';
import { StoreRefused } from '../store/store-refused.ts';
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
    return await replaceBy(call, given, { store, head, location, holdsShop });
  } catch (error) {
    // Refused before anything was switched: no remains are left to tell of.
    if (error instanceof ArchiveRefused) await endRestoration({ uri: given.uri });
    throw error;
  } finally {
    await store.close();
  }
}

interface Replaced {
  store: Store;
  head: Awaited<ReturnType<typeof checkArchive>>;
  location: string;
  holdsShop: boolean;
}

async function replaceBy(
  { terminal }: CommandCall,
  given: ClusterRestoration,
  { store, head, location, holdsShop }: Replaced,
): Promise<number> {
  terminal.progress('restoring ...');
  const digest = new ArchiveDigest();
  const pictures: string[] = [];
  const pages = watchPictures(readArchive(given.file, head, given.passphrase, digest), pictures);
  const made = await makeShop({ uri: given.uri }, pages, {
    schema: head.schema,
    at: given.at,
    shopId: SHOP_ID,
  }).catch((error: unknown) => {
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
