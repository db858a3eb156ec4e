// The backup that nobody has to think of: every night, made by a process of its own.

import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { nextBackupAt } from '../domain/backup.ts';
import type { Shop } from '../http/shop.ts';
import { runBackup } from './run-backup.ts';

/** A day's archives stay together: whoever makes many by hand pushes no earlier night out. */
const KEPT_DAYS = 14;
/** However far the night is, the clock is looked at again after this: it may have been set. */
const LOOK_AGAIN_MS = 10 * 60_000;
const SOON_MS = 1000;

/**
 * Answers how to stop; a backup that is under way is ended, which leaves no archive that is not whole. `lookAgainMs`: for
 * tests.
 */
export function startNightlyBackup(
  shop: Shop,
  config: Config,
  logger: Logger,
  lookAgainMs = LOOK_AGAIN_MS,
): () => Promise<void> {
  const openedAt = shop.now();
  const leaving = new AbortController();
  let timer: NodeJS.Timeout | null = null;
  let underWay: Promise<void> = Promise.resolve();
  /** Of a backup that was killed, or could not even say in the journal why it failed. */
  let failedHere: number | null = null;

  /** Answers how long it is until the next look. */
  const look = async (): Promise<number> => {
    const due = await dueAt(shop, openedAt, failedHere);
    if (shop.now() >= due && !(await makeBackup(config, logger, leaving.signal))) failedHere = shop.now();
    return (await dueAt(shop, openedAt, failedHere)) - shop.now();
  };
  const start = (): void => {
    underWay = look()
      .catch((error: unknown) => {
        // The store could not be asked, or no process be started: that passes, and the night comes all the same.
        logger.error({ err: error }, 'the nightly backup failed');
        return lookAgainMs;
      })
      .then((next) => {
        if (leaving.signal.aborted) return;
        timer = setTimeout(start, Math.min(lookAgainMs, Math.max(SOON_MS, next))).unref();
      });
  };
  start();
  return async () => {
    leaving.abort();
    if (timer) clearTimeout(timer);
    await underWay;
  };
}

async function dueAt({ store, now }: Shop, openedAt: number, failedHere: number | null): Promise<number> {
  const { backupMade, backupFailed } = await store.vitals();
  const failed = Math.max(backupFailed?.at ?? 0, failedHere ?? 0) || null;
  return nextBackupAt(backupMade?.at ?? null, failed, openedAt, now());
}

/** False where it failed. */
async function makeBackup(config: Config, logger: Logger, signal: AbortSignal): Promise<boolean> {
  const folder = config.BACKUP_DIR ? ['--to', config.BACKUP_DIR] : [];
  const { code, lines } = await runBackup(['--keep-days', String(KEPT_DAYS), ...folder], signal);
  if (signal.aborted) return true;
  if (code === 0) logger.info({ lines }, 'the nightly backup was made and compared');
  else logger.error({ lines, code }, 'the nightly backup did not do all that it should');
  return code === 0;
}
