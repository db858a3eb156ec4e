// What leaves the shop as a file: which rows, in which form.

import type { Customer, CustomerFilter } from './customer.ts';
import type { JournalEntry } from './journal.ts';
import type { KhataEntry, KhataFilter } from './khata.ts';
import type { Order, OrderFilter } from './order.ts';
import type { DiamondPrice, DiamondPriceFilter, MetalPrice, MetalPriceFilter } from './price.ts';
import type { Product, ProductFilter } from './product.ts';
import type { Sale, SaleFilter } from './sale.ts';
import type { User } from './user.ts';

export const EXPORT_FORMATS = ['csv', 'xlsx', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The rows of each table that can be read from end to end. */
export interface ExportRows {
  sales: Sale;
  orders: Order;
  khata: KhataEntry;
  customers: Customer;
  products: Product;
  metal_prices: MetalPrice;
  diamond_prices: DiamondPrice;
  users: User;
  journal: JournalEntry;
}
export type ExportTable = keyof ExportRows;

export interface ExportFilters {
  sales: SaleFilter;
  orders: OrderFilter;
  khata: KhataFilter;
  customers: CustomerFilter;
  products: ProductFilter;
  metal_prices: MetalPriceFilter;
  diamond_prices: DiamondPriceFilter;
  users: Record<string, never>;
  journal: Record<string, never>;
}

/** Tables that are a list of the API too. */
export type ListTable = Exclude<ExportTable, 'users' | 'journal'>;

/** One table as one file. `at`: the instant whose rates price the pieces. */
export type TableExport = {
  [T in ListTable]: { table: T; filter: ExportFilters[T]; format: ExportFormat; at: number };
}[ListTable];

/** Everything as one zip. */
export interface WholeExport {
  table: 'all';
  images: boolean;
  at: number;
}
export type ExportJob = TableExport | WholeExport;

/** What the journal keeps of an export: what was asked for, and how many rows there were when it began. */
export interface ExportRecord {
  table: ExportJob['table'] | 'khata_statement';
  format: ExportFormat | 'zip';
  filter: object;
  rows: number;
}
