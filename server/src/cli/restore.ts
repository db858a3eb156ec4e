// `swati restore FILE`: makes a new generation of the shop from an archive, verifies it, and switches to it. What was
// there stays until `swati migrate drop-old`.

import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeDataDir } from '../serving/keep-secret.ts';
import { ArchiveRefused } from '../store/archive/archive-file.ts';
import { SHOP_ID } from '../store/shop-id.ts';
import { restoreInto } from '../store/sqlite/archive/restore-into.ts';
import {
  currentFolder,
  dropUnfinished,
  listGenerations,
  newGeneration,
  switchTo,
} from '../store/sqlite/generations.ts';
import { isDiskFull } from '../store/sqlite/is-disk-full.ts';
import { openForWriting } from '../store/sqlite/open-for-writing.ts';
import { lockAlone } from '../store/sqlite/process-lock.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { verifyDatabase } from '../store/sqlite/verify.ts';
import { withScratch } from '../system/with-scratch.ts';
import { PASSPHRASE_OPTION, readPassphrase } from './archive-options.ts';
import { type Command, type CommandCall, EXIT } from './command.ts';
import { commandLineBy } from './command-line-by.ts';
import { goBack } from './go-back.ts';
import { keptLines } from './kept-shops.ts';
import { newShopId } from './new-shop-id.ts';
import { withShop } from './with-shop.ts';

export const restore: Command = {
  name: 'restore',
  summary: 'Make the shop of an archive; what was there is kept beside it.',
  words: 'FILE',
  maxWords: 1,
  options: {
    replace: { type: 'boolean', help: 'Also where there is a shop already. The shop must be stopped.' },
    'back-to': {
      type: 'string',
      value: 'NAME',
      help: 'No archive: a shop that was kept is the shop again, as it was. Stop the shop first.',
    },
    ...PASSPHRASE_OPTION,
  },
  notes: [
    'The archive is restored into a new place, compared and verified; then one switch makes it the shop. Everybody',
    'signs in again. The shop that was there stays on the disk until: swati migrate drop-old',
    'Was it the wrong archive? swati restore --back-to NAME, with the name that restore has printed, makes the kept one',
    'the shop again; what it takes the place of is kept in turn.',
  ],
  run: async (call) => {
    const [word] = call.words;
    const backTo = call.options['back-to'];
    if (typeof backTo === 'string') {
      if (word !== undefined) {
        call.terminal.err('swati restore: --back-to takes no archive: it makes a kept shop the shop again');
        return EXIT.usage;
      }
      return goBack(call, backTo);
    }
    if (word === undefined) {
      call.terminal.err('swati restore: name the archive: swati restore FILE');
      return EXIT.usage;
    }
    const file = resolve(word);
    try {
      return await restoreFile(call, file);
    } catch (error) {
      if (isDiskFull(error)) {
        call.terminal.err('swati restore: the disk of the shop is full. Nothing was changed.');
        return EXIT.failed;
      }
      if (!(error instanceof ArchiveRefused)) throw error;
      call.terminal.err(`swati restore: ${file}: ${error.message}. Nothing was changed.`);
      return EXIT.failed;
    }
  },
};

async function restoreFile(call: CommandCall, file: string): Promise<number> {
  const { terminal } = call;
  const passphrase = readPassphrase(call);
  const config = call.settings();
  if (config.MONGODB_URI !== undefined) {
    // The driver takes its time to load: only whoever uses it waits for it.
    const { restoreIntoCluster } = await import('./restore-into-cluster.ts');
    const replace = call.options.replace === true;
    const uri = config.MONGODB_ADMIN_URI ?? config.MONGODB_URI;
    return restoreIntoCluster(call, { uri, file, passphrase, replace, at: Date.now() });
  }
  const dataDir = config.DATA_DIR;
  makeDataDir(dataDir);
  const lock = lockAlone(dataDir);
  let replaced: string | null = null;
  try {
    for (const name of dropUnfinished(dataDir)) {
      terminal.out(
        `an earlier restore (${name}) did not finish: the shop stayed as it was; its remains are gone`,
      );
    }
    const before = listGenerations(dataDir);
    replaced = before.find(({ current }) => current)?.name ?? null;
    if (before.length > 0 && !call.options.replace) {
      terminal.err(
        `swati restore: there is a shop in ${currentFolder(dataDir)}; --replace (make: REPLACE=yes) puts the archive's in its place`,
      );
      return EXIT.failed;
    }
    const at = Date.now();
    const { name, folder } = newGeneration(dataDir, at);
    await withScratch([folder], async () => {
      await prepare(call, { file, folder, passphrase, at });
      await recordRestore(folder, file, at);
      switchTo(dataDir, name);
    });
  } finally {
    lock.release();
  }
  return withShop(call, async (shop) => {
    const { location } = await shop.store.info();
    terminal.out(`shop       ${location}`);
    terminal.out('restored, compared and verified: equal. Everybody signs in again.');
    for (const line of keptLines(replaced, listGenerations(dataDir).length - 1)) terminal.out(line);
    return EXIT.ok;
  });
}

/** In the new shop before anybody uses it: a crash cannot come between the switch and the end of the older tokens. */
async function recordRestore(folder: string, file: string, at: number): Promise<void> {
  const onDeath = (error: Error): never => {
    throw error;
  };
  const store = await openSqliteStore({ dataDir: folder, now: at, onDeath });
  try {
    await store.backups.recordRestore(file, commandLineBy({ newId: newShopId, now: () => at }));
  } finally {
    await store.close();
  }
  rmSync(join(folder, 'shop.lock'), { force: true });
}

interface Prepared {
  file: string;
  folder: string;
  passphrase: string | null;
  at: number;
}

/** Restores, brings the schema up to this program's, and verifies the books. */
async function prepare({ terminal }: CommandCall, { file, folder, passphrase, at }: Prepared): Promise<void> {
  terminal.progress('restoring ...');
  await restoreInto({ file, folder, passphrase, at });
  const database = join(folder, 'shop.db');
  (await openForWriting(database, at)).close();
  terminal.progress('verifying ...');
  const { problems, pictures } = await verifyDatabase(database, SHOP_ID);
  terminal.progress('');
  for (const line of pictures) terminal.err(`warning    ${line}`);
  if (problems.length > 0)
    throw new ArchiveRefused(`its books do not agree: ${problems.slice(0, 3).join('; ')}`);
}
