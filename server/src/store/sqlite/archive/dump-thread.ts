// The thread that reads a whole database at one moment, page by page, as its owner asks for them. The shop goes on
// meanwhile; what is written grows the log until the reading ends, so its owner must not wait for a slow client.

import { parentPort, workerData } from 'node:worker_threads';
import { IMAGE_BYTES, toArchiveLine } from '../../archive/archive-page.ts';
import type { ArchivePage } from '../../backup-store.ts';
import { openConnection } from '../database.ts';
import { archivedTables } from './archived-tables.ts';
import { HeldImages } from './held-images.ts';

const PAGE_ROWS = 500;
const MAX_TRIES = 5;

const port = parentPort;
if (!port) throw new Error('the dump runs as a worker thread only');
const { file } = workerData as { file: string };

/** What the owner sends: the next page, or the end before time. */
export type ToDump = 'next' | 'stop';

const db = openConnection(file, 'read');
const held = new HeldImages(db.folder);
const pages = dump();
port.on('message', (message: ToDump) => {
  let page: ArchivePage | null = null;
  try {
    const step = message === 'next' ? pages.next() : null;
    page = step === null || step.done ? null : step.value;
    port.postMessage(page);
  } finally {
    // Also where it failed: whoever asked hears of that from the thread itself.
    if (page === null) {
      db.close();
      held.close();
      port.close();
    }
  }
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
 * Fixes the moment that is read, and holds on to the files of its images. Answers their names, in order, each with whether
 * there is such a file.
 */
function holdImages(): Map<string, boolean> {
  let missedBefore = new Set<string>();
  for (let tries = 1; ; tries++) {
    db.exec('BEGIN');
    const rows = db.all<{ name: string }>('SELECT DISTINCT name FROM images ORDER BY name');
    const images = new Map(rows.map(({ name }) => [name, held.hold(name)]));
    const missed = [...images].filter(([, isHeld]) => !isHeld).map(([name]) => name);
    // One that was removed between the two is not in the next moment any more. Others are missing.
    if (missed.every((name) => missedBefore.has(name)) || tries === MAX_TRIES) return images;
    missedBefore = new Set(missed);
    db.exec('COMMIT');
  }
}

/** A picture whose file is missing keeps nobody from a backup: it has no bytes there, as it has none here. */
function* imagePages(images: ReadonlyMap<string, boolean>): Generator<ArchivePage> {
  for (const [name, isHeld] of images) {
    const base64 = isHeld ? held.read(name).toString('base64') : '';
    yield { table: IMAGE_BYTES, lines: [toArchiveLine({ base64, name })] };
  }
}
