// What earlier groups read and wrote of the books, for the next one. Every change of the books moves the head of the
// journal in its own transaction. So while a snapshot shows the head that the last group left, it shows these rows, too,
// whoever else writes, and none of them has to be read again.

import type { CollectionName } from '../rows.ts';
import type { AnyQuery, AnyRow, GroupView } from './view.ts';

/** Nothing writes them but changes that are journalled. */
const OF_THE_BOOKS: readonly CollectionName[] = ['customers', 'daily_figures'];
/** More than the customers of a busy day; beyond it the next group begins anew. */
const MOST_ROWS = 1_000;
/** What was asked for is kept by name, and that nobody was there, too: a row is asked for by its id, or its phone. */
const MOST_NAMES = 2 * MOST_ROWS;

type RowsById = ReadonlyMap<string, AnyRow>;

export class Remembered {
  readonly #hash: string;
  readonly #asked: ReadonlySet<string>;
  readonly #rows: ReadonlyMap<CollectionName, RowsById>;

  private constructor(hash: string, asked: ReadonlySet<string>, rows: ReadonlyMap<CollectionName, RowsById>) {
    this.#hash = hash;
    this.#asked = asked;
    this.#rows = rows;
  }

  /** What a group leaves that was committed. `held`: what it took its rows from itself. */
  static after(view: GroupView, shopId: string, held: Remembered | null): Remembered | null {
    // Not there for a group of changes that nobody knows, which asks for nothing.
    const head = view.rowsOf('shops').get(shopId);
    if (!head) return null;
    const rows = new Map<CollectionName, RowsById>();
    const asked = new Set(held ? held.#asked : []);
    let count = 0;
    for (const collection of OF_THE_BOOKS) {
      const all = new Map(held ? held.#rows.get(collection) : []);
      for (const [id, row] of view.rowsOf(collection)) {
        if (row === null) all.delete(id);
        else all.set(id, row);
      }
      count += all.size;
      rows.set(collection, all);
      for (const name of view.askedOf(collection)) asked.add(name);
    }
    if (count > MOST_ROWS || asked.size > MOST_NAMES) return null;
    return new Remembered(head.hash, asked, rows);
  }

  /** Whether the snapshot that the view has read the shop in is of the same books. */
  holds(view: GroupView, shopId: string): boolean {
    return view.get('shops', shopId)?.hash === this.#hash;
  }

  /** Gives the view the rows that are known; answers what has to be read. */
  recall(queries: readonly AnyQuery[], view: GroupView): AnyQuery[] {
    return queries.filter((query) => {
      if (query.first || !this.#asked.has(query.name)) return true;
      const matches = query.matches as (row: AnyRow) => boolean;
      for (const row of this.#rows.get(query.collection)?.values() ?? []) {
        if (matches(row)) view.addRead(query.collection, row);
      }
      return false;
    });
  }
}
