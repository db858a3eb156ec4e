// One group of changes on one view: for each member a repeated request gets its saved result, the change runs, its
// journal entries are appended, its result is saved. Pure but for the salts of the journal: nothing here waits.

import type { By } from '../../../domain/actor.ts';
import { isRuleRefusal, ShopError } from '../../../domain/shop-error.ts';
import { refuseWhereMoved } from '../../books/moved.ts';
import type { ChangeTable } from './changes.ts';
import { appendEntry, readShop } from './journal.ts';
import { findSaved, type SavedResult, saveResult } from './saved-results.ts';
import type { Tx } from './tx.ts';
import { type GroupView, RowsNeeded } from './view.ts';

/** A change as it waits for its turn: its name in the table of changes and its arguments. */
export interface Command {
  name: string;
  args: unknown[];
  by: By;
}

/** The answer to one command: an outcome, or `defect` (an unexpected error, for the log only). */
export type Answer = SavedResult | { defect: Error };

/** Runs the members in their order. Worth nothing when the view needs more rows: then it is run again. */
export function runMembers(
  view: GroupView,
  shopId: string,
  commands: readonly Command[],
  table: ChangeTable,
): Answer[] {
  return commands.map((command) => runOne({ view, shopId, table }, command));
}

interface Group {
  view: GroupView;
  shopId: string;
  table: ChangeTable;
}

function runOne(group: Group, command: Command): Answer {
  const { view, shopId } = group;
  const { by } = command;
  const mark = view.mark();
  try {
    return attempt(group, command);
  } catch (error) {
    view.rollBack(mark);
    if (error instanceof RowsNeeded) return { defect: error };
    if (!(error instanceof ShopError)) return { defect: describe(command.name, error) };
    const refused: SavedResult = {
      outcome: { ok: false, refusal: error.refusal },
      position: readShop(view, shopId).seq,
      requestId: by.requestId,
    };
    if (by.claim && isRuleRefusal(error.code)) saveResult(view, shopId, by.claim, by.at, refused);
    return refused;
  }
}

function attempt({ view, shopId, table }: Group, { name, args, by }: Command): SavedResult {
  const change = table.find(name);
  if (!change) throw new Error(`no change is named ${name}`);
  const run = (): unknown => change(transaction(view, shopId, by), ...args);
  askAhead(view, shopId, by, run);
  const { seq: startsAt, movedTo } = readShop(view, shopId);
  refuseWhereMoved(movedTo, name);
  const saved = by.claim ? findSaved(view, by.claim, by.at) : null;
  if (saved) return saved;
  const before = view.mark();
  const value = run() ?? null;
  const position = readShop(view, shopId).seq;
  const isJournalled = position !== startsAt;
  if (table.isBookkeeping(name)) {
    if (isJournalled) throw new Error('bookkeeping must not write to the journal');
  } else if (view.mark() !== before && !isJournalled) {
    throw new Error('the books were changed without a journal entry');
  }
  const answer: SavedResult = { outcome: { ok: true, value }, position, requestId: by.requestId };
  if (by.claim) saveResult(view, shopId, by.claim, by.at, answer);
  return answer;
}

/**
 * Asks for the head, the result that a claim may repeat and what the change wants first, so that all of it is one
 * reading. Whatever the change does then is taken back with the member.
 */
function askAhead(view: GroupView, shopId: string, by: By, change: () => unknown): void {
  if (isThere(() => readShop(view, shopId))) return;
  if (by.claim) isThere(() => by.claim && findSaved(view, by.claim, by.at));
  isThere(change);
  // The shop is still not there: this stops the member.
  readShop(view, shopId);
}

function isThere(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof RowsNeeded || error instanceof ShopError) return !(error instanceof RowsNeeded);
    throw error;
  }
}

function transaction(view: GroupView, shopId: string, by: By): Tx {
  return {
    shopId,
    by,
    get: (collection, id) => view.get(collection, id),
    find: (query) => view.find(query),
    need: (queries) => view.need(queries),
    add: (collection, row) => view.add(collection, row),
    put: (collection, row) => view.put(collection, row),
    remove: (collection, id) => view.remove(collection, id),
    record: (action, subject, before, after) =>
      appendEntry(view, shopId, by, { action, subject, before, after }),
  };
}

function describe(name: string, error: unknown): Error {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new Error(`${name}: ${text}`);
}
