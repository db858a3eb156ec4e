// The backup that nobody has to think of: every night, in a process of its own, so that the shop does not feel it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { nextBackupAt } from './domain/backup.ts';
import type { Shop } from './http/shop.ts';

const SWATI = fileURLToPath(new URL('./cli/swati.js', import.meta.url));
const KEPT = 14;
/** However far the night is, the clock is looked at again after this: it may have been set. */
const LOOK_AGAIN_MS = 10 * 60_000;
const SOON_MS = 1000;

/** Answers how to stop; a backup that is under way is ended, which leaves no archive that is not whole. */
export function startNightlyBackup(shop: Shop, config: Config, logger: Logger): () => Promise<void> {
  const openedAt = shop.now();
  const leaving = new AbortController();
  let timer: NodeJS.Timeout | null = null;
  let underWay: Promise<void> = Promise.resolve();

  const look = async (): Promise<void> => {
    const due = await dueAt(shop, openedAt);
    if (shop.now() >= due) await runBackup(config, logger, leaving.signal);
    const next = (await dueAt(shop, openedAt)) - shop.now();
    if (leaving.signal.aborted) return;
    timer = setTimeout(start, Math.min(LOOK_AGAIN_MS, Math.max(SOON_MS, next))).unref();
  };
  const start = (): void => {
    underWay = look().catch((error: unknown) => logger.error({ err: error }, 'the nightly backup failed'));
  };
  start();
  return async () => {
    leaving.abort();
    if (timer) clearTimeout(timer);
    await underWay;
  };
}

async function dueAt({ store, now }: Shop, openedAt: number): Promise<number> {
  const { backupMade, backupFailed } = await store.vitals();
  return nextBackupAt(backupMade?.at ?? null, backupFailed?.at ?? null, openedAt, now());
}

/** Its own words go to the log; what came of it stands in the journal. */
async function runBackup(config: Config, logger: Logger, signal: AbortSignal): Promise<void> {
  const words = ['backup', '--keep', String(KEPT), ...(config.BACKUP_DIR ? ['--to', config.BACKUP_DIR] : [])];
  const child = spawn(process.execPath, [...process.execArgv, SWATI, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => lines.push(...text.trimEnd().split('\n')));
  }
  const code = await once(child, 'close').then(
    ([exitCode]) => exitCode as number | null,
    (error: unknown) => {
      if (!signal.aborted) throw error;
      return null;
    },
  );
  if (signal.aborted) return;
  if (code === 0) logger.info({ lines }, 'the nightly backup was made and compared');
  else logger.error({ lines, code }, 'the nightly backup was not made');
}
