// The thread of one export. What may change while it is read is written to a file first, all of one moment, so that
// nothing is held while a client takes its time; entries of the ledger never change, and go out as they are read.

import { randomUUID } from 'node:crypto';
import { appendFileSync, createReadStream, openSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { ExportJob } from '../domain/export.ts';
import { exportBytes } from '../features/exports/export-bytes.ts';
import type { ExportReader } from '../store/export-store.ts';
import { SHOP_ID } from '../store/shop-id.ts';
import { openExportReader } from '../store/sqlite/exports.ts';
import { currentFolder } from '../store/sqlite/generations.ts';
import type { ExportPlace } from './run-export.ts';

const CHUNK_BYTES = 128 * 1024;

const { place, job } = workerData as { place: ExportPlace; job: ExportJob };
const { dataDir, cluster } = place;
const folder = cluster === null ? currentFolder(dataDir) : dataDir;

let asked = Promise.withResolvers<void>();
parentPort?.on('message', () => asked.resolve());

for await (const chunk of inChunks(job.table === 'khata' ? asRead() : spooled())) {
  await asked.promise;
  asked = Promise.withResolvers();
  parentPort?.postMessage(chunk, [chunk.buffer]);
}
parentPort?.postMessage(null);
parentPort?.close();

async function openReader(mode: 'moment' | 'slow'): Promise<ExportReader> {
  if (cluster === null) return openExportReader(join(folder, 'shop.db'), SHOP_ID, mode);
  // The driver takes its time to load: only whoever uses it waits for it.
  const { connectExportReader } = await import('../store/mongo/exports.ts');
  return connectExportReader(cluster, mode, job, folder);
}

async function* asRead(): AsyncGenerator<Buffer> {
  const reader = await openReader('slow');
  yield* exportBytes(reader, job);
  await reader.close();
}

async function* spooled(): AsyncGenerator<Buffer> {
  const path = join(folder, `export-${randomUUID()}.tmp`);
  const spool = openSync(path, 'wx+', 0o600);
  // Without a name it is gone with this thread, however that ends: so nothing may come between these two.
  unlinkSync(path);
  const reader = await openReader('moment');
  for await (const bytes of inChunks(exportBytes(reader, job))) appendFileSync(spool, bytes);
  await reader.close();
  const options = { fd: spool, start: 0, highWaterMark: CHUNK_BYTES };
  yield* createReadStream(path, options) as AsyncIterable<Buffer>;
}

/** Small pieces gathered: each costs a turn of two threads. */
async function* inChunks(pieces: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const piece of pieces) {
    held.push(piece);
    size += piece.length;
    if (size < CHUNK_BYTES) continue;
    yield gathered(held, size);
    held = [];
    size = 0;
  }
  if (size > 0) yield gathered(held, size);
}

/** In memory of its own, which can be handed over without a copy. */
function gathered(pieces: readonly Buffer[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
