// Starts the thread of an export and passes its bytes on: a chunk is asked for when the one before was taken, so that
// a slow client makes the thread wait, and neither keeps more than a chunk.

import { Readable, type Writable } from 'node:stream';
import type { ExportJob } from '../domain/export.ts';
import { refuse } from '../domain/shop-error.ts';
import type { ExportCluster } from '../store/mongo/exports.ts';
import { SentMemory } from '../system/sent-memory.ts';
import { startThread } from '../system/start-thread.ts';

/** Each takes a processor for a while; more of them would only wait for each other. */
const MOST_AT_ONCE = 4;

/** Where the rows are: in a cluster, or else in the folder, which also holds what is spooled. */
export interface ExportPlace {
  dataDir: string;
  cluster: ExportCluster | null;
}

/** `to`: where the bytes are piped, and nothing else. */
export function exportRunner(place: ExportPlace): (job: ExportJob, to: Writable) => Readable {
  let running = 0;
  return (job, to) => {
    if (running >= MOST_AT_ONCE) throw refuse('busy', { retryAfterSeconds: 10 });
    running++;
    const worker = startThread(new URL('./export-thread.ts', import.meta.url), {
      workerData: { place, job },
      // Rows are short-lived, and a page of them is small: more room would only be kept for them.
      resourceLimits: { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 128 },
    });
    const bytes = new Readable({
      highWaterMark: 1,
      read: () => worker.postMessage('more'),
      destroy: (error, done) => {
        worker.terminate().then(() => done(error), done);
      },
    });
    const sent = new SentMemory(to, bytes);
    // Before the pipe goes on: then nothing that was written is unsent.
    to.prependListener('drain', () => sent.free());
    let isWhole = false;
    worker.on('message', (chunk: Uint8Array<ArrayBuffer> | null) => {
      isWhole = chunk === null;
      sent.free();
      if (chunk) sent.add(chunk);
      bytes.push(chunk);
    });
    // Until it is sent nobody else listens, and an error that nobody hears would end the process.
    bytes.on('error', () => undefined);
    worker.once('error', (error) => bytes.destroy(told(error as NodeJS.ErrnoException)));
    worker.once('exit', () => {
      running--;
      if (!isWhole) bytes.destroy(new Error('the exporting thread ended early'));
    });
    return bytes;
  };
}

/** What is spooled needs room on the disk. */
function told(error: NodeJS.ErrnoException): Error {
  return error.code === 'ENOSPC' || error.code === 'EDQUOT' ? refuse('storage_full') : error;
}
