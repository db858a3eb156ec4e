// Totals that only counting finds, kept until anything is written by anybody: a list is asked for again and again, page
// after page, and its total stands on each.

import type { Db } from '../database.ts';
import type { Params } from '../positional.ts';

const MOST_KEPT = 500;

interface Kept {
  /** SQLite's count of other connections' commits, of the moment that the totals are of. */
  version: number;
  totals: Map<string, number>;
}

/** By connection: one that writes itself would not see its own changes. */
const kept = new WeakMap<Db, Kept>();

/** Keeps the totals of a connection that only reads. */
export function keepTotals(db: Db): void {
  kept.set(db, { version: 0, totals: new Map() });
}

/** The answer to a `SELECT count(*) AS total`. */
export function totalOf(db: Db, sql: string, params: Params): number {
  const count = (): number => db.get<{ total: number }>(sql, params)?.total ?? 0;
  const known = kept.get(db);
  if (!known) return count();
  const version = db.get<{ data_version: number }>('PRAGMA data_version')?.data_version ?? 0;
  if (version !== known.version || known.totals.size >= MOST_KEPT) known.totals.clear();
  known.version = version;
  const key = `${sql} ${JSON.stringify(params)}`;
  const total = known.totals.get(key) ?? count();
  known.totals.set(key, total);
  return total;
}
