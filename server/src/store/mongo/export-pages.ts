// Pages of tables by their keys, so that nothing is skipped over twice and nothing is held between two of them.

import type { Db, Document } from 'mongodb';
import type { ExportFilters, ExportRows, ExportTable } from '../../domain/export.ts';
import type { Image } from '../../domain/image.ts';
import { MAX_PAGE_ROWS } from '../../domain/page.ts';
import type { ExportReader } from '../export-store.ts';
import { fromDocument, toId } from './codec.ts';
import { GridFiles } from './grid-files.ts';
import { customerConditions, toCustomer } from './reads/customers.ts';
import { toEntry as toJournalEntry } from './reads/journal.ts';
import { toEntry } from './reads/khata.ts';
import { orderConditions, toOrder } from './reads/orders.ts';
import { following, NEWEST_FIRST, type Sort, timeRange } from './reads/pages.ts';
import {
  boardOf,
  diamondConditions,
  LATEST_FIRST,
  metalConditions,
  toDiamondPrice,
  toMetalPrice,
} from './reads/prices.ts';
import { productConditions, toProduct } from './reads/products.ts';
import { Questions } from './reads/questions.ts';
import { saleConditions, toSale } from './reads/sales.ts';
import { findShop, toSettings } from './reads/settings.ts';
import { toUser } from './reads/users.ts';
import type { CollectionName, EntryRow, ImageRow, PayloadRow, Rows } from './rows.ts';

export interface LedgerReading {
  db: Db;
  shopId: string;
  /** The journal's head when the reading began: pages of the ledger and of the journal end here. */
  end: number;
  /** Of the customers, by id, as they were then; null: as they are. */
  names: ReadonlyMap<string, string> | null;
}

interface Range {
  skip?: number;
  limit?: number;
}

/** The reader that takes its time: see ExportReader. */
export function readSlowly(reading: LedgerReading): ExportReader {
  const { db, shopId } = reading;
  return {
    pages: async function* <T extends ExportTable>(table: T, filter: ExportFilters[T]) {
      const read: ReadAfter<T> = readersOf(reading)[table];
      let skip = 0;
      let next: Promise<ExportRows[T][]> | null = read(filter, undefined, skip);
      while (next !== null) {
        const page: ExportRows[T][] = await next;
        skip += page.length;
        // The servers look for the next page while this one becomes bytes.
        next = page.length === MAX_PAGE_ROWS ? read(filter, page.at(-1), skip) : null;
        // Whoever reads on hears of it; whoever does not need not.
        next?.catch(() => undefined);
        if (page.length > 0) yield page;
      }
    },
    board: (at) => boardOf(new Questions(db), shopId, at),
    settings: async () => toSettings(await findShop(db, shopId)),
    images: async function* () {
      yield* imagesOf(db, await finderOf(db)('product_images', { shop_id: shopId }, { name: 1 }));
    },
    close: async () => undefined,
  };
}

/** One by one, without those whose bytes are gone. */
export async function* imagesOf(db: Db, rows: Iterable<ImageRow>): AsyncGenerator<Image> {
  for (const { shopId, name, contentType, sha256, createdAt, fileId } of rows) {
    const bytes = await new GridFiles(db, 'image_files', shopId).read({ fileId, sha256 });
    if (bytes) yield { name, contentType, bytes, sha256, createdAt };
  }
}

function finderOf(db: Db) {
  return async <C extends CollectionName>(
    name: C,
    filter: Document,
    sort: Sort,
    { skip = 0, limit = 0 }: Range = {},
  ): Promise<Rows[C][]> => {
    const found = db.collection(name).find(filter).sort(sort).skip(skip).limit(limit);
    return (await found.toArray()).map((document) => fromDocument<Rows[C]>(document));
  };
}

/** Reads the page after a row. Prices are paged by number: their order is no key that a row shows. */
type ReadAfter<T extends ExportTable> = (
  filter: ExportFilters[T],
  last: ExportRows[T] | undefined,
  skip: number,
) => Promise<ExportRows[T][]>;

function readersOf(reading: LedgerReading): { [T in ExportTable]: ReadAfter<T> } {
  const { db, shopId, end } = reading;
  const find = finderOf(db);
  const limit = MAX_PAGE_ROWS;
  const after = <C extends CollectionName>(
    name: C,
    filter: Document,
    last: { createdAt: number; id: string } | undefined,
  ) => find(name, { $and: [filter, ...following(last ?? null)] }, NEWEST_FIRST, { limit });
  return {
    sales: async (filter, last) => (await after('sales', saleConditions(shopId, filter), last)).map(toSale),
    orders: async (filter, last) =>
      (await after('orders', orderConditions(shopId, filter), last)).map(toOrder),
    khata: ledgerReader(reading),
    customers: async (filter, last) =>
      (await after('customers', customerConditions(shopId, filter), last)).map(toCustomer),
    products: async (filter, last) =>
      (await after('products', productConditions(shopId, filter), last)).map(toProduct),
    metal_prices: async (filter, _last, skip) =>
      (await find('price_history', metalConditions(shopId, filter), LATEST_FIRST, { skip, limit })).map(
        toMetalPrice,
      ),
    diamond_prices: async (filter, _last, skip) => {
      const where = diamondConditions(shopId, filter);
      return (await find('diamond_price_history', where, LATEST_FIRST, { skip, limit })).map(toDiamondPrice);
    },
    users: async (_filter, last) =>
      last ? [] : (await find('users', { shop_id: shopId }, { created_at: 1, _id: 1 })).map(toUser),
    journal: async (_filter, last) => {
      const where = { shop_id: shopId, seq: { $gt: last?.seq ?? 0, $lte: end } };
      const rows = await find('journal', where, { seq: 1 }, { limit });
      const seq = { $in: rows.map((row) => row.seq) };
      const payloads = await find('journal_payloads', { shop_id: shopId, seq }, { seq: 1 });
      const bySeq = new Map<number, PayloadRow>(payloads.map((row) => [row.seq, row]));
      return rows.map((row) => toJournalEntry(row, bySeq.get(row.seq)));
    },
  };
}

/** Pages of the ledger as it stood when the reading began: what was reversed later is not reversed here. */
function ledgerReader({ db, shopId, end, names }: LedgerReading): ReadAfter<'khata'> {
  const find = finderOf(db);
  /** What was met and takes back an entry that is still to come: the newest come first. */
  const reversedBy = new Map<string, string>();
  return async ({ customerId, ...others }, last) => {
    const where = {
      shop_id: shopId,
      position: { $lte: end, $lt: last?.position ?? end + 1 },
      ...(customerId === undefined ? {} : { customer_id: toId(customerId) }),
      ...timeRange('created_at', others),
    };
    const rows = await find('khata_transactions', where, { position: -1 }, { limit: MAX_PAGE_ROWS });
    // Of a time, the one that takes an entry back may lie outside.
    const isWhole = Object.values(others).every((value) => value === undefined);
    const reversals = isWhole ? rows : await findReversals({ db, shopId, end }, rows);
    for (const { id, reverses } of reversals) if (reverses !== null) reversedBy.set(reverses, id);
    const known = names ?? (await namesOf(db, shopId, rows));
    return rows.map((row) => {
      const reversal = reversedBy.get(row.id) ?? null;
      reversedBy.delete(row.id);
      return toEntry(row, known.get(row.customerId) ?? '', reversal);
    });
  };
}

/** Of many entries: in no order, since one of positions would walk the ledger for it. */
function findReversals(
  { db, shopId, end }: Pick<LedgerReading, 'db' | 'shopId' | 'end'>,
  rows: readonly EntryRow[],
): Promise<EntryRow[]> {
  const reverses = { $in: rows.map(({ id }) => toId(id)), $type: 'objectId' };
  return finderOf(db)('khata_transactions', { shop_id: shopId, reverses, position: { $lte: end } }, {});
}

async function namesOf(db: Db, shopId: string, rows: readonly EntryRow[]): Promise<Map<string, string>> {
  const owners = { $in: [...new Set(rows.map((row) => row.customerId))].map(toId) };
  const customers = await finderOf(db)('customers', { shop_id: shopId, _id: owners }, { _id: 1 });
  return new Map(customers.map(({ id, name }) => [id, name]));
}
