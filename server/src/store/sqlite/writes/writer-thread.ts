// The thread that holds the only writing connection. It drains what is waiting into one transaction at a time.
// It never retries a failed sync: it dies, and its owner ends the process.

import { parentPort, workerData } from 'node:worker_threads';
import { StoreRefused } from '../../store-refused.ts';
import type { Connection } from '../database.ts';
import { openForWriting } from '../open-for-writing.ts';
import { type Answer, type Command, Door } from './door.ts';
import { type Parcel, pack, unpack } from './parcel.ts';
import { runPatiently } from './run-patiently.ts';

/** What the owner sends. */
export type ToWriter = Parcel[] | 'close';
/** What a parcel to the writer holds. */
export interface SentCommand {
  id: number;
  command: Command;
}
/** What the thread answers. */
export type FromWriter =
  | { kind: 'ready' }
  | { kind: 'refused'; reason: string }
  | { kind: 'answers'; answers: Parcel[] };
/** What a parcel of answers holds. */
export interface SentAnswer {
  id: number;
  answer: Answer;
}

const MAX_GROUP = 256;
/** A sync that takes longer than this is dear: waiting for company then costs less than another one. */
const SLOW_SYNC_MS = 2;
const MAX_WAIT_MS = 4;

const port = parentPort;
if (!port) throw new Error('the writer runs as a worker thread only');
const { file, at } = workerData as { file: string; at: number };

const queue: SentCommand[] = [];
let draining = false;
let closing = false;
let onArrival: (() => void) | null = null;

const db = await open();
if (db) serve(db);

async function open(): Promise<Connection | null> {
  try {
    return await openForWriting(file, at);
  } catch (error) {
    if (!(error instanceof StoreRefused)) throw error;
    send({ kind: 'refused', reason: error.message });
    return null;
  }
}

function serve(db: Connection): void {
  const door = new Door(db);
  port?.on('message', (message: ToWriter) => {
    if (message === 'close') closing = true;
    else for (const parcel of message) queue.push(unpack<SentCommand>(parcel));
    onArrival?.();
    if (draining) return;
    draining = true;
    setImmediate(() => void drain(db, door));
  });
  send({ kind: 'ready' });
}

async function drain(db: Connection, door: Door): Promise<void> {
  while (queue.length > 0) {
    // Where a sync is cheap, half of those who wait: while they are answered and come back, the other half is written.
    const half = Math.ceil(queue.length / 2);
    const group = queue.splice(0, door.syncMs < SLOW_SYNC_MS ? Math.min(half, MAX_GROUP) : MAX_GROUP);
    const commands = group.map((member) => member.command);
    const answers = await runPatiently(door, commands);
    send({
      kind: 'answers',
      answers: group.map(({ id }, index) =>
        pack({ id, answer: answers[index] as Answer } satisfies SentAnswer),
      ),
    });
    await gather(group.length + queue.length, door.syncMs);
  }
  draining = false;
  if (closing) {
    db.close();
    port?.close();
  }
}

/**
 * Lets the messages that arrived during the commit join the next group. On a slow disk, where others wait already, it
 * gives the callers just answered a moment to come back: else they fall into two halves that sync in turn.
 */
function gather(callers: number, syncMs: number): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(() => {
      if (closing || syncMs < SLOW_SYNC_MS || queue.length === 0 || queue.length >= callers) return resolve();
      const go = (): void => {
        clearTimeout(timer);
        onArrival = null;
        resolve();
      };
      const timer = setTimeout(go, Math.min(syncMs, MAX_WAIT_MS));
      onArrival = () => {
        if (closing || queue.length >= callers) go();
      };
    });
  });
}

function send(message: FromWriter): void {
  port?.postMessage(message);
}
