// The conditions of a list, and one page of it. Values are parameters, never in the text: statements are kept by their
// text.

import { inOtherScript, type Script } from '../../../domain/other-script.ts';
import type { Page, PageRequest, RowMark } from '../../../domain/page.ts';
import type { Db } from '../database.ts';
import type { Params } from '../positional.ts';
import { totalOf } from './totals.ts';

/** What a text with letters of a script passes at next to no cost, so that the function is asked of few others. */
const HOLDS: Record<Script, (column: string) => string> = {
  devanagari: (column) => `octet_length(${column}) > length(${column})`,
  latin: (column) => `${column} GLOB '*[a-z]*'`,
};

/** That a column may hold one of these searched texts in the other script; null where none can be. */
export function mayHoldOther(column: string, searches: readonly string[]): string | null {
  const scripts = new Set(searches.flatMap((search) => inOtherScript(search)?.script ?? []));
  return scripts.size === 0 ? null : `(${[...scripts].map((script) => HOLDS[script](column)).join(' OR ')})`;
}

/** Conditions that must all hold, beginning with the shop. */
export class Conditions {
  readonly params: Params;
  readonly #parts: string[];

  constructor(shopId: string, ...standing: string[]) {
    this.params = { shopId };
    this.#parts = ['shop_id = :shopId', ...standing];
  }

  /** A condition that names the parameter `name`; without a value it is left out. */
  add(sql: string, name: string, value: string | number | undefined): void {
    if (value === undefined) return;
    this.#parts.push(sql);
    this.params[name] = value;
  }

  /** That one of these columns holds its text, or the named one what was searched in the other script. */
  addParts(
    places: readonly (readonly [column: string, text: string])[],
    names: string,
    search: string,
  ): void {
    const parts = places.map(([column, text], n) => {
      this.params[`part${n}`] = text;
      return `instr(${column}, :part${n}) > 0`;
    });
    const holds = mayHoldOther(names, [search]);
    if (holds !== null) {
      this.params.search = search;
      parts.push(`(${holds} AND in_other_script(${names}, :search))`);
    }
    this.addEither(parts);
  }

  /** That one of them is so, whose parameters are there. */
  addEither(parts: readonly string[]): void {
    this.#parts.push(`(${parts.join(' OR ')})`);
  }

  get sql(): string {
    return this.#parts.join(' AND ');
  }
}

/** The rows of a table that follow one of them, newest first; null: from the newest on. */
export function findAfter<R>(
  db: Db,
  from: { table: string; columns: string },
  where: Conditions,
  row: RowMark | null,
  limit: number,
): R[] {
  const follows = row === null ? '' : 'AND (created_at, id) < (:markAt, :markId)';
  return db.all<R>(
    `SELECT ${from.columns} FROM ${from.table} WHERE ${where.sql} ${follows}
     ORDER BY created_at DESC, id DESC LIMIT :limit`,
    { ...where.params, ...(row === null ? {} : { markAt: row.createdAt, markId: row.id }), limit },
  );
}

/**
 * A page of a table's rows, newest first where no other order is said, and how many rows there are in all: counted,
 * where that is not known already.
 */
export function findPage<R>(
  db: Db,
  from: { table: string; columns: string; order?: string },
  where: Conditions,
  page: PageRequest,
  known: number | null = null,
): Page<R> {
  const { table, columns, order = 'created_at DESC, id DESC' } = from;
  const rows = db.all<R>(
    `SELECT ${columns} FROM ${table} WHERE ${where.sql} ORDER BY ${order} LIMIT :limit OFFSET :skip`,
    { ...where.params, limit: page.limit, skip: page.skip },
  );
  if (known !== null) return { rows, total: known };
  return {
    rows,
    total: totalOf(db, `SELECT count(*) AS total FROM ${table} WHERE ${where.sql}`, where.params),
  };
}
