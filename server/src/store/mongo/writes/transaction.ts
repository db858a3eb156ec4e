// One transaction on the primary, begun again after a transient error and its commit repeated while its outcome is
// unknown, until a limit. The driver's own `withTransaction` would go on for two minutes.

import { setTimeout as sleep } from 'node:timers/promises';
import { type ClientSession, type MongoClient, MongoError, type TransactionOptions } from 'mongodb';
import { TRANSACTION } from '../concerns.ts';
import { isPassing } from '../not-now.ts';
import { endAbandoned } from './abandoned.ts';

/** How long a group is tried again, under the same keys, before its callers are refused. */
export const RETRY_LIMIT_MS = 8_000;
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 200;
/** A document or a collection that another transaction holds. */
const HELD = [112, 24];
/** Others are done with a document sooner; after this long it may be one that died with it. */
const LOOK_EVERY_MS = 1_000;

/** Nothing is written: the cluster cannot take writes now. */
export class Unavailable extends Error {
  override name = 'Unavailable';
}

/** It may be written or not: the cluster never said what became of a commit. */
export class OutcomeUnknown extends Error {
  override name = 'OutcomeUnknown';
}

/** `body` may run more than once. Throws its own errors unchanged, and one of the two above when the limit is over. */
export async function runTransaction<T>(
  client: MongoClient,
  body: (session: ClientSession) => Promise<T>,
  { limitMs = RETRY_LIMIT_MS, ...options }: TransactionOptions & { limitMs?: number } = {},
): Promise<T> {
  const until = performance.now() + limitMs;
  let lookAt = performance.now() + LOOK_EVERY_MS;
  const session = client.startSession({ defaultTransactionOptions: { ...TRANSACTION, ...options } });
  try {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      const outcome = await attempt(session, body, until);
      if ('value' in outcome) return outcome.value;
      if (performance.now() + pauseMs > until) {
        throw new Unavailable(`no transaction was committed in time: ${outcome.error.message}`, {
          cause: outcome.error,
        });
      }
      if (HELD.includes(Number(outcome.error.code)) && performance.now() > lookAt) {
        // What keeps it from looking keeps the next attempt from writing, too, and is said there.
        await endAbandoned(client).catch(() => undefined);
        lookAt = performance.now() + LOOK_EVERY_MS;
      }
      // Never the same pause twice: two processes that met in one document must not keep meeting.
      await sleep(pauseMs * (0.5 + Math.random()));
    }
  } finally {
    await session.endSession();
  }
}

/** One run and its commit: the value, or the transient error after which it may be run again. */
async function attempt<T>(
  session: ClientSession,
  body: (session: ClientSession) => Promise<T>,
  until: number,
): Promise<{ value: T } | { error: MongoError }> {
  session.startTransaction();
  let value: T;
  try {
    value = await body(session);
  } catch (error) {
    await session.abortTransaction();
    // Labelled or not: nothing of it was committed.
    if (isPassing(error)) return { error };
    throw error;
  }
  for (;;) {
    try {
      await session.commitTransaction();
      return { value };
    } catch (error) {
      if (hasLabel(error, 'TransientTransactionError')) return { error };
      if (!isPassing(error)) throw error;
      // It may be committed. The same commit is asked for again, which commits once at the most.
      if (performance.now() > until) {
        throw new OutcomeUnknown(`nobody said in time what became of a commit: ${error.message}`, {
          cause: error,
        });
      }
      await sleep(FIRST_PAUSE_MS);
    }
  }
}

function hasLabel(error: unknown, label: string): error is MongoError {
  return error instanceof MongoError && error.hasErrorLabel(label);
}
