// Holds on to the files of images under names of our own, while they are read: one that is removed a moment later is still
// there.

import { copyFileSync, linkSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { imagePath } from '../image-files.ts';

export class HeldImages {
  readonly #dataDir: string;
  readonly #folder: string;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
    this.#folder = mkdtempSync(join(dataDir, '.images-'));
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
