// The one door for writes. The changes that wait share one transaction: all they read is read in few batches, all they
// write is written in one batch a collection, and nobody is answered before a majority has it on disk. A refused member
// leaves without harm; a transient error repeats the whole group; an error of one member splits it.

import type { Db, MongoClient } from 'mongodb';
import { MongoServerError } from 'mongodb';
import type { Refusal } from '../../../domain/shop-error.ts';
import type { ChangeTable } from './changes.ts';
import { type Answer, type Command, runMembers } from './run-members.ts';
import { SessionBooks } from './session-books.ts';
import { OutcomeUnknown, RETRY_LIMIT_MS, runTransaction, Unavailable } from './transaction.ts';
import { GroupView } from './view.ts';

/** A change asks for what it found at most a few times; one that never ends asks for more each time. */
const MAX_READINGS = 12;
const DUPLICATE_KEY = 11000;
/** Another process took the key between our reading and our writing: read again, the rule then says so. */
const DUPLICATE_TRIES = 3;

export interface DoorOptions {
  client: MongoClient;
  db: Db;
  table: ChangeTable;
  retryLimitMs?: number;
}

export class Door {
  readonly #options: DoorOptions;

  constructor(options: DoorOptions) {
    this.#options = options;
  }

  /** Runs the commands of one shop and answers them in their order. Never throws: what went wrong is an answer. */
  async runGroup(shopId: string, commands: readonly Command[]): Promise<Answer[]> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#runTogether(shopId, commands);
      } catch (error) {
        if (error instanceof Unavailable) return answerAll(commands, 'store_unavailable');
        if (error instanceof OutcomeUnknown) return answerAll(commands, 'outcome_unknown');
        if (commands.length > 1) return this.#runApart(shopId, commands);
        if (isDuplicate(error) && tries < DUPLICATE_TRIES) continue;
        return [{ defect: error instanceof Error ? error : new Error(String(error)) }];
      }
    }
  }

  /** One member after another: only that whose error it was has to bear it. */
  async #runApart(shopId: string, commands: readonly Command[]): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (const command of commands) answers.push(...(await this.runGroup(shopId, [command])));
    return answers;
  }

  async #runTogether(shopId: string, commands: readonly Command[]): Promise<Answer[]> {
    const { client, db, table, retryLimitMs = RETRY_LIMIT_MS } = this.#options;
    return runTransaction(
      client,
      (session) => runInside(new SessionBooks(db, session, shopId), shopId, commands, table),
      { limitMs: retryLimitMs },
    );
  }
}

/** What happens inside the transaction, any number of times. */
async function runInside(
  books: SessionBooks,
  shopId: string,
  commands: readonly Command[],
  table: ChangeTable,
): Promise<Answer[]> {
  const view = new GroupView();
  for (let reading = 0; reading < MAX_READINGS; reading++) {
    view.restart();
    const answers = runMembers(view, shopId, commands, table);
    const needed = view.takeNeeded();
    if (needed.length === 0) {
      await books.write(view.writes());
      return answers;
    }
    await books.read(needed, view);
  }
  throw new Error(
    `${commands.map(({ name }) => name).join(', ')}: still asking after ${MAX_READINGS} readings`,
  );
}

function isDuplicate(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY;
}

/** Each may be tried again, under its key. */
function answerAll(commands: readonly Command[], code: Refusal['code']): Answer[] {
  const refusal: Refusal = { code, retryAfterSeconds: 1 };
  return commands.map(({ by }) => ({
    outcome: { ok: false, refusal },
    position: 0,
    requestId: by.requestId,
  }));
}
