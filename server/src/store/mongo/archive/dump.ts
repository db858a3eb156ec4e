// Everything a backup holds, of one moment: all documents are read in one transaction that only reads. The server ends
// a transaction after a minute (transactionLifetimeLimitSeconds), so a reader must not be slow.

import type { ClientSession, Db } from 'mongodb';
import { dayOf } from '../../../domain/shop-day.ts';
import { IMAGE_BYTES, toArchiveLine } from '../../archive/archive-page.ts';
import type { ArchivePage } from '../../store.ts';
import { type Document, fromDocument } from '../codec.ts';
import { TRANSACTION } from '../concerns.ts';
import { GridFiles } from '../grid-files.ts';
import type { CollectionName, EntryRow, ImageRow, ModelRow, Rows, StoredModel } from '../rows.ts';
import { SoldByDay } from './sold-by-day.ts';
import { ARCHIVED_TABLES, type ArchivedTable, modelLine } from './tables.ts';

const PAGE_ROWS = 500;

export async function* dumpDatabase(db: Db): AsyncGenerator<ArchivePage> {
  const session = db.client.startSession({ defaultTransactionOptions: TRANSACTION });
  try {
    session.startTransaction();
    const source: Source = { db, session };
    const parts = [
      ...ARCHIVED_TABLES.map((table) => ({ name: table.name, lines: () => tableLines(source, table) })),
      { name: IMAGE_BYTES, lines: () => imageLines(source) },
      { name: 'khata_daily_debits', lines: () => debitLines(source) },
      { name: 'models', lines: () => modelLines(source) },
      { name: 'product_daily_figures', lines: () => soldByDayLines(source) },
    ];
    // The sort is stable: the payments of sales come before those of orders.
    for (const { name, lines } of parts.sort((a, b) => compare(a.name, b.name))) yield* paged(name, lines());
  } finally {
    if (session.inTransaction()) await session.abortTransaction();
    await session.endSession();
  }
}

interface Source {
  db: Db;
  session: ClientSession;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

async function* paged(table: string, lines: AsyncIterable<string>): AsyncGenerator<ArchivePage> {
  let page: string[] = [];
  for await (const line of lines) {
    page.push(line);
    if (page.length < PAGE_ROWS) continue;
    yield { table, lines: page };
    page = [];
  }
  if (page.length > 0) yield { table, lines: page };
}

/** The rows of a collection, shop after shop. */
async function* rowsOf<C extends CollectionName>(
  { db, session }: Source,
  collection: C,
  sort: Record<string, 1 | -1>,
): AsyncGenerator<Rows[C]> {
  const found = db
    .collection(collection)
    .find({}, { session, allowDiskUse: true })
    .sort({ shop_id: 1, ...sort });
  for await (const document of found) yield fromDocument<Rows[C]>(document as Document);
}

async function* tableLines(source: Source, table: ArchivedTable): AsyncGenerator<string> {
  for await (const row of rowsOf(source, table.collection, table.sort)) {
    for (const line of table.lines(row)) yield toArchiveLine(line);
  }
}

async function* imageLines(source: Source): AsyncGenerator<string> {
  for await (const row of rowsOf(source, 'product_images', { name: 1 })) {
    const { shopId, name } = row as ImageRow;
    const bytes = await new GridFiles(source.db, 'image_files', shopId).read(row);
    if (!bytes) throw new Error(`the image ${name} was removed while it was read`);
    yield toArchiveLine({ base64: Buffer.from(bytes).toString('base64'), name });
  }
}

/** By customer and day the debits that were not taken back: the customers' documents hold those of the last days only. */
async function* debitLines(source: Source): AsyncGenerator<string> {
  const debits = new Map<string, { shop_id: string; customer_id: string; day: string; paise: number }>();
  const byId = new Map<string, EntryRow>();
  for await (const entry of rowsOf(source, 'khata_transactions', { position: 1 })) {
    const debit = entry.reverses === null ? entry : byId.get(entry.reverses);
    if (debit?.type !== 'debit') continue;
    if (entry === debit) byId.set(entry.id, entry);
    const day = dayOf(debit.createdAt);
    const key = `${debit.shopId} ${debit.customerId} ${day}`;
    const paise = (debits.get(key)?.paise ?? 0) + (entry === debit ? 1 : -1) * debit.amountPaise;
    debits.set(key, { shop_id: debit.shopId, customer_id: debit.customerId, day, paise });
  }
  for (const [, line] of [...debits].sort(([a], [b]) => compare(a, b))) yield toArchiveLine(line);
}

/** By piece and day what was sold of it. Days whose orders were all cancelled are there, with zeros. */
async function* soldByDayLines(source: Source): AsyncGenerator<string> {
  const days = new SoldByDay();
  for await (const sale of rowsOf(source, 'sales', { _id: 1 })) days.addSale(sale);
  for await (const order of rowsOf(source, 'orders', { _id: 1 })) days.addOrder(order);
  for (const line of days.lines()) yield toArchiveLine({ ...line });
}

async function* modelLines(source: Source): AsyncGenerator<string> {
  for await (const row of rowsOf(source, 'models', { name: 1 })) {
    const { shopId, name, current, previous } = row as ModelRow;
    const files = new GridFiles(source.db, 'model_files', shopId);
    const slots: [string, StoredModel | null][] = [
      ['current', current],
      ['previous', previous],
    ];
    for (const [slot, model] of slots) {
      if (!model) continue;
      const bytes = await files.read(model);
      if (!bytes) throw new Error(`the model ${name} was replaced while it was read`);
      yield modelLine(shopId, name, slot, model, bytes);
    }
  }
}
