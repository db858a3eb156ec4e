// `swati restore --back-to NAME`: a shop that a restore has replaced, and that is kept, becomes the shop again.

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
import { lockAlone } from '../store/sqlite/process-lock.ts';
import { verifyDatabase } from '../store/sqlite/verify.ts';
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
    const problem = await problemsIn(call, `${wanted.folder}/shop.db`);
    if (problem !== null) {
      terminal.err(`swati restore: ${wanted.folder} cannot be read: ${problem}. Nothing was changed.`);
      return EXIT.failed;
    }
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

/** Tells of books that do not agree: they did not when the shop was left either. Answers why it cannot be used at all. */
async function problemsIn({ terminal }: CommandCall, file: string): Promise<string | null> {
  // One of an older program is brought over, as at any start.
  if (olderSchema(file) !== null) return null;
  terminal.progress('verifying ...');
  const { problems, pictures, head } = await verifyDatabase(file, SHOP_ID);
  terminal.progress('');
  if (problems[0] !== undefined && head.seq === 0) return problems[0];
  for (const line of [...problems, ...pictures]) terminal.err(`warning    ${line}`);
  return null;
}
