// The part of the store interface that keeps the catalogue.

import type { By, Written } from '../domain/actor.ts';
import type { Page, PageRequest, RowMark } from '../domain/page.ts';
import type { PricedProduct } from '../domain/piece-price.ts';
import type {
  BulkAction,
  BulkChanges,
  BulkResult,
  NewProduct,
  Product,
  ProductChanges,
  ProductFilter,
} from '../domain/product.ts';

export interface ProductStore {
  find(id: string): Promise<Product | null>;
  /** Newest first (created_at, then id). */
  list(filter: ProductFilter, page: PageRequest): Promise<Page<Product>>;
  /** The same order, what follows a row; null: from the newest on. For whoever reads all of them. */
  listAfter(filter: ProductFilter, row: RowMark | null, limit: number): Promise<Product[]>;
  add(input: NewProduct, by: By): Promise<Written<PricedProduct>>;
  /** Refuses: product_not_found, stale_version. A piece made `published` gets its publishing instant. */
  change(
    id: string,
    changes: ProductChanges,
    ifVersion: number | null,
    by: By,
  ): Promise<Written<PricedProduct>>;
  /** Hides the piece from every list. Refuses: product_not_found (also when already removed), stale_version. */
  remove(id: string, ifVersion: number | null, by: By): Promise<Written<PricedProduct>>;
  /** Undoes a removal; a piece that is not removed stays as it is. Refuses: product_not_found. */
  restore(id: string, by: By): Promise<Written<PricedProduct>>;
  /** One answer per id, in the order given; one id's refusal leaves the others done. */
  bulk(ids: string[], action: BulkAction, by: By): Promise<Written<BulkResult[]>>;
  /** The same changes to each piece, answered like `bulk`; a piece that has them already stays as it is. */
  changeMany(ids: string[], changes: BulkChanges, by: By): Promise<Written<BulkResult[]>>;
}
