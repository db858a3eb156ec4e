// The one door for writes. A group of waiting changes shares one transaction and one sync, and one that is refused takes
// nothing else with it. For each: a repeated request gets its saved result; the change runs; its journal entries are
// appended; its result is saved. Nobody is answered before the commit.

import type { By } from '../../../domain/actor.ts';
import { isRuleRefusal, type Refusal, ShopError } from '../../../domain/shop-error.ts';
import type { JournalHead } from '../../books/journal-hash.ts';
import { refuseWhereMoved } from '../../books/moved.ts';
import { type Connection, sqliteTrouble } from '../database.ts';
import { type ChangeTable, SHOP_CHANGES } from './changes.ts';
import { type DaySum, DaySums } from './day-sums.ts';
import { appendEntry, readHead } from './journal.ts';
import { SavedKeys } from './saved-keys.ts';
import { findSaved, type Outcome, pruneSaved, type SavedResult, saveResult } from './saved-results.ts';
import { readStanding, type Standing } from './standing.ts';
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

const PRUNE_EVERY_MS = 1000;

/** Thrown where a member failed that had written: without a savepoint its rows cannot be told from the others'. */
class WroteAndFailed extends Error {}

/** Whether a member has written anything yet. */
interface Progress {
  wrote: boolean;
}

export class Door {
  readonly #db: Connection;
  readonly #table: ChangeTable;
  readonly #savedKeys: SavedKeys;
  readonly #prunedAt = new Map<string, number>();
  readonly #standing = new Map<string, Standing>();
  #afterCommit: (() => void)[] = [];
  #daySums = new DaySums();
  #syncMs = 0;

  constructor(db: Connection, table: ChangeTable = SHOP_CHANGES) {
    this.#db = db;
    this.#table = table;
    this.#savedKeys = new SavedKeys(db);
  }

  /** How long the last commit took to become durable, in milliseconds. */
  get syncMs(): number {
    return this.#syncMs;
  }

  /**
   * Runs the commands in one transaction and answers them in their order; which they are may be decided while the
   * first ones run. `announce` hears the answers before the commit. Throws when nothing was committed: the caller
   * decides between trying again (busy), refusing all (full disk) and ending the process (failed sync).
   */
  runGroup(commands: Iterable<Command>, announce: (answers: Answer[]) => void = () => undefined): Answer[] {
    try {
      return this.#runTogether(commands, false, announce);
    } catch (error) {
      if (!(error instanceof WroteAndFailed)) throw error;
      return this.#runTogether(commands, true, announce);
    }
  }

  /**
   * Most members succeed, or are refused before they wrote: only for a group with another one does each get a
   * savepoint, which makes the database copy every page that a member touches.
   */
  #runTogether(
    commands: Iterable<Command>,
    withSavepoints: boolean,
    announce: (answers: Answer[]) => void,
  ): Answer[] {
    const db = this.#db;
    db.run('BEGIN IMMEDIATE');
    this.#afterCommit = [];
    this.#standing.clear();
    this.#daySums = new DaySums();
    try {
      this.#savedKeys.lookAtOthers();
      const heads = new Map<string, JournalHead>();
      const answers: Answer[] = [];
      for (const command of commands) {
        answers.push(this.#runOne(command, heads, withSavepoints));
        this.#prune(command);
      }
      this.#daySums.writeTo(db);
      announce(answers);
      const started = performance.now();
      db.run('COMMIT');
      this.#syncMs = performance.now() - started;
      this.#savedKeys.commit();
      for (const action of this.#afterCommit) action();
      return answers;
    } catch (error) {
      this.#savedKeys.rollback();
      if (db.isTransaction) db.run('ROLLBACK');
      throw error;
    }
  }

  #runOne(command: Command, heads: Map<string, JournalHead>, withSavepoint: boolean): Answer {
    const db = this.#db;
    const { shopId, by } = command;
    const head = heads.get(shopId) ?? readHead(db, shopId);
    heads.set(shopId, head);
    const progress = { wrote: false };
    if (withSavepoint) db.run('SAVEPOINT change');
    try {
      const answer = this.#attempt(command, heads, head, progress);
      if (withSavepoint) db.run('RELEASE change');
      return answer;
    } catch (error) {
      // A full disk or a failed write may have ended the whole transaction: then no member can stand.
      const trouble = sqliteTrouble(error);
      if (!db.isTransaction || trouble === 'full' || trouble === 'io') throw error;
      if (withSavepoint) {
        db.run('ROLLBACK TO change');
        db.run('RELEASE change');
      } else if (progress.wrote) throw new WroteAndFailed();
      heads.set(shopId, head);
      this.#standing.delete(shopId);
      if (!(error instanceof ShopError)) return { defect: describeDefect(command.name, error) };
      const refused = refusedAnswer(error.refusal, head.seq, by);
      if (!by.claim || !isRuleRefusal(error.code)) return refused;
      return saveResult(db, this.#savedKeys, shopId, by.claim, by.at, refused);
    }
  }

  #attempt(
    command: Command,
    heads: Map<string, JournalHead>,
    head: JournalHead,
    progress: Progress,
  ): SavedResult {
    const { shopId, name, by } = command;
    refuseWhereMoved(this.#standingOf(shopId).movedTo, name);
    const saved = by.claim ? findSaved(this.#db, this.#savedKeys, shopId, by.claim, by.at) : null;
    if (saved) return saved;
    const change = this.#table.find(name);
    if (!change) throw new Error(`no change is named ${name}`);
    const { tx, later, days } = this.#transaction(command, heads, progress);
    const value = change(tx, ...command.args) ?? null;
    const position = (heads.get(shopId) ?? head).seq;
    const isJournalled = position !== head.seq;
    if (this.#table.isBookkeeping(name)) {
      if (isJournalled) throw new Error('bookkeeping must not write to the journal');
    } else if (progress.wrote && !isJournalled) {
      throw new Error('the books were changed without a journal entry');
    }
    const answer: SavedResult = { outcome: { ok: true, value }, position, requestId: by.requestId };
    const kept = by.claim ? saveResult(this.#db, this.#savedKeys, shopId, by.claim, by.at, answer) : answer;
    for (const sum of days) this.#daySums.add(sum);
    this.#afterCommit.push(...later);
    return kept;
  }

  #standingOf(shopId: string): Standing {
    const known = this.#standing.get(shopId);
    if (known) return known;
    const read = readStanding(this.#db, shopId);
    this.#standing.set(shopId, read);
    return read;
  }

  #transaction(
    command: Command,
    heads: Map<string, JournalHead>,
    progress: Progress,
  ): { tx: Tx; later: readonly (() => void)[]; days: readonly DaySum[] } {
    const db = this.#db;
    const { shopId, by } = command;
    const later: (() => void)[] = [];
    const days: DaySum[] = [];
    const tx: Tx = {
      shopId,
      by,
      dataDir: db.folder,
      standing: this.#standingOf(shopId),
      forgetStanding: () => {
        this.#standing.delete(shopId);
      },
      get: db.get,
      all: db.all,
      run: (sql, params) => {
        const result = db.run(sql, params);
        if (result.changes > 0) progress.wrote = true;
        return result;
      },
      record: (action, subject, before, after) => {
        const entry = { action, subject, before, after };
        progress.wrote = true;
        const head = appendEntry(db, shopId, heads.get(shopId) as JournalHead, by, entry);
        heads.set(shopId, head);
        return head.seq;
      },
      addToDay: (day, figure, sum) => {
        days.push({ ...sum, shopId, day, figure });
      },
      afterCommit: (action) => {
        later.push(action);
      },
    };
    return { tx, later, days };
  }

  #prune({ shopId, by }: Command): void {
    // Of the distance, not of what passed: a clock that was set back must not put it off.
    if (Math.abs(by.at - (this.#prunedAt.get(shopId) ?? 0)) < PRUNE_EVERY_MS) return;
    this.#prunedAt.set(shopId, by.at);
    pruneSaved(this.#db, this.#savedKeys, shopId, by.at);
  }
}

function refusedAnswer(refusal: Refusal, position: number, by: By): SavedResult {
  const outcome: Outcome = { ok: false, refusal };
  return { outcome, position, requestId: by.requestId };
}

function describeDefect(name: string, error: unknown): string {
  return `${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
