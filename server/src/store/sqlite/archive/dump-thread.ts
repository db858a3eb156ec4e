// The thread that reads a whole database at one moment, page by page, as its owner asks for them. The shop goes on
// meanwhile; what is written grows the log until the reading ends, so its owner must not wait for a slow client.

import { copyFileSync, linkSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { IMAGE_BYTES, toArchiveLine } from '../../archive/archive-page.ts';
import type { ArchivePage } from '../../backup-store.ts';
import { openConnection } from '../database.ts';
import { imagePath } from '../image-files.ts';
import { archivedTables } from './archived-tables.ts';

const PAGE_ROWS = 500;
const MAX_TRIES = 5;

const port = parentPort;
if (!port) throw new Error('the dump runs as a worker thread only');
const { file } = workerData as { file: string };

/** What the owner sends: the next page, or the end before time. */
export type ToDump = 'next' | 'stop';

const db = openConnection(file, 'read');
const links = mkdtempSync(join(db.folder, '.images-'));
const pages = dump();
port.on('message', (message: ToDump) => {
  const step = message === 'next' ? pages.next() : null;
  const page = step === null || step.done ? null : step.value;
  port.postMessage(page satisfies ArchivePage | null);
  if (page !== null) return;
  db.close();
  rmSync(links, { recursive: true, force: true });
  port.close();
});

function* dump(): Generator<ArchivePage> {
  const images = holdImages();
  let imagesSent = false;
  for (const table of archivedTables(db)) {
    if (!imagesSent && table.name > IMAGE_BYTES) {
      imagesSent = true;
      yield* imagePages(images);
    }
    const columns = table.columns.map((name) => `"${name}"`).join(', ');
    const order = table.order.map((name) => `"${name}"`).join(', ');
    let lines: string[] = [];
    for (const row of db.each(`SELECT ${columns} FROM "${table.name}" ORDER BY ${order}`)) {
      lines.push(toArchiveLine(row));
      if (lines.length < PAGE_ROWS) continue;
      yield { table: table.name, lines };
      lines = [];
    }
    if (lines.length > 0) yield { table: table.name, lines };
  }
  if (!imagesSent) yield* imagePages(images);
  db.exec('COMMIT');
}

/**
 * Fixes the moment that is read, and holds on to the files of its images under names of our own: one that is removed
 * a moment later is still there to be read. Answers their names, in order.
 */
function holdImages(): string[] {
  for (let tries = 1; ; tries++) {
    db.exec('BEGIN');
    const names = db
      .all<{ name: string }>('SELECT DISTINCT name FROM images ORDER BY name')
      .map(({ name }) => name);
    try {
      for (const name of names) hold(imagePath(db.folder, name), join(links, name));
      return names;
    } catch (error) {
      // One was removed between the two: the next moment does not have it any more.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || tries === MAX_TRIES) throw error;
      db.exec('COMMIT');
    }
  }
}

function hold(path: string, link: string): void {
  try {
    linkSync(path, link);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Held in the try before; or a file system without links.
    if (code === 'EEXIST') return;
    if (code === 'ENOENT') throw error;
    copyFileSync(path, link);
  }
}

function* imagePages(names: readonly string[]): Generator<ArchivePage> {
  for (const name of names) {
    const base64 = readFileSync(join(links, name)).toString('base64');
    yield { table: IMAGE_BYTES, lines: [toArchiveLine({ base64, name })] };
  }
}
