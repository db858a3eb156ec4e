// The bytes of uploaded images: files beside the database, each written whole and made durable before its row is.
// A file without a row is no harm: it is never served, and sweeping removes it.

import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { isImageName, isNamedBefore } from '../../domain/image-name.ts';
import { refuse } from '../../domain/shop-error.ts';
import { giveToOwner } from '../../system/give-to-owner.ts';

const UNFINISHED = '.part';

function imageFolder(dataDir: string): string {
  return join(dataDir, 'uploads', 'products');
}

export function imagePath(dataDir: string, name: string): string {
  if (!isImageName(name)) throw new Error('not the name of an image');
  return join(imageFolder(dataDir), name);
}

/** Writes the file so that after a power cut it is there whole or not at all. Refuses: storage_full. */
export function saveImageFile(dataDir: string, name: string, bytes: Uint8Array): void {
  const path = imagePath(dataDir, name);
  const unfinished = path + UNFINISHED;
  const folder = imageFolder(dataDir);
  try {
    if (mkdirSync(folder, { recursive: true }) !== undefined) {
      giveToOwner(dirname(folder));
      giveToOwner(folder);
      syncPath(dataDir);
      syncPath(dirname(folder));
    }
    writeFileSync(unfinished, bytes, { flush: true, mode: 0o600 });
    giveToOwner(unfinished);
    renameSync(unfinished, path);
    syncPath(folder);
  } catch (error) {
    rmSync(unfinished, { force: true });
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw refuse('storage_full');
    throw error;
  }
}

/** Removes an image's file after its row; one that cannot be removed now is swept later. */
export function removeImageFile(dataDir: string, file: string): void {
  try {
    rmSync(join(imageFolder(dataDir), file), { force: true });
  } catch {
    // Another program holds it, or the rights changed. Nothing serves a file without a row.
  }
}

/** The files of images named before an instant (the name holds it), unfinished ones included: file to image name. */
export function oldImageFiles(dataDir: string, before: number): Map<string, string> {
  const old = new Map<string, string>();
  for (const file of listFolder(imageFolder(dataDir))) {
    const name = file.endsWith(UNFINISHED) ? file.slice(0, -UNFINISHED.length) : file;
    if (isImageName(name) && isNamedBefore(name, before)) old.set(file, name);
  }
  return old;
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Makes what a folder or a file holds durable. Windows has no such call for folders and needs none. */
export function syncPath(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
