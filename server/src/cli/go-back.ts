// `swati restore --back-to NAME`: a shop that a restore has replaced, and that is kept, becomes the shop again.

import { join } from 'node:path';
import type { Config } from '../config.ts';
import { dayOf } from '../domain/shop-day.ts';
import { SHOP_ID } from '../store/shop-id.ts';
import {
  arrivalFrom,
  currentFolder,
  dropUnfinished,
  listGenerations,
  switchBack,
} from '../store/sqlite/generations.ts';
import { olderSchema } from '../store/sqlite/older-schema.ts';
import { openForWriting } from '../store/sqlite/open-for-writing.ts';
import { lockAlone } from '../store/sqlite/process-lock.ts';
import { verifyDatabase } from '../store/sqlite/verify.ts';
import { StoreRefused } from '../store/store-refused.ts';
import { type CommandCall, EXIT } from './command.ts';
import { keptLines, refuseUnkept } from './kept-shops.ts';
import { withShop } from './with-shop.ts';

export async function goBack(call: CommandCall, name: string): Promise<number> {
  const config = call.settings();
  const uri = config.MONGODB_ADMIN_URI ?? config.MONGODB_URI;
  if (uri === undefined) return goBackInFolder(call, config, name);
  const { goBackInCluster } = await import('./go-back-in-cluster.ts');
  return goBackInCluster(call, uri, name);
}

async function goBackInFolder(call: CommandCall, config: Config, name: string): Promise<number> {
  const { terminal } = call;
  const { DATA_DIR: dataDir } = config;
  const generations = () => listGenerations(dataDir);
  if (generations().length === 0) return refuseUnkept(call, name, []);
  const lock = lockAlone(dataDir);
  let left: string | null = null;
  try {
    // Where only the pointer is lost, this is the way to mend it.
    if (arrivalFrom(dataDir) !== null) currentFolder(dataDir);
    dropUnfinished(dataDir);
    left = generations().find(({ current }) => current)?.name ?? null;
    const kept = generations().filter(({ current }) => !current);
    const wanted = kept.find((one) => one.name === name);
    if (!wanted) {
      const texts = kept.map((one) => `${one.name} (last written on ${dayOf(one.lastWrite)})`);
      return refuseUnkept(call, name, texts);
    }
    await refuseUnusable(call, join(wanted.folder, 'shop.db'));
    switchBack(dataDir, name);
  } finally {
    lock.release();
  }
  return withShop(call, async ({ store }) => {
    const { location } = await store.info();
    terminal.out(`shop       ${location}`);
    terminal.out('the shop is again what it was; what was done since it was replaced is not in it.');
    for (const line of keptLines(left, generations().length - 1)) terminal.out(line);
    return EXIT.ok;
  });
}

/** Throws StoreRefused. Of books that do not agree it tells alone: they did not when the shop was left either. */
async function refuseUnusable({ terminal }: CommandCall, file: string): Promise<void> {
  // One of an older program is brought over, as at any start.
  if (olderSchema(file) !== null) return;
  try {
    (await openForWriting(file, Date.now())).close();
  } catch (error) {
    if (error instanceof StoreRefused) throw new StoreRefused(`${error.message}. The shop stays as it is`);
    throw error;
  }
  terminal.progress('verifying ...');
  const { problems, pictures } = await verifyDatabase(file, SHOP_ID);
  terminal.progress('');
  for (const line of [...problems, ...pictures]) terminal.err(`warning    ${line}`);
}
