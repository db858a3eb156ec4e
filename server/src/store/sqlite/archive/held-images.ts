// Holds on to the files of images under names of our own, while they are read: one that is removed a moment later is still
// there.

import { hash } from 'node:crypto';
import { copyFileSync, linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { imagePath } from '../image-files.ts';

const PREFIX = '.images-';
/** No reading takes so long. */
const LEFT_AFTER_MS = 24 * 3_600_000;
/** Numbers of processes are of one machine, or of one container of it. */
const MACHINE = hash('sha256', hostname()).slice(0, 8);

export class HeldImages {
  readonly #dataDir: string;
  readonly #folder: string;

  constructor(dataDir: string) {
    removeLeft(dataDir);
    this.#dataDir = dataDir;
    this.#folder = mkdtempSync(join(dataDir, `${PREFIX}${MACHINE}-${process.pid}-`));
  }

  /** False where there is no such file. */
  hold(name: string): boolean {
    const link = join(this.#folder, name);
    const path = imagePath(this.#dataDir, name);
    try {
      linkSync(path, link);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return false;
      // Held in a try before; or a file system without links.
      if (code !== 'EEXIST') copyFileSync(path, link);
    }
    return true;
  }

  read(name: string): Buffer {
    return readFileSync(join(this.#folder, name));
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** What a process has left that was killed: its links would keep the bytes of removed pictures for ever. */
function removeLeft(dataDir: string): void {
  for (const name of readdirSync(dataDir).filter((one) => one.startsWith(PREFIX))) {
    const folder = join(dataDir, name);
    if (!isOfTheDead(name) && !isOld(folder)) continue;
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another account's: a backup is worth more than its room.
    }
  }
}

function isOfTheDead(name: string): boolean {
  const [machine, pid] = name.slice(PREFIX.length).split('-');
  if (machine !== MACHINE || pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Made by an older program, on another machine, or by a process whose number another one has now. */
function isOld(folder: string): boolean {
  const made = statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
  return made !== undefined && made < Date.now() - LEFT_AFTER_MS;
}
