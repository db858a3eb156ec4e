// Reading the shop from end to end, for files that leave it, and bringing files in. Part of the interface in store.ts.

import type { By, Written } from '../domain/actor.ts';
import type {
  ExportFilters,
  ExportRecord,
  ExportRows,
  ExportTable,
  TableExport,
  WholeExport,
} from '../domain/export.ts';
import type { Image } from '../domain/image.ts';
import type { Board } from '../domain/piece-price.ts';
import type { NewProduct } from '../domain/product.ts';
import type { ImportedCustomer } from '../domain/record-import.ts';
import type { Settings } from '../domain/settings.ts';

export interface ExportStore {
  /** A reader for a thread of its own: see ExportReader. `of`: all that it will be asked for; all tables without it. */
  open(mode: 'moment' | 'slow', of?: WhatLeaves): Promise<ExportReader>;
  /** Notes in the journal that rows leave the shop. */
  made(record: ExportRecord, by: By): Promise<Written<null>>;
}

/** What an export will read; a table without a filter: all of its rows, removed ones, too. */
export type WhatLeaves =
  | { table: TableExport['table']; filter?: TableExport['filter'] }
  | Pick<WholeExport, 'table' | 'images'>;

/**
 * Reads tables from end to end. As `moment` all that it reads is of the moment of its opening, and it must be closed
 * soon, since it holds that moment, or a copy of it. As `slow` it holds nothing between two pages and may take its time: of the ledger
 * it then reads what was posted before it began; other tables may change under it.
 */
export interface ExportReader {
  /** In the order of the table's list (the journal: oldest first); no page is empty. */
  pages<T extends ExportTable>(table: T, filter: ExportFilters[T]): AsyncGenerator<ExportRows[T][]>;
  /** What pieces are priced by at an instant. */
  board(at: number): Promise<Board>;
  settings(): Promise<Settings>;
  /** One by one; those whose bytes are missing are left out. */
  images(): AsyncGenerator<Image>;
  close(): Promise<void>;
}

/** Many rows in one write, all or none, each with its journal entries. Refuses: invalid_input (too many rows). */
export interface ImportStore {
  /** With their opening entries, which no credit limit stops. Refuses: phone_taken, naming the phone. */
  customers(rows: ImportedCustomer[], by: By): Promise<Written<number>>;
  products(rows: NewProduct[], by: By): Promise<Written<number>>;
  /** Throws what the import would be refused with for its size alone. A cluster takes fewer rows than a file. */
  refuseTooMany(rows: readonly (ImportedCustomer | NewProduct)[]): void;
}
