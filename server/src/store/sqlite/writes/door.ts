// The one door for writes. A group of waiting changes shares one transaction and one sync, a savepoint each, so that
// one that is refused takes nothing else with it. For each: a repeated request gets its saved result; the change
// runs; its journal entries are appended; its result is saved. Nobody is answered before the commit.

import type { By } from '../../../domain/actor.ts';
import { isRuleRefusal, type Refusal, ShopError } from '../../../domain/shop-error.ts';
import type { Connection } from '../database.ts';
import { sqliteTrouble } from '../database.ts';
import { type Change, changes, isBookkeeping } from './changes.ts';
import { appendEntry, type JournalHead, readHead } from './journal.ts';
import { findSaved, type Outcome, pruneSaved, type SavedResult, saveResult } from './saved-results.ts';
import type { Tx } from './tx.ts';

/** A change as it crosses the thread: its name in the table of changes and its arguments. */
export interface Command {
  shopId: string;
  name: string;
  args: unknown[];
  by: By;
}

/** The answer to one command: an outcome, or `defect` (the text of an unexpected error, for the log only). */
export type Answer = SavedResult | { defect: string };

const PRUNE_EVERY_MS = 60_000;

export class Door {
  readonly #db: Connection;
  #prunedAt = 0;

  constructor(db: Connection) {
    this.#db = db;
  }

  /**
   * Runs the commands in one transaction and answers them in their order. Throws when nothing was committed: the
   * caller decides between trying again (busy), refusing all (full disk) and ending the process (failed sync).
   */
  runGroup(commands: readonly Command[]): Answer[] {
    const db = this.#db;
    db.exec('BEGIN IMMEDIATE');
    try {
      const heads = new Map<string, JournalHead>();
      const answers = commands.map((command) => this.#runOne(command, heads));
      this.#prune(commands);
      db.exec('COMMIT');
      return answers;
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }

  #runOne(command: Command, heads: Map<string, JournalHead>): Answer {
    const { shopId, by } = command;
    const head = heads.get(shopId) ?? readHead(this.#db, shopId);
    heads.set(shopId, head);
    this.#db.exec('SAVEPOINT change');
    try {
      const answer = this.#attempt(command, heads);
      this.#db.exec('RELEASE change');
      return answer;
    } catch (error) {
      // A full disk or a failed write may have ended the whole transaction: then no member can stand.
      if (!this.#db.isTransaction || sqliteTrouble(error) === 'full' || sqliteTrouble(error) === 'io')
        throw error;
      this.#db.exec('ROLLBACK TO change');
      this.#db.exec('RELEASE change');
      heads.set(shopId, head);
      if (!(error instanceof ShopError))
        return { defect: error instanceof Error ? `${error.stack}` : String(error) };
      const refused = refusedAnswer(error.refusal, head.seq, by);
      if (by.claim && isRuleRefusal(error.code)) saveResult(this.#db, shopId, by.claim, by.at, refused);
      return refused;
    }
  }

  #attempt(command: Command, heads: Map<string, JournalHead>): SavedResult {
    const { shopId, by } = command;
    const saved = by.claim ? findSaved(this.#db, shopId, by.claim, by.at) : null;
    if (saved) return saved;
    const change = changes[command.name as keyof typeof changes] as Change | undefined;
    if (!change) throw new Error(`no change is named ${command.name}`);
    const before = (heads.get(shopId) as JournalHead).seq;
    const value = change(this.#transaction(command, heads), ...command.args) ?? null;
    const position = (heads.get(shopId) as JournalHead).seq;
    if (position !== before && isBookkeeping(command.name)) {
      throw new Error(`${command.name} is bookkeeping, yet it wrote to the journal`);
    }
    const answer: SavedResult = { outcome: { ok: true, value }, position, requestId: by.requestId };
    if (by.claim) saveResult(this.#db, shopId, by.claim, by.at, answer);
    return answer;
  }

  #transaction(command: Command, heads: Map<string, JournalHead>): Tx {
    const db = this.#db;
    const { shopId, by } = command;
    return {
      shopId,
      by,
      get: db.get,
      all: db.all,
      run: db.run,
      record: (action, subject, before, after) => {
        const head = appendEntry(db, shopId, heads.get(shopId) as JournalHead, by, {
          action,
          subject,
          before,
          after,
        });
        heads.set(shopId, head);
        return head.seq;
      },
    };
  }

  #prune(commands: readonly Command[]): void {
    const now = commands[0]?.by.at ?? 0;
    if (now - this.#prunedAt < PRUNE_EVERY_MS) return;
    this.#prunedAt = now;
    pruneSaved(this.#db, now);
  }
}

function refusedAnswer(refusal: Refusal, position: number, by: By): SavedResult {
  const outcome: Outcome = { ok: false, refusal };
  return { outcome, position, requestId: by.requestId };
}
