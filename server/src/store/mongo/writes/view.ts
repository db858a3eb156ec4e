// What a group of changes sees: the rows that were read, and over them what its members have written so far. Changes run
// on it synchronously. One that asks for rows that were not read yet is stopped; the door reads what all of them asked
// for, in few batches, and runs the group again from its beginning.

import { type Document, toId } from '../codec.ts';
import type { CollectionName, Rows } from '../rows.ts';

/**
 * A set of rows that a change asks for. `filter` is what MongoDB is asked, `matches` the same for rows at hand. What many
 * changes look up by stands last in it: filters that differ in that alone are asked as one.
 */
export interface Query<C extends CollectionName> {
  collection: C;
  /** Says what is asked for, the same text for the same rows. */
  name: string;
  filter: Document;
  matches: (row: Rows[C]) => boolean;
  /** Only the first rows in this order. The rows must not leave the set again, or the next ones would be missed. */
  first?: { sort: Record<string, 1 | -1>; limit: number; compare: (a: Rows[C], b: Rows[C]) => number };
}
// One query of any collection: the door reads them all alike.
export type AnyQuery = { [C in CollectionName]: Query<C> }[CollectionName];

/** Thrown through a change that must run again, once the rows it asked for are there. Changes never catch it. */
export class RowsNeeded extends Error {
  override name = 'RowsNeeded';
}
/** The same one each time: where a change stopped is nobody's question, and each group stops dozens of times. */
const ROWS_NEEDED = new RowsNeeded();

/** What the group has to write into one collection. */
export interface CollectionWrites {
  collection: CollectionName;
  added: object[];
  replaced: { id: string }[];
  removed: string[];
}

export type AnyRow = Rows[CollectionName];
type Layer = Map<CollectionName, Map<string, AnyRow | null>>;

export class GroupView {
  readonly #read: Layer = new Map();
  readonly #asked = new Map<string, AnyQuery>();
  #needed = new Map<string, AnyQuery>();
  #written: Layer = new Map();
  #undo: (() => void)[] = [];

  /** The row, or null where there is none. One that came with another set is not asked for again. */
  get<C extends CollectionName>(collection: C, id: string): Rows[C] | null {
    const row = this.#current(collection, id);
    if (row === null) this.need([byId(collection, id)]);
    return row;
  }

  /** All rows of a query, in its order where it has one. */
  find<C extends CollectionName>(query: Query<C>): Rows[C][] {
    this.need([query as unknown as AnyQuery]);
    const { collection, matches, first } = query;
    const read = this.#read.get(collection) ?? new Map<string, AnyRow>();
    const written = this.#written.get(collection) ?? new Map<string, AnyRow | null>();
    const rows: Rows[C][] = [];
    for (const [id, row] of read) if (!written.has(id) && matches(row as Rows[C])) rows.push(row as Rows[C]);
    for (const row of written.values()) if (row && matches(row as Rows[C])) rows.push(row as Rows[C]);
    return first ? rows.sort(first.compare).slice(0, first.limit) : rows;
  }

  /** Asks for several sets at once, so that they cost one reading. */
  need(queries: readonly AnyQuery[]): void {
    const missing = queries.filter(({ name }) => !this.#asked.has(name));
    for (const query of missing) this.#needed.set(query.name, query);
    if (missing.length > 0) throw ROWS_NEEDED;
  }

  /** A new row. One whose id is there already is a defect of whoever made the id. */
  add<C extends CollectionName>(collection: C, row: Rows[C]): void {
    if (this.#current(collection, row.id)) throw new Error(`${collection} has a row ${row.id} already`);
    this.#set(collection, row.id, row);
  }

  /** A row as it is from now on. It was read, or added, before. */
  put<C extends CollectionName>(collection: C, row: Rows[C]): void {
    this.#set(collection, row.id, row);
  }

  remove(collection: CollectionName, id: string): void {
    this.#set(collection, id, null);
  }

  #set(collection: CollectionName, id: string, row: AnyRow | null): void {
    const layer = layerOf(this.#written, collection);
    const before = layer.get(id);
    this.#undo.push(() => {
      if (before === undefined) layer.delete(id);
      else layer.set(id, before);
    });
    layer.set(id, row);
  }

  #current<C extends CollectionName>(collection: C, id: string): Rows[C] | null {
    const written = this.#written.get(collection)?.get(id);
    if (written !== undefined) return written as Rows[C] | null;
    return (this.#read.get(collection)?.get(id) ?? null) as Rows[C] | null;
  }

  /** How much was written so far: what `rollBack` goes back to. */
  mark(): number {
    return this.#undo.length;
  }

  /** Takes back what was written since the mark: a refused member leaves without a trace. */
  rollBack(mark: number): void {
    for (const undo of this.#undo.splice(mark).reverse()) undo();
  }

  /** Forgets everything written, and keeps what was read. */
  restart(): void {
    this.#written = new Map();
    this.#undo = [];
  }

  /** What was asked for and not read yet; from now on it counts as read. */
  takeNeeded(): AnyQuery[] {
    const needed = [...this.#needed.values()];
    this.#needed = new Map();
    for (const query of needed) this.#asked.set(query.name, query);
    return needed;
  }

  addRead(collection: CollectionName, row: AnyRow): void {
    layerOf(this.#read, collection).set(row.id, row);
  }

  /** The rows as they are after what was written; null where one was removed. */
  rowsOf<C extends CollectionName>(collection: C): ReadonlyMap<string, Rows[C] | null> {
    const rows = [...(this.#read.get(collection) ?? []), ...(this.#written.get(collection) ?? [])];
    return new Map(rows as [string, Rows[C] | null][]);
  }

  /** The names of the sets of rows that were read whole. */
  askedOf(collection: CollectionName): string[] {
    const ofIt = [...this.#asked.values()].filter((query) => query.collection === collection && !query.first);
    return ofIt.map(({ name }) => name);
  }

  /** Whether anything was written there: in all of it, or in one member of its rows. */
  isWritten<C extends CollectionName>(collection: C, member?: keyof Rows[C]): boolean {
    const written = [...(this.#written.get(collection) ?? [])] as [string, Rows[C] | null][];
    if (member === undefined) return written.length > 0;
    const before = (id: string) => this.#read.get(collection)?.get(id) as Rows[C] | null | undefined;
    return written.some(([id, row]) => row?.[member] !== before(id)?.[member]);
  }

  /** What there is to write, a set a collection. */
  writes(): CollectionWrites[] {
    return [...this.#written].flatMap(([collection, layer]) => {
      const read = this.#read.get(collection);
      const writes: CollectionWrites = { collection, added: [], replaced: [], removed: [] };
      for (const [id, row] of layer) {
        const existed = read?.has(id) ?? false;
        if (row === null) {
          if (existed) writes.removed.push(id);
        } else if (existed) writes.replaced.push(row);
        else writes.added.push(row);
      }
      return writes.added.length + writes.replaced.length + writes.removed.length > 0 ? [writes] : [];
    });
  }
}

export function byId(collection: CollectionName, id: string): AnyQuery {
  return {
    collection,
    name: `${collection}/${id}`,
    filter: { _id: toId(id) },
    matches: (row: AnyRow) => row.id === id,
  } as unknown as AnyQuery;
}

function layerOf(layer: Layer, collection: CollectionName): Map<string, AnyRow | null> {
  let rows = layer.get(collection);
  if (!rows) {
    rows = new Map();
    layer.set(collection, rows);
  }
  return rows;
}
