// The request thread's end of the writer thread: sends commands as data, keeps the queue bounded, and turns answers
// back into values and refusals.

import { Worker } from 'node:worker_threads';
import type { By, Written } from '../../../domain/actor.ts';
import { gauge, type Metric } from '../../../domain/metric.ts';
import { refuse, ShopError } from '../../../domain/shop-error.ts';
import { makeWriteCells, WriteMeter } from '../../books/write-meter.ts';
import { StoreRefused } from '../../store-refused.ts';
import type { ChangeArgs, ChangeName, ChangeValue } from './changes.ts';
import type { Answer } from './door.ts';
import { makeBell, ring } from './inbox.ts';
import { type Parcel, pack, unpack } from './parcel.ts';
import type { FromWriter, SentAnswer, SentCommand, ToWriter } from './writer-messages.ts';
import type { WriterData } from './writer-thread.ts';

/** Changes sent and not yet answered; one more is refused as busy. */
export const MAX_WAITING = 1000;
/** Commands in one message, at most. */
const SENT_AT_ONCE = 4;
/** Answers given in one turn of the event loop, at most. */
const ANSWERED_AT_ONCE = 4;

interface Waiting {
  resolve: (written: Written<never>) => void;
  reject: (error: Error) => void;
}

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
  const worker = new Worker(new URL('./writer-thread.ts', import.meta.url), {
    workerData: { file: options.file, at: options.now, bell, cells } satisfies WriterData,
    // Changes are small and short-lived: a young heap that has grown for one large one never shrinks again.
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  });
  await ready(worker);
  const waiting = new Map<number, Waiting>();
  const send = (message: ToWriter): void => {
    worker.postMessage(message);
    ring(bell);
  };
  const post = gather(send, (id, error) => {
    waiting.get(id)?.reject(error);
    waiting.delete(id);
  });
  let nextId = 1;
  let closed: Promise<void> | null = null;
  const answers = byTurns((parcel) => {
    const { id, answer } = unpack<SentAnswer>(parcel);
    const caller = waiting.get(id);
    waiting.delete(id);
    if (caller) settle(caller, answer);
  });
  worker.on('message', (message: FromWriter) => {
    if (message.kind === 'answers') answers.take(message.answers);
  });
  const ended = settleAtEnd(worker, (error) => {
    answers.finish();
    for (const { reject } of waiting.values()) reject(refuse('outcome_unknown', { retryAfterSeconds: 1 }));
    waiting.clear();
    if (closed === null) options.onDeath(error);
    closed ??= ended;
  });

  return {
    writeFor: (shopId) => (name, args, by) =>
      new Promise((resolve, reject) => {
        if (closed !== null) return reject(refuse('store_unavailable'));
        if (waiting.size >= MAX_WAITING) return reject(refuse('busy', { retryAfterSeconds: 1 }));
        const id = nextId++;
        waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
        post({ id, command: { shopId, name, args, by } });
      }),
    readings: () => [
      gauge('swati_writes_waiting', 'Changes that are not answered yet', waiting.size),
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
 * the rest of a long turn is still read, the writer can work on the first ones. `refuseOne` hears of a command that
 * cannot cross.
 */
function gather(
  send: (message: ToWriter) => void,
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
    if (gathered.length === SENT_AT_ONCE) flush();
  };
}

/**
 * Gives the answers of a group a few at a time: those who have theirs come back while the others get theirs, and the
 * writer can begin with them.
 */
function byTurns(give: (parcel: Parcel) => void) {
  const left: Parcel[] = [];
  const giveSome = (most: number): void => {
    for (const parcel of left.splice(0, most)) give(parcel);
  };
  const turn = (): void => {
    giveSome(ANSWERED_AT_ONCE);
    if (left.length > 0) setImmediate(turn);
  };
  return {
    take: (parcels: readonly Parcel[]): void => {
      const isUnderWay = left.length > 0;
      left.push(...parcels);
      if (!isUnderWay) turn();
    },
    /** All that are left. */
    finish: (): void => giveSome(left.length),
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

function settle(caller: Waiting, answer: Answer): void {
  if ('defect' in answer) {
    caller.reject(new Error(answer.defect));
    return;
  }
  const { outcome, position, requestId } = answer;
  if (outcome.ok) caller.resolve({ value: outcome.value as never, position, requestId });
  else caller.reject(new ShopError(outcome.refusal, requestId));
}

/** The thread's first message decides. A thread that ends before it failed to start. */
function ready(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => reject(new Error('the writer thread ended at its start'));
    const onMessage = (message: FromWriter): void => {
      worker.off('exit', onExit).off('error', reject);
      if (message.kind === 'refused') reject(new StoreRefused(message.reason));
      else resolve();
    };
    worker.once('message', onMessage).once('error', reject).once('exit', onExit);
  });
}
