// The request thread's end of the writer thread: sends commands as data, keeps the queue bounded, and turns answers
// back into values and refusals.

import { Worker } from 'node:worker_threads';
import type { By, Written } from '../../../domain/actor.ts';
import { refuse, ShopError } from '../../../domain/shop-error.ts';
import { StoreRefused } from '../database.ts';
import type { ChangeArgs, ChangeName, ChangeValue } from './changes.ts';
import type { Answer } from './door.ts';
import type { FromWriter, ToWriter } from './writer-thread.ts';

const MAX_WAITING = 1000;

interface Waiting {
  resolve: (written: Written<never>) => void;
  reject: (error: Error) => void;
}

export interface Writer {
  write<N extends ChangeName>(name: N, args: ChangeArgs<N>, by: By): Promise<Written<ChangeValue<N>>>;
  close(): Promise<void>;
}

export interface WriterOptions {
  file: string;
  shopId: string;
  now: number;
  /** Called once when the thread died: what is unanswered is unknown, and the process must end. */
  onDeath: (error: Error) => void;
}

/** Starts the thread; resolves when the database is open and migrated, rejects with StoreRefused when it is unfit. */
export async function startWriter(options: WriterOptions): Promise<Writer> {
  const worker = new Worker(new URL('./writer-thread.ts', import.meta.url), {
    workerData: { file: options.file, at: options.now },
  });
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  let closed: Promise<void> | null = null;

  const ended = new Promise<void>((resolve) => {
    let failure: Error | null = null;
    worker.on('error', (error) => {
      failure = error instanceof Error ? error : new Error(String(error));
    });
    worker.on('exit', () => {
      for (const { reject } of waiting.values()) reject(refuse('store_unavailable'));
      waiting.clear();
      if (closed === null) options.onDeath(failure ?? new Error('the writer thread ended'));
      resolve();
    });
  });

  await ready(worker);
  worker.on('message', (message: FromWriter) => {
    if (message.kind !== 'answers') return;
    for (const { id, answer } of message.answers) {
      const caller = waiting.get(id);
      waiting.delete(id);
      if (caller) settle(caller, answer);
    }
  });

  return {
    write: (name, args, by) =>
      new Promise((resolve, reject) => {
        if (closed !== null) return reject(refuse('store_unavailable'));
        if (waiting.size >= MAX_WAITING) return reject(refuse('busy', { retryAfterSeconds: 1 }));
        const id = nextId++;
        waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
        worker.postMessage({ id, command: { shopId: options.shopId, name, args, by } } satisfies ToWriter);
      }),
    close: () => {
      if (closed === null) {
        closed = ended;
        worker.postMessage('close' satisfies ToWriter);
      }
      return closed;
    },
  };
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

function ready(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('message', (message: FromWriter) => {
      if (message.kind === 'refused') reject(new StoreRefused(message.reason));
      else resolve();
    });
    worker.once('error', reject);
  });
}
