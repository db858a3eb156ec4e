// What the system says of a file or a folder, in words that name what to do.

import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

type Say = (path: string) => string;

const SENTENCES: Readonly<Record<string, Say>> = {
  EACCES: (path) => `${path}: this account may not use it; give it the right, or name another place`,
  EPERM: (path) => `${path}: this account may not use it; give it the right, or name another place`,
  EROFS: (path) => `${path} is on a disk that cannot be written to: name another place`,
  ENOENT: (path) => `${path}: there is no such file or folder`,
  ENOTDIR: (path) => `${path}: a part of this path is a file and no folder; name another place`,
  EEXIST: (path) => `${path} is a file already, and a folder is needed: name another place`,
  EISDIR: (path) => `${path} is a folder, and a file is needed: name the file`,
  ENAMETOOLONG: (path) => `${path}: this name is too long; name a shorter one`,
  ELOOP: (path) => `${path}: its links lead in a circle; name another place`,
  ENOSPC: (path) => `${path}: the disk is full; make room there`,
  EDQUOT: (path) => `${path}: this account's part of the disk is full; make room there`,
  EMFILE: (path) => `${path}: too many files are open; raise the limit (ulimit -n)`,
};

/** Why nothing can be written into a folder, or into the one that is to hold it where it is not there yet; null where it can. */
export function folderTrouble(path: string): string | null {
  let nearest = resolve(path);
  try {
    while (!statSync(nearest, { throwIfNoEntry: false })) nearest = dirname(nearest);
    if (!statSync(nearest).isDirectory()) return SENTENCES.EEXIST?.(nearest) ?? null;
    accessSync(nearest, constants.R_OK | constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return describeFileTrouble(error, nearest) ?? `${nearest}: ${(error as Error).message}`;
  }
}

/** `path`: what was asked for, where the system does not repeat it. Null where it is no trouble with a file. */
export function describeFileTrouble(error: unknown, path = 'what was named'): string | null {
  if (!(error instanceof Error)) return null;
  const { code = '', path: named = path } = error as NodeJS.ErrnoException;
  return SENTENCES[code]?.(named) ?? null;
}
