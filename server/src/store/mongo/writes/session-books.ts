// The only place that reads and writes the books inside a transaction. Everything goes through here with its session:
// the driver writes outside of the transaction, without a word, where one is forgotten.

import { type ClientSession, type Db, ObjectId } from 'mongodb';
import { type Document, fromDocument, toDocument, toId } from '../codec.ts';
import type { CollectionName, Rows } from '../rows.ts';
import type { AnyQuery, CollectionWrites, GroupView } from './view.ts';

/** The journal and its head come last, so that whoever sees a number sees all that came before it. */
const LAST: readonly CollectionName[] = ['journal', 'journal_payloads', 'shops'];

export class SessionBooks {
  readonly #db: Db;
  readonly #session: ClientSession;
  readonly #shopId: string;

  constructor(db: Db, session: ClientSession, shopId: string) {
    this.#db = db;
    this.#session = session;
    this.#shopId = shopId;
  }

  /** Reads what the view needs: one find a collection, and one for each query that has an order. */
  async read(queries: readonly AnyQuery[], view: GroupView): Promise<void> {
    const together = new Map<CollectionName, Document[]>();
    for (const query of queries) {
      if (query.first) await this.#readOne(query, view);
      else {
        const filters = together.get(query.collection);
        if (filters) filters.push(query.filter);
        else together.set(query.collection, [query.filter]);
      }
    }
    for (const [collection, filters] of together) await this.#readAll(collection, filters, view);
  }

  async #readOne(query: AnyQuery, view: GroupView): Promise<void> {
    const found = await this.#db
      .collection(query.collection)
      .find({ shop_id: this.#shopId, ...query.filter }, { session: this.#session })
      .sort(query.first?.sort ?? {})
      .limit(query.first?.limit ?? 0)
      .toArray();
    for (const document of found) view.addRead(query.collection, fromDocument(document));
  }

  async #readAll(collection: CollectionName, filters: readonly Document[], view: GroupView): Promise<void> {
    // The shop stands in every branch: each is looked up in an index of its own, which begins with the shop.
    const inShop = branchesOf(filters).map((branch) => ({ shop_id: this.#shopId, ...branch }));
    const filter = inShop.length === 1 ? (inShop[0] as Document) : { $or: inShop };
    const found = this.#db.collection(collection).find(filter, { session: this.#session });
    for await (const document of found)
      view.addRead(collection, fromDocument<Rows[CollectionName]>(document));
  }

  /**
   * Marks the head, so that whoever else would move it waits until this is committed, and what it is written over with
   * must follow. A whole document, as everything here: copies of the shop follow what is written.
   */
  async takeHead(view: GroupView): Promise<void> {
    const shop = view.get('shops', this.#shopId);
    // Of a shop's first change there is none.
    if (shop === null) return;
    const { _id, ...head } = toDocument(shop);
    const taken = { ...head, taken_by: new ObjectId() };
    await this.#db.collection('shops').replaceOne({ _id: _id as never }, taken, { session: this.#session });
  }

  /** Writes everything, one batch a collection. */
  async write(sets: readonly CollectionWrites[]): Promise<void> {
    const rank = ({ collection }: CollectionWrites): number => LAST.indexOf(collection);
    for (const set of sets.toSorted((a, b) => rank(a) - rank(b))) await this.#writeSet(set);
  }

  async #writeSet({ collection, added, replaced, removed }: CollectionWrites): Promise<void> {
    const documents = this.#db.collection(collection);
    const session = this.#session;
    if (added.length > 0) await documents.insertMany(added.map(toDocument), { session, ordered: true });
    const shop_id = this.#shopId;
    const operations = [
      ...replaced.map((row) => {
        const { _id, ...replacement } = toDocument(row);
        // By the id alone, for which the server has a short way: the row was read in this shop, and a cluster finds its
        // shard by the replacement.
        return { replaceOne: { filter: { _id: _id as never }, replacement } };
      }),
      ...removed.map((id) => ({ deleteOne: { filter: { _id: toId(id) as never, shop_id } } })),
    ];
    if (operations.length === 0) return;
    const done = await documents.bulkWrite(operations, { session, ordered: true });
    if (done.matchedCount !== replaced.length || done.deletedCount !== removed.length) {
      throw new Error(`${collection}: a document that the transaction read is not there to be written`);
    }
  }
}

/** Filters that differ in the value of their last member alone become one: a branch for each would be planned each. */
export function branchesOf(filters: readonly Document[]): Document[] {
  const alike = new Map<string, { rest: Document; member: string; values: unknown[] }>();
  for (const filter of filters) {
    const rest = { ...filter };
    const member = Object.keys(filter).at(-1) ?? '';
    const value = rest[member];
    delete rest[member];
    const values = valuesOf(value);
    const key = JSON.stringify([rest, member, values ? null : value]);
    const known = alike.get(key);
    if (!known) alike.set(key, { rest, member, values: values ?? [value] });
    else known.values.push(...(values ?? []));
  }
  return [...alike.values()].map(({ rest, member, values: [first, ...others] }) => ({
    ...rest,
    [member]: others.length === 0 ? first : { $in: [first, ...others] },
  }));
}

/** What the member may be; null where a condition other than that is asked of it. */
function valuesOf(condition: unknown): unknown[] | null {
  if (condition === null || typeof condition !== 'object' || condition instanceof ObjectId)
    return [condition];
  const { $in } = condition as { $in?: unknown[] };
  return $in && Object.keys(condition).length === 1 ? [...$in] : null;
}
