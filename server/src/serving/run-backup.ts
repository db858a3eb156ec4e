// A backup in a process of its own, so that the shop does not feel it: the command that people run, at a lower priority.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';

/** In the environment of a backup that the shop's server makes, which is not the doing of its account at the machine. */
export const OF_THE_SHOP = 'SWATI_BACKUP_OF_THE_SHOP';
const SWATI = fileURLToPath(new URL('../cli/swati.js', import.meta.url));

export interface BackupEnd {
  /** 0: made and compared. Null: it was killed. */
  code: number | null;
  /** Its own words, for the log; what came of it stands in the journal. */
  lines: string[];
}

/**
 * `words`: options of `swati backup`. `signal` ends it, which leaves no archive that is not whole. Rejects where no process
 * could be started.
 */
export async function runBackup(
  words: readonly string[],
  signal?: AbortSignal,
  environment?: NodeJS.ProcessEnv,
): Promise<BackupEnd> {
  const child = spawn(process.execPath, [...process.execArgv, SWATI, 'backup', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // biome-ignore lint/style/noProcessEnv: handed on as it is; the command reads it.
    env: { ...(environment ?? process.env), [OF_THE_SHOP]: 'true' },
    ...(signal ? { signal } : {}),
  });
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => lines.push(...text.trimEnd().split('\n')));
  }
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, lines };
  } catch (error) {
    if (!signal?.aborted) throw error;
    return { code: null, lines };
  }
}
