// The thread that holds the only writing connection. It drains what is waiting into one transaction at a time.
// It never retries a failed sync: it dies, and its owner ends the process.

import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { openConnection, StoreRefused, sqliteTrouble } from '../database.ts';
import { migrate } from '../migrate.ts';
import { type Answer, type Command, Door } from './door.ts';

/** What the owner sends. */
export type ToWriter = { id: number; command: Command } | 'close';
/** What the thread answers. */
export type FromWriter =
  | { kind: 'ready' }
  | { kind: 'refused'; reason: string }
  | { kind: 'answers'; answers: { id: number; answer: Answer }[] };

const MAX_GROUP = 256;
const BUSY_LIMIT_MS = 10_000;

const port = parentPort;
if (!port) throw new Error('the writer runs as a worker thread only');
const { file, at } = workerData as { file: string; at: number };

const db = open();
const door = db && new Door(db);
const queue: { id: number; command: Command }[] = [];
let draining = false;
let closing = false;

if (door) {
  port.on('message', (message: ToWriter) => {
    if (message === 'close') closing = true;
    else queue.push(message);
    if (!draining) {
      draining = true;
      setImmediate(() => void drain(door));
    }
  });
  send({ kind: 'ready' });
}

function open() {
  try {
    const connection = openConnection(file, 'write');
    migrate(connection, at);
    return connection;
  } catch (error) {
    const unreadable =
      sqliteTrouble(error) === null ? null : `${file} cannot be used: ${(error as Error).message}`;
    const reason = error instanceof StoreRefused ? error.message : unreadable;
    if (reason === null) throw error;
    send({ kind: 'refused', reason });
    return null;
  }
}

async function drain(open: Door): Promise<void> {
  while (queue.length > 0) {
    const group = queue.splice(0, MAX_GROUP);
    const answers = await runPatiently(
      open,
      group.map((member) => member.command),
    );
    send({
      kind: 'answers',
      answers: group.map((member, index) => ({ id: member.id, answer: answers[index] as Answer })),
    });
    // Lets the messages that arrived during the commit join the next group.
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  draining = false;
  if (closing) {
    db?.close();
    port?.close();
  }
}

/** Waits for another process's write (the command line is a rare second writer), at most 10 s. */
async function runPatiently(open: Door, commands: Command[]): Promise<Answer[]> {
  const started = performance.now();
  for (;;) {
    try {
      return open.runGroup(commands);
    } catch (error) {
      const trouble = sqliteTrouble(error);
      if (trouble === 'full') return refuseAll(commands, { code: 'storage_full' });
      if (trouble !== 'busy') throw error;
      if (performance.now() - started > BUSY_LIMIT_MS) {
        return refuseAll(commands, { code: 'busy', retryAfterSeconds: 1 });
      }
      await sleep(5 + Math.random() * 20);
    }
  }
}

function refuseAll(
  commands: Command[],
  refusal: { code: 'storage_full' | 'busy'; retryAfterSeconds?: number },
): Answer[] {
  return commands.map(({ by }) => ({
    outcome: { ok: false, refusal },
    position: 0,
    requestId: by.requestId,
  }));
}

function send(message: FromWriter): void {
  port?.postMessage(message);
}
