// Reading tables from end to end, by pages of their keys, so that nothing is skipped over twice. As `moment` all of it is
// read in one transaction that only reads, which the server ends after a minute.

import type { ClientSession, Db, Document } from 'mongodb';
import type { ExportFilters, ExportRows, ExportTable } from '../../domain/export.ts';
import type { KhataEntry } from '../../domain/khata.ts';
import { MAX_PAGE_ROWS } from '../../domain/page.ts';
import { RATE_PURITIES } from '../../domain/price.ts';
import { dayOf } from '../../domain/shop-day.ts';
import type { ExportReader } from '../export-store.ts';
import { fromDocument, toId } from './codec.ts';
import { TRANSACTION } from './concerns.ts';
import { connect } from './connect.ts';
import { currentDatabase } from './generations.ts';
import { GridFiles } from './grid-files.ts';
import { customerConditions, toCustomer } from './reads/customers.ts';
import { findImage } from './reads/images.ts';
import { toEntry as toJournalEntry } from './reads/journal.ts';
import { toEntry } from './reads/khata.ts';
import { orderConditions, toOrder } from './reads/orders.ts';
import { following, NEWEST_FIRST, type Sort, timeRange } from './reads/pages.ts';
import {
  diamondConditions,
  LATEST_FIRST,
  metalConditions,
  toDiamondPrice,
  toMetalPrice,
  toRate,
} from './reads/prices.ts';
import { productConditions, toProduct } from './reads/products.ts';
import { saleConditions, toSale } from './reads/sales.ts';
import { toSettings } from './reads/settings.ts';
import { toUser } from './reads/users.ts';
import type { CollectionName, EntryRow, MetalRow, PayloadRow, Rows } from './rows.ts';
import { SHOP_ID } from './shop-id.ts';

interface Reading {
  shopId: string;
  /** The journal's head when the reading began: pages of the ledger and of the journal end here. */
  end: number;
  find: <C extends CollectionName>(
    collection: C,
    filter: Document,
    sort: Sort,
    more?: Range,
  ) => Promise<Rows[C][]>;
}
interface Range {
  skip?: number;
  limit?: number;
}

/** Where a thread of its own finds the shop. */
export interface ExportCluster {
  uri: string;
  shopId?: string;
}

/** The same, with a connection of its own, which ends with it. */
export async function connectExportReader(
  { uri, shopId = SHOP_ID }: ExportCluster,
  mode: 'moment' | 'slow',
): Promise<ExportReader> {
  const client = await connect({ uri });
  const reader = await openExportReader(await currentDatabase(client), shopId, mode);
  const close = async (): Promise<void> => {
    await reader.close();
    await client.close();
  };
  return { ...reader, close };
}

/** See ExportReader for the two modes. */
export async function openExportReader(
  db: Db,
  shopId: string,
  mode: 'moment' | 'slow',
): Promise<ExportReader> {
  const session =
    mode === 'moment' ? db.client.startSession({ defaultTransactionOptions: TRANSACTION }) : null;
  session?.startTransaction();
  const find = finderOf(db, session);
  const shop = async () => (await find('shops', { _id: shopId, shop_id: shopId }, { _id: 1 }))[0] ?? null;
  const reading: Reading = { shopId, find, end: (await shop())?.seq ?? 0 };
  return {
    pages: async function* <T extends ExportTable>(table: T, filter: ExportFilters[T]) {
      const read: ReadAfter<T> = readersOf(reading)[table];
      let page: ExportRows[T][] = [];
      let skip = 0;
      do {
        page = await read(filter, page.at(-1), skip);
        skip += page.length;
        if (page.length > 0) yield page;
      } while (page.length === MAX_PAGE_ROWS);
    },
    board: async (at) => ({
      rates: await ratesAt(reading, at),
      defaultMaking: toSettings(await shop()).makingCharge,
    }),
    settings: async () => toSettings(await shop()),
    images: async function* () {
      const files = new GridFiles(db, 'image_files', shopId);
      for (const { name } of await find('product_images', { shop_id: shopId }, { name: 1 })) {
        const image = await findImage(db, shopId, files, name);
        if (image) yield image;
      }
    },
    close: async () => {
      if (session?.inTransaction()) await session.abortTransaction();
      await session?.endSession();
    },
  };
}

function finderOf(db: Db, session: ClientSession | null): Reading['find'] {
  const options = session === null ? {} : { session };
  return async <C extends CollectionName>(name: C, filter: Document, sort: Sort, range: Range = {}) => {
    const { skip = 0, limit = 0 } = range;
    const found = db.collection(name).find(filter, options).sort(sort).skip(skip).limit(limit);
    return (await found.toArray()).map((document) => fromDocument<Rows[C]>(document));
  };
}

async function ratesAt({ find, shopId }: Reading, at: number) {
  const rows: MetalRow[] = [];
  for (const purity of RATE_PURITIES.gold) {
    const filter = { shop_id: shopId, metal: 'gold', purity, held: false, day: { $lte: dayOf(at) } };
    rows.push(...(await find('price_history', filter, LATEST_FIRST, { limit: 1 })));
  }
  return rows.map(toRate);
}

/** Reads the page after a row. Prices are paged by number: their order is no key that a row shows. */
type ReadAfter<T extends ExportTable> = (
  filter: ExportFilters[T],
  last: ExportRows[T] | undefined,
  skip: number,
) => Promise<ExportRows[T][]>;

function readersOf(reading: Reading): { [T in ExportTable]: ReadAfter<T> } {
  const { find, shopId, end } = reading;
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
    khata: (filter, last) => ledgerPage(reading, filter, last),
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

/** A page of the ledger as it stood when the reading began: what was reversed later is not reversed here. */
async function ledgerPage(
  { find, shopId, end }: Reading,
  filter: ExportFilters['khata'],
  last: KhataEntry | undefined,
): Promise<KhataEntry[]> {
  const { customerId } = filter;
  const where = {
    shop_id: shopId,
    position: { $lte: end, $lt: last?.position ?? end + 1 },
    ...(customerId === undefined ? {} : { customer_id: toId(customerId) }),
    ...timeRange('created_at', filter),
  };
  const rows: EntryRow[] = await find(
    'khata_transactions',
    where,
    { position: -1 },
    { limit: MAX_PAGE_ROWS },
  );
  const ids = { $in: rows.map(({ id }) => toId(id)), $type: 'objectId' };
  const reversing = { shop_id: shopId, reverses: ids, position: { $lte: end } };
  // In no order: one of positions would walk the ledger for it.
  const reversals = await find('khata_transactions', reversing, {});
  const owners = { $in: [...new Set(rows.map((row) => row.customerId))].map(toId) };
  const customers = await find('customers', { shop_id: shopId, _id: owners }, { _id: 1 });
  const names = new Map(customers.map(({ id, name }) => [id, name]));
  const reversedBy = new Map(reversals.map((row) => [row.reverses, row.id]));
  return rows.map((row) => toEntry(row, names.get(row.customerId) ?? '', reversedBy.get(row.id) ?? null));
}
