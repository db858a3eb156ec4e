// `swati backup`: writes an archive, restores it into a scratch database, compares, and only then calls it good.

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { backupFolder, type Config } from '../config.ts';
import type { By } from '../domain/actor.ts';
import {
  archiveMadeAt,
  archiveName,
  archivesToDrop,
  type BackupReport,
  type Keeping,
} from '../domain/backup.ts';
import type { Shop } from '../http/shop.ts';
import { systemBy } from '../http/system-by.ts';
import { type MadeReport, makeArchive, reasonOf } from '../serving/make-archive.ts';
import { OF_THE_SHOP } from '../serving/run-backup.ts';
import { backupUnderWaySince, lockBackup, type ProcessLock } from '../store/sqlite/process-lock.ts';
import { giveToOwner } from '../system/give-to-owner.ts';
import { PASSPHRASE_OPTION, readPassphrase } from './archive-options.ts';
import { type Command, type CommandCall, EXIT } from './command.ts';
import { commandLineBy } from './command-line-by.ts';
import { formatBytes } from './format-bytes.ts';
import { explainFailure, withExistingShop } from './with-shop.ts';

export const backup: Command = {
  name: 'backup',
  summary: 'Write everything into one verified archive while the shop goes on serving.',
  options: {
    to: {
      type: 'string',
      value: 'DIR',
      help: 'The folder of the archives; BACKUP_DIR, or backups in DATA_DIR.',
    },
    keep: {
      type: 'string',
      value: 'N',
      help: "Afterwards keep the newest N of this shop's archives of that folder, remove others.",
    },
    'keep-days': {
      type: 'string',
      value: 'N',
      help: "Afterwards keep this shop's archives of the newest N days that have any, remove others.",
    },
    'with-keys': { type: 'boolean', help: 'Put the key that signs tokens into a file beside the archive.' },
    ...PASSPHRASE_OPTION,
  },
  notes: [
    'The archive holds data, accounts with their password hashes, images, models and settings. It is restored into a',
    'scratch database and compared row by row before it counts. Restore it with: swati restore FILE',
  ],
  run: async (call) => {
    const keeping = readKeeping(call.options);
    if (typeof keeping === 'string') {
      call.terminal.err(`swati backup: ${keeping}`);
      return EXIT.usage;
    }
    const passphrase = readPassphrase(call);
    const config = call.settings();
    const { to } = call.options;
    const folder = typeof to === 'string' ? resolve(to) : backupFolder(config);
    return withExistingShop(call, async (shop) => {
      const job = { shop, by: () => whoAsks(call, shop), config, folder, keeping, passphrase };
      const lock = await lockOrRecord(job);
      try {
        return await makeBackup(call, job);
      } finally {
        lock.release();
      }
    });
  },
};

/** A lock that cannot be used is a backup that failed, and everybody who looks shall know; that another holds it is not. */
async function lockOrRecord({ shop, by, config, folder }: Job): Promise<ProcessLock> {
  try {
    return lockBackup(config.DATA_DIR);
  } catch (error) {
    if (backupUnderWaySince(config.DATA_DIR) === null)
      await shop.store.backups.record({ outcome: 'failed', folder, reason: reasonOf(error) }, by());
    throw error;
  }
}

/** The program itself, for what its server makes at night or on demand; that somebody demanded it is noted with their name. */
function whoAsks({ environment }: CommandCall, shop: Shop): By {
  return environment[OF_THE_SHOP] === 'true' ? systemBy(shop, 'backup') : commandLineBy(shop);
}

interface Job {
  shop: Shop;
  by: () => By;
  config: Config;
  folder: string;
  /** Null: nothing is removed. */
  keeping: Keeping | null;
  passphrase: string | null;
}

async function makeBackup(call: CommandCall, job: Job): Promise<number> {
  const { shop, by, folder } = job;
  const { terminal } = call;
  let report: MadeReport;
  try {
    report = await writeVerified(call, job);
  } catch (error) {
    const reason = reasonOf(error);
    terminal.err(`swati backup: no archive was made: ${reason}`);
    await shop.store.backups.record({ outcome: 'failed', folder, reason }, by());
    return EXIT.failed;
  }
  terminal.out(`archive    ${join(folder, report.file)}`);
  terminal.out(`size       ${formatBytes(report.bytes)}, ${report.rows} rows`);
  terminal.out(`digest     ${report.digest}`);
  terminal.out('restored into a scratch database and compared: equal');
  for (const line of report.pictures ?? []) terminal.err(`warning    ${line}`);
  if (!report.otherDisk) {
    terminal.err(
      'warning    the archive is on the same disk as the shop: --to or BACKUP_DIR should name another one',
    );
  }
  const isNoted = await note(call, job, report);
  try {
    if (call.options['with-keys']) copyKeys(job, report.file, terminal.out);
    await dropOldest(job, report.file, terminal.out);
    return isNoted ? EXIT.ok : EXIT.failed;
  } catch (error) {
    terminal.err(
      `swati backup: the archive is made and good, but what follows was not done: ${reasonOf(error)}`,
    );
    return EXIT.failed;
  }
}

/** A journal that refuses makes an archive no worse: the shop only goes on as if it had none, and makes another. */
async function note({ terminal }: CommandCall, { shop, by }: Job, report: BackupReport): Promise<boolean> {
  try {
    await shop.store.backups.record(report, by());
    return true;
  } catch (error) {
    terminal.err('the archive is made and good, but the journal could not be told of it:');
    explainFailure('backup', error, terminal);
    return false;
  }
}

async function writeVerified(
  { terminal }: CommandCall,
  { shop, config, folder, passphrase }: Job,
): Promise<MadeReport> {
  const { kind, schemaVersion } = await shop.store.info();
  const begunAt = shop.now();
  return makeArchive({
    dataDir: config.DATA_DIR,
    folder,
    name: archiveName(begunAt),
    begunAt,
    schema: schemaVersion,
    store: kind,
    dump: shop.store.backups.dump,
    passphrase,
    say: terminal.err,
    progress: terminal.progress,
  });
}

/** The file beside an archive that holds the key. */
function keysOf(archive: string): string {
  return archive.replace(/\.backup$/, '.keys.json');
}

function copyKeys({ config, folder }: Job, file: string, say: (line: string) => void): void {
  const source = join(config.DATA_DIR, 'secrets.json');
  // One that was made before JWT_SECRET_KEY was given signs nothing any more.
  if (config.JWT_SECRET_KEY !== undefined || !existsSync(source)) {
    say('keys       JWT_SECRET_KEY is given by the environment: keep it there');
    return;
  }
  const target = join(folder, keysOf(file));
  const secret = readFileSync(source);
  writeFileSync(target, secret, { mode: 0o600, flag: 'wx', flush: true });
  giveToOwner(target);
  say(`keys       ${target} (whoever has it can sign in as anybody)`);
}

/**
 * Of this shop's archives up to the one just made, each with its keys. One that is dated later is of a clock that ran
 * wrong, then or now: it neither counts nor goes.
 */
async function dropOldest({ shop, folder, keeping }: Job, made: string, say: (line: string) => void) {
  if (keeping === null) return;
  const names = readdirSync(folder).filter((name) => archiveMadeAt(name) !== null && name <= made);
  const ours = await namedInJournal(shop, names);
  for (const name of archivesToDrop(ours, keeping)) {
    // The keys first: without its archive nobody would come for them again.
    rmSync(join(folder, keysOf(name)), { force: true });
    rmSync(join(folder, name), { force: true });
    say(`removed    ${name}`);
  }
  const others = names.length - ours.length;
  if (others > 0) {
    say(
      `left       archives that this shop's journal does not name, made by another or before a restore: ${others}`,
    );
  }
}

/** Another shop may use the same folder, under the same names: the journal says which archives are of this one. */
async function namedInJournal({ store }: Shop, names: readonly string[]): Promise<string[]> {
  const ours: string[] = [];
  for (const name of names) {
    const [entry] = await store.journal.list({ action: 'backup.made', subject: `backup:${name}` }, 1);
    if (entry) ours.push(name);
  }
  return ours;
}

/** A text says what is wrong. */
function readKeeping({ keep, 'keep-days': keepDays }: CommandCall['options']): Keeping | null | string {
  if (keep !== undefined && keepDays !== undefined)
    return '--keep and --keep-days cannot be given at one time';
  const value = keep ?? keepDays;
  if (typeof value !== 'string') return null;
  if (!/^[1-9]\d{0,4}$/.test(value))
    return `--keep${keep === undefined ? '-days' : ''} must be a whole number of at least 1`;
  return { by: keep === undefined ? 'days' : 'archives', newest: Number(value) };
}
