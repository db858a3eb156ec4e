// The thread that holds the only writing connection. It drains what is waiting into one transaction at a time.
// It never retries a failed sync: it dies, and its owner ends the process.

import { parentPort, workerData } from 'node:worker_threads';
import { type Connection, StoreRefused } from '../database.ts';
import { openForWriting } from '../open-for-writing.ts';
import { type Answer, type Command, Door } from './door.ts';
import { runPatiently } from './run-patiently.ts';

/** What the owner sends. */
export type ToWriter = SentCommand[] | 'close';
export interface SentCommand {
  id: number;
  command: Command;
}
/** What the thread answers. */
export type FromWriter =
  | { kind: 'ready' }
  | { kind: 'refused'; reason: string }
  | { kind: 'answers'; answers: { id: number; answer: Answer }[] };

const MAX_GROUP = 256;

const port = parentPort;
if (!port) throw new Error('the writer runs as a worker thread only');
const { file, at } = workerData as { file: string; at: number };

const queue: SentCommand[] = [];
let draining = false;
let closing = false;

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
    else queue.push(...message);
    if (draining) return;
    draining = true;
    setImmediate(() => void drain(db, door));
  });
  send({ kind: 'ready' });
}

async function drain(db: Connection, door: Door): Promise<void> {
  while (queue.length > 0) {
    const group = queue.splice(0, MAX_GROUP);
    const commands = group.map((member) => member.command);
    const answers = await runPatiently(door, commands);
    send({
      kind: 'answers',
      answers: group.map((member, index) => ({ id: member.id, answer: answers[index] as Answer })),
    });
    // Lets the messages that arrived during the commit join the next group.
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  draining = false;
  if (closing) {
    db.close();
    port?.close();
  }
}

function send(message: FromWriter): void {
  port?.postMessage(message);
}
