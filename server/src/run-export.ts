// Starts the thread of an export and passes its bytes on: a chunk is asked for when the one before was taken, so that
// a slow client makes the thread wait, and neither keeps more than a chunk.

import { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { ExportJob } from './domain/export.ts';
import { refuse } from './domain/shop-error.ts';

/** Each takes a processor for a while; more of them would only wait for each other. */
const MOST_AT_ONCE = 4;

export function exportRunner(dataDir: string): (job: ExportJob) => Readable {
  let running = 0;
  return (job) => {
    if (running >= MOST_AT_ONCE) throw refuse('busy', { retryAfterSeconds: 10 });
    running++;
    const worker = new Worker(new URL('./export-thread.ts', import.meta.url), {
      workerData: { dataDir, job },
      // Rows are short-lived: a small nursery is as fast and keeps the thread small.
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    });
    const bytes = new Readable({
      highWaterMark: 1,
      read: () => worker.postMessage('more'),
      destroy: (error, done) => {
        worker.terminate().then(() => done(error), done);
      },
    });
    let isWhole = false;
    worker.on('message', (chunk: Uint8Array | null) => {
      isWhole = chunk === null;
      bytes.push(chunk);
    });
    worker.once('error', (error) => bytes.destroy(error as Error));
    worker.once('exit', () => {
      running--;
      if (!isWhole) bytes.destroy(new Error('the exporting thread ended early'));
    });
    return bytes;
  };
}
