// The request thread's end of the writer thread: sends commands as data and keeps the queue bounded.

import type { Worker } from 'node:worker_threads';
import { type By, EARLY, type Written } from '../../../domain/actor.ts';
import { gauge, type Metric } from '../../../domain/metric.ts';
import { refuse } from '../../../domain/shop-error.ts';
import { startThread } from '../../../system/start-thread.ts';
import { makeWriteCells, WriteMeter } from '../../books/write-meter.ts';
import { StoreRefused, StoreUnreachable } from '../../store-refused.ts';
import { Callers } from './callers.ts';
import type { ChangeArgs, ChangeName, ChangeValue } from './changes.ts';
import { isIdle, makeBell, ring } from './inbox.ts';
import { type Parcel, pack } from './parcel.ts';
import type { FromWriter, SentCommand, ToWriter } from './writer-messages.ts';
import type { WriterData } from './writer-thread.ts';

/** Changes sent and not yet answered; one more is refused as busy. */
export const MAX_WAITING = 1000;
/** Commands in one message, at most. */
const SENT_AT_ONCE = 4;

export type Write = <N extends ChangeName>(
  name: N,
  args: ChangeArgs<N>,
  by: By,
) => Promise<Written<ChangeValue<N>>>;

export interface Writer {
  /** The way to change one shop's books. */
  writeFor(shopId: string): Write;
  /** What was counted: groups, syncs, who waits. */
  readings(): Metric[];
  /** Answers what is waiting, then closes the database. Safe to call twice. */
  close(): Promise<void>;
}

export interface WriterOptions {
  file: string;
  now: number;
  /** Called once when the thread died: what is unanswered is unknown, and the process must end. */
  onDeath: (error: Error) => void;
}

/** Starts the thread; resolves when the database is open and migrated, rejects with StoreRefused when it is unfit. */
export async function startWriter(options: WriterOptions): Promise<Writer> {
  const bell = makeBell();
  const cells = makeWriteCells();
  const meter = new WriteMeter(cells);
  const worker = startThread(new URL('./writer-thread.ts', import.meta.url), {
    workerData: { file: options.file, at: options.now, bell, cells } satisfies WriterData,
    // Three halves of 8 MB: it starts with that (lean-start.js), and one large change shall not make it grow.
    resourceLimits: { maxYoungGenerationSizeMb: 24 },
  });
  await ready(worker);
  const callers = new Callers();
  const send = (message: ToWriter): void => {
    worker.postMessage(message);
    ring(bell);
  };
  const post = gather(
    send,
    () => isIdle(bell),
    (id, error) => callers.refuse(id, error),
  );
  let nextId = 1;
  let closed: Promise<void> | null = null;
  worker.on('message', (message: FromWriter) => callers.hear(message));
  const ended = settleAtEnd(worker, (error) => {
    callers.end(refuse('outcome_unknown', { retryAfterSeconds: 1 }));
    if (closed === null) options.onDeath(error);
    closed ??= ended;
  });

  return {
    writeFor: (shopId) => (name, args, by) =>
      new Promise((resolve, reject) => {
        if (closed !== null) return reject(refuse('store_unavailable'));
        if (callers.size >= MAX_WAITING) return reject(refuse('busy', { retryAfterSeconds: 1 }));
        const id = nextId++;
        callers.add(id, { resolve, reject, early: by[EARLY] });
        post({ id, command: { shopId, name, args, by } });
      }),
    readings: () => [
      gauge('swati_writes_waiting', 'Changes that are not answered yet', callers.size),
      ...meter.read(),
    ],
    close: () => {
      if (closed === null) {
        closed = ended;
        // After what was gathered before.
        setImmediate(() => send('close'));
      }
      return closed;
    },
  };
}

/**
 * Sends what one turn of the event loop brings, a few at a time: a message costs more than a command does, but while
 * the rest of a long turn is still read, the writer can work on the first ones. To a writer that stands still each goes
 * as it comes. `refuseOne` hears of a command that cannot cross.
 */
function gather(
  send: (message: ToWriter) => void,
  writerIsIdle: () => boolean,
  refuseOne: (id: number, error: Error) => void,
): (sent: SentCommand) => void {
  let gathered: { id: number; parcel: Parcel }[] = [];
  const flush = (): void => {
    if (gathered.length === 0) return;
    const batch = gathered;
    gathered = [];
    try {
      send(batch.map(({ parcel }) => parcel));
    } catch {
      // One of them cannot be copied: the others must not suffer for it.
      for (const { id, parcel } of batch) {
        try {
          send([parcel]);
        } catch (error) {
          refuseOne(id, error as Error);
        }
      }
    }
  };
  return (sent) => {
    if (gathered.length === 0) setImmediate(flush);
    gathered.push({ id: sent.id, parcel: pack(sent) });
    if (gathered.length === SENT_AT_ONCE || writerIsIdle()) flush();
  };
}

/**
 * Resolves when the thread is gone: whoever still waits is told, since nobody will answer any more. It may have fallen
 * after a commit and before the answers.
 */
function settleAtEnd(worker: Worker, onEnd: (error: Error) => void): Promise<void> {
  return new Promise((resolve) => {
    let failure = new Error('the writer thread ended');
    worker.on('error', (error) => {
      failure = error instanceof Error ? error : new Error(String(error));
    });
    worker.on('exit', () => {
      resolve();
      onEnd(failure);
    });
  });
}

/** The thread's first message decides. A thread that ends before it failed to start. */
function ready(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => reject(new Error('the writer thread ended at its start'));
    const onMessage = (message: FromWriter): void => {
      worker.off('exit', onExit).off('error', reject);
      if (message.kind === 'refused')
        reject(new (message.isForNow ? StoreUnreachable : StoreRefused)(message.reason));
      else resolve();
    };
    worker.once('message', onMessage).once('error', reject).once('exit', onExit);
  });
}
