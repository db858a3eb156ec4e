// Reading tables from end to end, on a connection of its own: pages by key, so that nothing is skipped over twice.

import type { ExportFilters, ExportRows, ExportTable } from '../../domain/export.ts';
import type { ExportReader } from '../export-store.ts';
import { type Connection, openConnection } from './database.ts';
import { listCustomersAfter } from './reads/customers.ts';
import { findImage, imageNames } from './reads/images.ts';
import { journalPosition, listJournalAfter } from './reads/journal.ts';
import { entriesBefore, type KnownToLedger, reversalsUpTo } from './reads/khata-ledger.ts';
import { listOrdersAfter } from './reads/orders.ts';
import { boardOf, listDiamondPrices, listMetalPrices } from './reads/prices.ts';
import { listProductsAfter } from './reads/products.ts';
import { listSalesAfter } from './reads/sales.ts';
import { getSettings } from './reads/settings.ts';
import { listUsers } from './reads/users.ts';

/** So few that a page is forgotten before the collector would count it among what stays: the thread remains small. */
const PAGE_ROWS = 250;

/** See ExportReader in store.ts for the two modes. */
export function openExportReader(file: string, shopId: string, mode: 'moment' | 'slow'): ExportReader {
  const db = openConnection(file, 'read');
  if (mode === 'moment') db.exec('BEGIN');
  // A transaction begins with its first read, and pages of the ledger end here.
  const end = journalPosition(db, shopId);
  return {
    pages: async function* <T extends ExportTable>(table: T, filter: ExportFilters[T]) {
      const read: ReadAfter<T> = readersOf(db, shopId, end)[table];
      let page: ExportRows[T][] = [];
      let skip = 0;
      do {
        page = read(filter, page.at(-1), skip);
        skip += page.length;
        if (page.length > 0) yield page;
      } while (page.length === PAGE_ROWS);
    },
    board: async (at) => boardOf(db, shopId, at),
    settings: async () => getSettings(db, shopId),
    images: async function* () {
      for (const name of imageNames(db, shopId)) {
        const image = await findImage(db, shopId, db.folder, name);
        if (image) yield image;
      }
    },
    close: async () => {
      if (db.isTransaction) db.exec('COMMIT');
      db.close();
    },
  };
}

/** Reads the page after a row. Prices are paged by number: their order is no key that a row shows. */
type ReadAfter<T extends ExportTable> = (
  filter: ExportFilters[T],
  last: ExportRows[T] | undefined,
  skip: number,
) => ExportRows[T][];

function readersOf(db: Connection, shop: string, end: number): { [T in ExportTable]: ReadAfter<T> } {
  const limit = PAGE_ROWS;
  const known: KnownToLedger = { names: new Map(), reversals: null };
  return {
    sales: (filter, last) => listSalesAfter(db, shop, filter, last ?? null, limit),
    orders: (filter, last) => listOrdersAfter(db, shop, filter, last ?? null, limit),
    khata: (filter, last) => {
      known.reversals ??= reversalsUpTo(db, shop, end);
      return entriesBefore(db, shop, filter, last?.position ?? end + 1, limit, known);
    },
    customers: (filter, last) => listCustomersAfter(db, shop, filter, last ?? null, limit),
    products: (filter, last) => listProductsAfter(db, shop, filter, last ?? null, limit),
    metal_prices: (filter, _last, skip) => listMetalPrices(db, shop, filter, { skip, limit }).rows,
    diamond_prices: (filter, _last, skip) => listDiamondPrices(db, shop, filter, { skip, limit }).rows,
    users: (_filter, last) => (last === undefined ? listUsers(db, shop) : []),
    journal: (_filter, last) =>
      listJournalAfter(db, shop, last?.seq ?? 0, limit).filter(({ seq }) => seq <= end),
  };
}
