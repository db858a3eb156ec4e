// The one door for writes. The changes that wait share one transaction: all they read is read in few batches, all they
// write is written in one batch a collection, and nobody is answered before a majority has it on disk. A refused member
// leaves without harm; a transient error repeats the whole group; one that fails otherwise is halved.

import type { Db, MongoClient } from 'mongodb';
import { MongoServerError } from 'mongodb';
import type { Refusal } from '../../../domain/shop-error.ts';
import type { ChangeTable } from './changes.ts';
import { Remembered } from './remembered.ts';
import { type Answer, type Command, runMembers } from './run-members.ts';
import { SessionBooks } from './session-books.ts';
import { OutcomeUnknown, RETRY_LIMIT_MS, runTransaction, Unavailable } from './transaction.ts';
import { type AnyQuery, GroupView } from './view.ts';

/** A change asks for what it found at most a few times; one that never ends asks for more each time. */
const MAX_READINGS = 12;
const DUPLICATE_KEY = 11000;
/** Another process took the key between our reading and our writing: read again, the rule then says so. */
const DUPLICATE_TRIES = 3;
/** A change that brings more takes so long that others would move the head of the journal in every attempt at it. */
const MANY_ROWS = 200;

export interface DoorOptions {
  client: MongoClient;
  db: Db;
  table: ChangeTable;
  retryLimitMs?: number;
}

export class Door {
  readonly #options: DoorOptions;
  #remembered: Remembered | null = null;
  #accountChanges = 0;

  constructor(options: DoorOptions) {
    this.#options = options;
  }

  /** Another number as soon as this door may have changed an account, a session or a setting. */
  get accountChanges(): number {
    return this.#accountChanges;
  }

  /** Runs the commands of one shop and answers them in their order. Never throws: what went wrong is an answer. */
  async runGroup(shopId: string, commands: readonly Command[]): Promise<Answer[]> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#runTogether(shopId, commands);
      } catch (error) {
        if (error instanceof Unavailable) return answerAll(commands, 'store_unavailable');
        if (error instanceof OutcomeUnknown) return answerAll(commands, 'outcome_unknown');
        if (commands.length > 1) return this.#runHalves(shopId, commands);
        if (isDuplicate(error) && tries < DUPLICATE_TRIES) continue;
        return [{ defect: error instanceof Error ? error : new Error(String(error)) }];
      }
    }
  }

  /** In halves, down to the one whose error it was: it alone bears it, and the others wait for few transactions more. */
  async #runHalves(shopId: string, commands: readonly Command[]): Promise<Answer[]> {
    const middle = commands.length >> 1;
    const first = await this.runGroup(shopId, commands.slice(0, middle));
    return [...first, ...(await this.runGroup(shopId, commands.slice(middle)))];
  }

  async #runTogether(shopId: string, commands: readonly Command[]): Promise<Answer[]> {
    const { client, db, table, retryLimitMs = RETRY_LIMIT_MS } = this.#options;
    const takesHead = commands.some(bringsMany);
    const group = { shopId, commands, table, remembered: this.#remembered, takesHead };
    // A group that fails, or whose end nobody knows, leaves nothing to remember.
    this.#remembered = null;
    let mayChangeAccounts = true;
    try {
      const { answers, view, held } = await runTransaction(
        client,
        (session) => runInside(new SessionBooks(db, session, shopId), group),
        { limitMs: retryLimitMs },
      );
      this.#remembered = Remembered.after(view, shopId, held);
      mayChangeAccounts = changesAccounts(view);
      return answers;
    } finally {
      if (mayChangeAccounts) this.#accountChanges++;
    }
  }
}

/** What the callers' accounts, their sessions and what they owe are read from. */
function changesAccounts(view: GroupView): boolean {
  return view.isWritten('users') || view.isWritten('sessions') || view.isWritten('shops', 'settings');
}

function bringsMany({ args }: Command): boolean {
  return args.some((arg) => Array.isArray(arg) && arg.length > MANY_ROWS);
}

interface Group {
  shopId: string;
  commands: readonly Command[];
  table: ChangeTable;
  remembered: Remembered | null;
  /** Whether others wait for it from its first reading on, and not from its last write. */
  takesHead: boolean;
}

interface Ran {
  answers: Answer[];
  view: GroupView;
  /** What is remembered, where it is of this snapshot. */
  held: Remembered | null;
}

/** What happens inside the transaction, any number of times. */
async function runInside(books: SessionBooks, group: Group): Promise<Ran> {
  const { shopId, commands, table, remembered, takesHead } = group;
  const view = new GroupView();
  const isShop = ({ name }: AnyQuery): boolean => name === `shops/${shopId}`;
  let held: Remembered | null = null;
  for (let reading = 0; reading < MAX_READINGS; reading++) {
    view.restart();
    const answers = runMembers(view, shopId, commands, table);
    const needed = view.takeNeeded();
    if (needed.length === 0) {
      if (takesHead) putBack(view, shopId);
      await books.write(view.writes());
      return { answers, view, held };
    }
    if (needed.some(isShop)) {
      // The head comes first: it says whether what is remembered is of this snapshot.
      await books.read(needed.filter(isShop), view);
      if (takesHead) await books.takeHead(view);
      held = remembered?.holds(view, shopId) ? remembered : null;
    }
    const others = needed.filter((query) => !isShop(query));
    await books.read(held ? held.recall(others, view) : others, view);
  }
  throw new Error(
    `${commands.map(({ name }) => name).join(', ')}: still asking after ${MAX_READINGS} readings`,
  );
}

/** The head as it was, where the group did not move it after all. */
function putBack(view: GroupView, shopId: string): void {
  const shop = view.get('shops', shopId);
  if (shop && !view.isWritten('shops')) view.put('shops', shop);
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
