import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { giveToOwner } from './give-to-owner.ts';

/**
 * Makes a folder that somebody named, closed to others, and those above it. Throws the system's error. Node's own
 * `recursive` never ends where the folder above is there and nothing can be made in it, as in /proc.
 */
export function makeFolder(path: string): void {
  const folder = resolve(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const above = dirname(folder);
  if (above !== folder && !statSync(above, { throwIfNoEntry: false })) makeFolder(above);
  try {
    mkdirSync(folder, { mode: 0o700 });
    giveToOwner(folder);
  } catch (error) {
    // Another process of the shop may have made it meanwhile.
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}
