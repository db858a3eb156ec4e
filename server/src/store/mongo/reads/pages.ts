// One page of a list and how many rows there are in all, in one round trip. Every filter begins with the shop.

import type { Db } from 'mongodb';
import { inOtherScript } from '../../../domain/other-script.ts';
import type { Page, PageRequest, RowMark } from '../../../domain/page.ts';
import { type Document, fromDocument, toId } from '../codec.ts';
import type { CollectionName } from '../rows.ts';
import type { Questions } from './questions.ts';

export type Sort = Record<string, 1 | -1>;
export const NEWEST_FIRST: Sort = { created_at: -1, _id: -1 };

interface List {
  collection: CollectionName;
  filter: Document;
  sort?: Sort;
  /** The index to walk, where the filter alone would lead to another one. */
  hint?: string;
}

export async function findPage<R>(
  db: Db,
  { collection, filter, sort = NEWEST_FIRST, hint }: List,
  page: PageRequest,
): Promise<Page<R>> {
  const pipeline = [
    { $match: filter },
    { $sort: sort },
    { $skip: page.skip },
    { $limit: page.limit },
    { $unionWith: { coll: collection, pipeline: [{ $match: filter }, { $count: 'total' }] } },
  ];
  // The count has no id of its own; where nothing is found it is not there at all.
  const found = await db
    .collection(collection)
    .aggregate<Document>(pipeline, hint === undefined ? {} : { hint })
    .toArray();
  const counted = found.find((document) => !('_id' in document));
  const rows = found.filter((document) => '_id' in document).map((document) => fromDocument<R>(document));
  return { rows, total: Number(counted?.total ?? 0) };
}

/** A range of a field, left out where neither end is given. */
export function range(key: string, from: unknown, to: unknown, before?: unknown): Document {
  const bounds = {
    ...(from === undefined ? {} : { $gte: from }),
    ...(to === undefined ? {} : { $lte: to }),
    ...(before === undefined ? {} : { $lt: before }),
  };
  return Object.keys(bounds).length === 0 ? {} : { [key]: bounds };
}

/** From inclusive, to exclusive. */
export function timeRange(key: string, filter: { from?: number; to?: number }): Document {
  const instant = (at: number | undefined): Date | undefined => (at === undefined ? undefined : new Date(at));
  return range(key, instant(filter.from), undefined, instant(filter.to));
}

/** The fields that are given, each to be equal. */
export function equal(fields: Record<string, unknown>): Document {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** That a field holds a text, literally: nothing in it is an operator or a pattern. */
export function contains(key: string, text: string): Document {
  return { $gte: [{ $indexOfBytes: [`$${key}`, { $literal: text }] }, 0] };
}

/** That a field holds a text or, where that can be, the same in the other script. */
export function containsEither(key: string, text: string): Document {
  return { $or: [contains(key, text), ...inOther(key, text)] };
}

/** That a field holds a text in the other script; none where there is nothing to look for. */
export function inOther(key: string, text: string): Document[] {
  const other = inOtherScript(text);
  return other ? [{ $regexMatch: { input: `$${key}`, regex: { $literal: other.pattern } } }] : [];
}

/** The rows that follow one of them, newest first; null: from the newest on. */
export async function findAfter<R>(
  questions: Questions,
  { collection, filter }: List,
  row: RowMark | null,
  limit: number,
): Promise<R[]> {
  const where = { $and: [filter, ...following(row)] } as Document;
  const found = await questions.ask(collection, [
    { $match: where },
    { $sort: NEWEST_FIRST },
    { $limit: limit },
  ]);
  return found.map((document) => fromDocument<R>(document));
}

/** The conditions of what follows a row, newest first. */
export function following(row: RowMark | null): Document[] {
  if (row === null) return [];
  const at = new Date(row.createdAt);
  const earlier = { $or: [{ created_at: { $lt: at } }, { created_at: at, _id: { $lt: toId(row.id) } }] };
  // The bound on the instant stands by itself, too: an index can start there.
  return [{ created_at: { $lte: at } }, earlier];
}
