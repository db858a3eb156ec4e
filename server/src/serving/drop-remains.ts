// What a restore left in the folder of data that was ended before it could tidy up, at the next start. Only what nobody
// can be working on: whoever makes a generation has the folder alone all the while.

import { rmSync } from 'node:fs';
import type { Config } from '../config.ts';
import { listCutOff } from '../store/sqlite/generations.ts';
import { lockAlone, type ProcessLock } from '../store/sqlite/process-lock.ts';
import { StoreRefused } from '../store/store-refused.ts';

/** Before the shop is opened. Leaves all as it is where another process has it. */
export function dropRemains({ MONGODB_URI, DATA_DIR }: Config, say: (line: string) => void): void {
  if (MONGODB_URI !== undefined || listCutOff(DATA_DIR).length === 0) return;
  let lock: ProcessLock;
  try {
    lock = lockAlone(DATA_DIR);
  } catch (error) {
    if (error instanceof StoreRefused) return;
    throw error;
  }
  try {
    // Asked again: a restore may have ended meanwhile.
    for (const { name, folder } of listCutOff(DATA_DIR)) say(drop(name, folder));
  } finally {
    lock.release();
  }
}

function drop(name: string, folder: string): string {
  const what = `an earlier restore (${name}) did not finish: the shop stayed as it was`;
  try {
    rmSync(folder, { recursive: true, force: true });
    return `${what}; its remains are gone`;
  } catch (error) {
    // Another account's, as where root restored. They keep nobody from serving.
    return `${what}; its remains stay (${(error as Error).message}): remove ${folder}`;
  }
}
