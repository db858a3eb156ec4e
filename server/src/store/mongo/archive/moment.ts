// A copy of the shop's documents as they all were at one moment, made while the shop goes on and without a transaction,
// which the server would end after a minute (transactionLifetimeLimitSeconds): everything is read by pages, each of them
// by itself, and what changed meanwhile is told by the cluster's own record of changes, in its order, up to a mark that
// we write. Rows that nobody changed were the same all the time; the others are as the record says.

import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import {
  type ChangeStream,
  type ChangeStreamDocument,
  type ClientSession,
  type Db,
  type FindCursor,
  MongoServerError,
  Timestamp,
} from 'mongodb';
import { type OrderKeys, Spool } from '../../spool/spool.ts';
import { StoreRefused } from '../../store-refused.ts';
import { type Document, fromDocument, toField } from '../codec.ts';
import { DURABLE } from '../concerns.ts';
import { GridFiles } from '../grid-files.ts';
import { matchesRow } from '../matches-row.ts';
import type { CollectionName, Rows, StoredModel } from '../rows.ts';
import { filesOf, WITH_FILES } from './named-files.ts';

const PAGE_ROWS = 2_000;
/** The record is kept for a while only, so it is read all along. */
const PAGES_BETWEEN = 10;
/** How long the server may wait for the next change before it says that there is none. */
const AWAIT_MS = 50;
/** A cluster whose parts are idle tells of changes every ten seconds. */
const MARK_LIMIT_MS = 60_000;
/** Bytes go when their row is gone, which is then told next. */
const MARKS = 5;
const UNAUTHORIZED = 13;
const HISTORY_LOST = 286;
/** Holds what belongs to the database and not to the shop. */
const MARKED = 'schema_info';

export interface CopyOptions {
  /** Where there is room for a copy of the shop. */
  folder?: string;
  pageRows?: number;
  /** Only this shop's rows; all shops' without it. */
  shopId?: string;
  /** Of these collections only what a condition lets through, as matchesRow reads it. */
  conditions?: ReadonlyMap<CollectionName, Document>;
  /** Without the bytes that rows name. */
  withoutFiles?: boolean;
}

/** What is copied, each with the fields that its rows are ordered by, after their shop. */
export type CopiedCollections = ReadonlyMap<CollectionName, readonly string[]>;

/** What the database held at one moment. */
export interface Moment {
  /** Shop after shop, in the order of the collection's fields, or all of it from its end. */
  rows<C extends CollectionName>(collection: C, from?: 'first' | 'last'): Iterable<Rows[C]>;
  /** The bytes of an image or a model that a row names. */
  file(fileId: string): Uint8Array;
  close(): void;
}

/** Close what is answered. Throws StoreRefused where the account or the cluster does not let us. */
export async function copyOfOneMoment(
  db: Db,
  collections: CopiedCollections,
  options: CopyOptions = {},
): Promise<Moment> {
  const spool = new Spool(options.folder ?? tmpdir());
  // In one session, so that no page is older than the place where the record begins.
  const session = db.client.startSession({ causalConsistency: true });
  const copying = new Copying({ db, collections, spool, session, options });
  try {
    await copying.run();
    return {
      rows: (collection, from) => spool.rows(collection, from),
      file: (id) => spool.file(id),
      close: () => spool.close(),
    };
  } catch (error) {
    spool.close();
    throw explain(error, db);
  } finally {
    await copying.close();
    await session.endSession();
  }
}

interface Parts {
  db: Db;
  collections: CopiedCollections;
  spool: Spool;
  session: ClientSession;
  options: CopyOptions;
}

class Copying {
  readonly #parts: Parts;
  #changes: ChangeStream | null = null;
  #lastMark = '';

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async run(): Promise<void> {
    const { db, collections, session } = this.#parts;
    // The record is read from here on.
    await db.collection(MARKED).findOne({}, { session });
    const { operationTime } = session;
    if (!operationTime) throw new Error('the cluster does not say at what time it answered');
    // What was changed at that time is in every page.
    const since = new Timestamp({ t: operationTime.t, i: operationTime.i + 1 });
    for (const collection of collections.keys()) await this.#copy(collection, since);
    for (let marks = 1; ; marks++) {
      await this.#takeChangesUpToNow(since);
      if (this.#missing().length === 0) return;
      if (marks === MARKS) return this.#takeImagesAsTheyAre();
    }
  }

  /** Opened when it is first asked: a small copy is whole before that, and asks once. */
  #changesSince(startAtOperationTime: Timestamp): ChangeStream {
    const { db, collections, session } = this.#parts;
    const ours = [...collections.keys(), MARKED];
    this.#changes ??= db.watch([{ $match: { 'ns.coll': { $in: ours } } }], {
      ...{ session, startAtOperationTime },
      maxAwaitTimeMS: AWAIT_MS,
    });
    return this.#changes;
  }

  async close(): Promise<void> {
    await this.#changes?.close();
  }

  async #copy(collection: CollectionName, since: Timestamp): Promise<void> {
    const { db, session, options } = this.#parts;
    const { pageRows = PAGE_ROWS, shopId, conditions } = options;
    const filter = { ...(shopId === undefined ? {} : { shop_id: shopId }), ...conditions?.get(collection) };
    const rows = (): FindCursor<Document> =>
      db.collection<Document>(collection).find(filter, { session }).hint({ _id: 1 });
    let last: unknown = null;
    let end: unknown = null;
    for (let pages = 1; ; pages++) {
      // By the bounds of the index, which know no types: `$gt` would leave out ids of another type than the last one's.
      const found = rows().sort({ _id: 1 });
      if (last !== null) found.min({ _id: last }).max({ _id: end });
      const page = await found
        .limit(pageRows + 1)
        .batchSize(pageRows + 1)
        .toArray();
      for (const document of page) await this.#keep(collection, document);
      if (page.length <= pageRows) return;
      last = page.at(-1)?._id;
      if (end === null) {
        // The pages end here, however fast more is added: the record tells of all that is.
        const ends = await rows().sort({ _id: -1 }).min({ _id: last }).limit(2).toArray();
        for (const document of ends) await this.#keep(collection, document);
        if (ends.length < 2) return;
        end = ends[0]?._id;
      }
      if (pages % PAGES_BETWEEN === 0) await this.#takeChanges(since);
    }
  }

  async #keep<C extends CollectionName>(collection: C, document: Document): Promise<void> {
    const row = fromDocument<Rows[C]>(document);
    this.#parts.spool.keep(collection, row, this.#keysOf(collection, row));
    await this.#saveFiles(collection, row);
  }

  #keysOf<C extends CollectionName>(collection: C, row: Rows[C]): OrderKeys {
    const fields = this.#parts.collections.get(collection) ?? [];
    const values = row as unknown as Record<string, string | number | null>;
    return [row.shopId, ...fields.map((field) => values[toField(field)] ?? null)];
  }

  /** Those up to now: of a busy shop there is always a next one. */
  async #takeChanges(since: Timestamp): Promise<void> {
    const changes = this.#changesSince(since);
    const now = this.#parts.session.operationTime;
    for (;;) {
      const change = await changes.tryNext();
      if (change === null) return;
      await this.#take(change);
      if (now && change.clusterTime?.greaterThan(now)) return;
    }
  }

  /** Writes a mark and takes all that was changed before it. The copy is of that moment then. */
  async #takeChangesUpToNow(since: Timestamp): Promise<void> {
    const mark = randomUUID();
    const marks = this.#parts.db.collection<{ _id: string; mark: string }>(MARKED, { writeConcern: DURABLE });
    await marks.replaceOne({ _id: 'copied' }, { mark }, { upsert: true });
    const changes = this.#changesSince(since);
    let until = performance.now() + MARK_LIMIT_MS;
    while (this.#lastMark !== mark) {
      const change = await changes.tryNext();
      if (change !== null) {
        await this.#take(change);
        until = performance.now() + MARK_LIMIT_MS;
      } else if (performance.now() > until)
        throw new Error('the cluster does not tell what is changed in it');
    }
  }

  async #take(change: ChangeStreamDocument): Promise<void> {
    const { operationType } = change;
    if ('ns' in change && 'coll' in change.ns && change.ns.coll === MARKED) {
      if ('fullDocument' in change) this.#lastMark = String(change.fullDocument?.mark ?? '');
      return;
    }
    // Whoever writes by our door writes whole documents.
    if (operationType !== 'insert' && operationType !== 'replace' && operationType !== 'delete') {
      throw new Error(`another program changed the database while it was copied (${operationType})`);
    }
    const collection = change.ns.coll as CollectionName;
    const { id } = fromDocument<{ id: string }>(change.documentKey);
    if (operationType === 'delete') return this.#parts.spool.tell(collection, id, null, []);
    const row = fromDocument<Rows[typeof collection]>(change.fullDocument);
    const { shopId = row.shopId, conditions } = this.#parts.options;
    if (row.shopId !== shopId) return;
    if (!matchesRow(conditions?.get(collection) ?? {}, row)) {
      return this.#parts.spool.tell(collection, id, null, []);
    }
    this.#parts.spool.tell(collection, id, row, this.#keysOf(collection, row));
    await this.#saveFiles(collection, row);
  }

  /** Bytes are read with their row. Those that are gone belong to a row that is gone, too: that is told later. */
  async #saveFiles(collection: CollectionName, row: Rows[CollectionName]): Promise<void> {
    const { db, spool, options } = this.#parts;
    if (options.withoutFiles) return;
    for (const { bucket, file } of filesOf(collection, row)) {
      if (spool.hasFile(file.fileId)) continue;
      const bytes = await new GridFiles(db, bucket, row.shopId).read(file);
      if (bytes) spool.addFile(file.fileId, bytes);
    }
  }

  /** What rows of the copy name and the copy does not have. */
  #missing(): MissingFile[] {
    const { collections, spool, options } = this.#parts;
    const missing: MissingFile[] = [];
    for (const collection of options.withoutFiles ? [] : WITH_FILES) {
      if (!collections.has(collection)) continue;
      for (const row of spool.rows<Rows[typeof collection]>(collection)) {
        for (const { bucket, file } of filesOf(collection, row)) {
          if (spool.hasFile(file.fileId)) continue;
          missing.push({
            what: `${collection} ${row.name}`,
            shopId: row.shopId,
            bucket,
            fileId: file.fileId,
          });
        }
      }
    }
    return missing;
  }

  /** A picture that is damaged or missing keeps nobody from a backup: it has the bytes there that it has here, or none. */
  async #takeImagesAsTheyAre(): Promise<void> {
    const { db, spool } = this.#parts;
    for (const { what, shopId, bucket, fileId } of this.#missing()) {
      if (bucket !== 'image_files') {
        throw new Error(`the bytes of ${what} are missing, or are not those that were stored`);
      }
      const bytes = await new GridFiles(db, bucket, shopId).readAsIs(fileId);
      spool.addFile(fileId, bytes ?? new Uint8Array());
    }
  }
}

interface MissingFile extends Pick<StoredModel, 'fileId'> {
  what: string;
  shopId: string;
  bucket: 'image_files' | 'model_files';
}

function explain(error: unknown, db: Db): unknown {
  if (!(error instanceof MongoServerError)) return error;
  if (error.code === UNAUTHORIZED) {
    return new StoreRefused(
      `MONGODB_URI: the account may not follow the changes of ${db.databaseName}: give it the action changeStream, which readWrite has`,
    );
  }
  if (error.code === HISTORY_LOST) {
    return new StoreRefused(
      `the cluster forgot what was changed before ${db.databaseName} was copied: give its servers a larger oplog (replSetResizeOplog)`,
    );
  }
  return error;
}
