// Backups that people ask for: starts one, unless one is under way, and shows the archives there are. Whether one is under
// way is told by the lock that every backup of this machine holds, whoever started it.

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { archiveMadeAt } from '../domain/backup.ts';
import type { Archive, BackupDesk, BackupLog } from '../http/shop.ts';
import { backupUnderWaySince } from '../store/sqlite/process-lock.ts';
import { runBackup } from './run-backup.ts';

const LOOK_MS = 50;
/** A busy machine takes its time to start a process; clients do not wait for ever. */
const PATIENCE_MS = 5_000;
const SHOWN = 100;
/** A folder on another machine may not answer for minutes. */
const FOLDER_PATIENCE_MS = 3_000;

export interface BackupPlace {
  dataDir: string;
  folder: string;
  /** The settings of the command; otherwise those of this process. */
  environment?: NodeJS.ProcessEnv;
  /** How long whoever asks is kept waiting for it to begin. */
  patienceMs?: number;
}

export function backupDesk({ dataDir, folder, environment, ...place }: BackupPlace): BackupDesk {
  const { patienceMs = PATIENCE_MS } = place;
  let starting: Promise<boolean> | null = null;
  /** When the process was started that makes one now. */
  let startedAt: number | null = null;
  let looking: Promise<Archive[] | null> | null = null;

  const make = async (log: BackupLog, signal?: AbortSignal): Promise<boolean> => {
    startedAt = Date.now();
    try {
      const { code, lines } = await runBackup(['--to', folder], signal, environment);
      if (code === 0) log.info({ lines }, 'the backup that was asked for was made and compared');
      else log.error({ code, lines }, 'the backup that was asked for did not do all that it should');
      return code === 0;
    } catch (error) {
      log.error({ err: error }, 'the backup that was asked for could not be started');
      return false;
    } finally {
      startedAt = null;
    }
  };

  const begin = async (log: BackupLog, signal?: AbortSignal): Promise<boolean> => {
    const made = make(log, signal);
    const until = performance.now() + patienceMs;
    while (backupUnderWaySince(dataDir) === null && performance.now() < until) {
      const isMade = await Promise.race([made, pause(LOOK_MS)]);
      if (isMade !== null) return isMade;
    }
    return true;
  };

  const underWaySince = (): number | null => backupUnderWaySince(dataDir) ?? startedAt;

  return {
    underWaySince,
    // Two who ask at one time are answered by one backup.
    start: async (log, signal) => {
      if (starting === null && underWaySince() !== null) return true;
      starting ??= begin(log, signal).finally(() => {
        starting = null;
      });
      return starting;
    },
    archives: () => {
      // One look at a time: a folder that does not answer keeps one of the system's few threads.
      looking ??= listArchives(folder)
        .catch(() => null)
        .finally(() => {
          looking = null;
        });
      return Promise.race([looking, pause(FOLDER_PATIENCE_MS)]);
    },
  };
}

async function listArchives(folder: string): Promise<Archive[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const archives: Archive[] = [];
  for (const file of names) {
    const madeAt = archiveMadeAt(file);
    if (madeAt !== null) archives.push({ file, madeAt, bytes: (await stat(join(folder, file))).size });
  }
  return archives.sort((a, b) => b.madeAt - a.madeAt).slice(0, SHOWN);
}

function pause(milliseconds: number): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, null).unref());
}
