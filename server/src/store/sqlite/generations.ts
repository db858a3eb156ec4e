// A folder of data may hold several generations of the shop: whatever replaces much at once (a restore) makes a new one
// beside the old, verifies it, and then switches one pointer. A crash leaves the shop as before or as after.
// The first generation is the folder itself; there is no pointer then.

import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveToOwner } from '../../system/give-to-owner.ts';
import { StoreRefused } from '../store-refused.ts';
import { syncPath } from './image-files.ts';
import { headFile } from './journal-head.ts';
import { readNote } from './read-note.ts';

const POINTER = 'current-generation';
const FOLDER = 'generations';
const FIRST = 'first';
const UNFINISHED = '.unfinished';
/** Stands in a generation that was the shop and stays, though it is later than the one that is the shop. */
const REPLACED = 'replaced';
/** Stands in a folder that a shop is being moved into, and says from where. */
const ARRIVAL = 'arriving';
const NAME = /^\d{8}T\d{9}Z$/;

export interface Generation {
  name: string;
  folder: string;
  current: boolean;
  /** When its database was last written to, milliseconds since 1970. */
  lastWrite: number;
}

/** Where the database and the images of the shop stand now. Throws StoreRefused where the pointer leads nowhere. */
export function currentFolder(dataDir: string): string {
  const from = arrivalFrom(dataDir);
  if (from !== null) {
    throw new StoreRefused(
      `a move from ${from} into ${dataDir} has not finished: run the same swati move again, or use the shop where it was`,
    );
  }
  const generations = listGenerations(dataDir);
  const current = generations.find((generation) => generation.current);
  if (current) return current.folder;
  const name = readPointer(dataDir);
  // Nobody was here before.
  if (name === FIRST && generations.length === 0) return dataDir;
  const says = name === FIRST ? 'is gone' : `names the generation "${name}", which is not there`;
  const names = generations.map((generation) => generation.name);
  const mend =
    names.length === 0
      ? ''
      : `make the one that was the shop it again with swati restore --back-to NAME (${names.join(', ')}), or `;
  throw new StoreRefused(
    `${join(dataDir, POINTER)} ${says}: ${mend}restore a backup with swati restore FILE --replace`,
  );
}

/** A new folder for a generation that nobody uses yet. Its name is the last of all, also where the clock went back. */
export function newGeneration(dataDir: string, at: number): { name: string; folder: string } {
  const newest = listGenerations(dataDir).at(-1)?.name ?? FIRST;
  const name = nameOf(newest === FIRST ? at : Math.max(at, instantOf(newest) + 1));
  const folder = join(dataDir, FOLDER, name);
  mkdirSync(join(dataDir, FOLDER), { recursive: true, mode: 0o700 });
  giveToOwner(join(dataDir, FOLDER));
  mkdirSync(unfinished(folder), { mode: 0o700 });
  giveToOwner(unfinished(folder));
  return { name, folder: unfinished(folder) };
}

/** From here on the shop is this generation: one rename decides. */
export function switchTo(dataDir: string, name: string): void {
  const folder = join(dataDir, FOLDER, name);
  renameSync(unfinished(folder), folder);
  syncPath(join(dataDir, FOLDER));
  pointTo(dataDir, name);
}

/** Makes a generation that was kept the shop again; all others stay, until `dropOldGenerations`. */
export function switchBack(dataDir: string, name: string): void {
  for (const other of listGenerations(dataDir)) {
    if (other.name === name || other.name === FIRST) continue;
    const mark = join(other.folder, REPLACED);
    writeFileSync(mark, '', { mode: 0o600, flush: true });
    giveToOwner(mark);
    syncPath(other.folder);
  }
  pointTo(dataDir, name);
}

function pointTo(dataDir: string, name: string): void {
  const pointer = join(dataDir, POINTER);
  writeFileSync(`${pointer}.new`, `${name}\n`, { mode: 0o600, flush: true });
  giveToOwner(`${pointer}.new`);
  renameSync(`${pointer}.new`, pointer);
  syncPath(dataDir);
}

/** Marks the folder as one that a shop is moving into: nobody opens it as a shop meanwhile. */
export function startArrival(dataDir: string, from: string): void {
  writeFileSync(join(dataDir, ARRIVAL), `${from}\n`, { mode: 0o600, flush: true });
  giveToOwner(join(dataDir, ARRIVAL));
  syncPath(dataDir);
}

export function endArrival(dataDir: string): void {
  rmSync(join(dataDir, ARRIVAL), { force: true });
  syncPath(dataDir);
}

/** From where a shop is moving into the folder, or null. */
export function arrivalFrom(dataDir: string): string | null {
  return readNote(join(dataDir, ARRIVAL))?.trim() ?? null;
}

/** Every generation that has a database, the oldest first. */
export function listGenerations(dataDir: string): Generation[] {
  const current = readPointer(dataDir);
  const later = existsSync(join(dataDir, FOLDER))
    ? readdirSync(join(dataDir, FOLDER))
        .filter((name) => NAME.test(name))
        .sort()
    : [];
  return [FIRST, ...later].flatMap((name) => {
    const folder = name === FIRST ? dataDir : join(dataDir, FOLDER, name);
    const stats = statSync(join(folder, 'shop.db'), { throwIfNoEntry: false });
    return stats ? [{ name, folder, current: name === current, lastWrite: stats.mtimeMs }] : [];
  });
}

/** Removes every generation but the current one; answers what went. Throws StoreRefused where none is current. */
export function dropOldGenerations(dataDir: string): string[] {
  currentFolder(dataDir);
  const old = listGenerations(dataDir).filter(({ current }) => !current);
  for (const { name, folder } of old) {
    if (name !== FIRST) {
      rmSync(folder, { recursive: true, force: true });
      continue;
    }
    for (const tail of ['', '-wal', '-shm']) rmSync(join(folder, `shop.db${tail}`), { force: true });
    rmSync(headFile(folder), { force: true });
    rmSync(join(folder, 'uploads'), { recursive: true, force: true });
  }
  return old.map(({ name }) => name);
}

/**
 * What a crash left of generations that were never switched to; removes them and answers their names. Where the pointer
 * leads nowhere, each that is whole may be the shop, and stays.
 */
export function dropUnfinished(dataDir: string): string[] {
  const folder = join(dataDir, FOLDER);
  if (!existsSync(folder)) return [];
  const current = listGenerations(dataDir).find((generation) => generation.current)?.name;
  const isLanding = arrivalFrom(dataDir) !== null;
  // The names rise with time: one that is later than the current generation was never switched to, or is marked.
  const isLater = (name: string): boolean =>
    current === undefined ? isLanding : current === FIRST || name > current;
  const remains = readdirSync(folder).filter(
    (name) =>
      name.endsWith(UNFINISHED) ||
      (NAME.test(name) && isLater(name) && !existsSync(join(folder, name, REPLACED))),
  );
  for (const name of remains) rmSync(join(folder, name), { recursive: true, force: true });
  return remains.map((name) => name.replace(UNFINISHED, ''));
}

/** Folders of generations that were never finished, and that no move will look for: nobody's, while nobody has the shop. */
export function listCutOff(dataDir: string): { name: string; folder: string }[] {
  const folder = join(dataDir, FOLDER);
  if (!existsSync(folder) || arrivalFrom(dataDir) !== null) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(UNFINISHED))
    .map((name) => ({ name: name.replace(UNFINISHED, ''), folder: join(folder, name) }));
}

function nameOf(at: number): string {
  return new Date(at).toISOString().replaceAll(/[-:.]/g, '');
}

function instantOf(name: string): number {
  return Date.parse(name.replace(/(....)(..)(..)T(..)(..)(..)(...)Z/, '$1-$2-$3T$4:$5:$6.$7Z'));
}

function unfinished(folder: string): string {
  return folder + UNFINISHED;
}

function readPointer(dataDir: string): string {
  return readNote(join(dataDir, POINTER))?.trim() ?? FIRST;
}
