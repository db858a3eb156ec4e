import { changedFields, presence } from '../../../domain/changed-fields.ts';
import { type PricedProduct, pricePiece } from '../../../domain/piece-price.ts';
import {
  type BulkAction,
  type BulkChanges,
  type BulkResult,
  type NewProduct,
  type Product,
  type ProductChanges,
  publishedAtAfter,
} from '../../../domain/product.ts';
import { searchTextOf } from '../../../domain/product-search.ts';
import { requireVersion } from '../../../domain/require-version.ts';
import { refuse, ShopError } from '../../../domain/shop-error.ts';
import { toProduct } from '../reads/products.ts';
import type { ProductRow } from '../rows.ts';
import { NOTHING_SOLD } from './figures.ts';
import { goldBoard } from './series.ts';
import { getSettings } from './settings.ts';
import type { Tx } from './tx.ts';
import { byId } from './view.ts';

export function addProduct(tx: Tx, input: NewProduct): PricedProduct {
  const { id, ...fields } = input;
  const { at } = tx.by;
  const row: ProductRow = {
    id,
    shopId: tx.shopId,
    version: 1,
    ...fields,
    publishedAt: publishedAtAfter(null, input.status, at),
    searchText: searchTextOf(input.name, input.description),
    figures: NOTHING_SOLD,
    isActive: true,
    createdAt: at,
    updatedAt: at,
  };
  const answer = priced(tx, row);
  tx.add('products', row);
  tx.record('product.created', { type: 'product', id }, null, fields);
  return answer;
}

export function changeProduct(
  tx: Tx,
  id: string,
  changes: ProductChanges,
  ifVersion: number | null,
): PricedProduct {
  return priced(tx, applyChanges(tx, findForChange(tx, id, ifVersion), changes));
}

export function removeProduct(tx: Tx, id: string, ifVersion: number | null): PricedProduct {
  return priced(tx, setActive(tx, findForChange(tx, id, ifVersion), false));
}

export function restoreProduct(tx: Tx, id: string): PricedProduct {
  return priced(tx, restore(tx, findAlsoRemoved(tx, id)));
}

export function bulkProducts(tx: Tx, ids: string[], action: BulkAction): BulkResult[] {
  return doToEach(tx, ids, finderFor(tx, action), (row) => applyAction(tx, row, action));
}

export function changeProducts(tx: Tx, ids: string[], changes: BulkChanges): BulkResult[] {
  return doToEach(tx, ids, finderFor(tx, 'edit'), (row) => applyChanges(tx, row, changes));
}

function doToEach(
  tx: Tx,
  ids: string[],
  find: (id: string) => ProductRow,
  change: (row: ProductRow) => ProductRow,
): BulkResult[] {
  tx.need(ids.map((id) => byId('products', id)));
  return ids.map((id) => {
    try {
      const before = find(id);
      const after = change(before);
      return { id, ok: true, product: toProduct(after), isChanged: after.version !== before.version };
    } catch (error) {
      // Each of these refuses before it writes, so that a refused id leaves nothing behind.
      if (!(error instanceof ShopError)) throw error;
      return { id, ok: false, refusal: error.refusal };
    }
  });
}

/**
 * Adds `delta` pieces to the stock (takes them away when negative), never below 0. The journal entry is its caller's:
 * an order names the pieces it took. Refuses: product_not_found.
 */
export function changeStock(tx: Tx, productId: string, delta: number): void {
  const row = tx.get('products', productId);
  if (!row) throw notFound(productId);
  if (delta === 0) return;
  const stockQuantity = Math.max(0, row.stockQuantity + delta);
  tx.put('products', { ...row, stockQuantity, version: row.version + 1, updatedAt: tx.by.at });
}

/** What a bulk action finds a piece by: only restoring finds one that was removed. */
function finderFor(tx: Tx, action: BulkAction | 'edit'): (id: string) => ProductRow {
  return (id) => (action === 'restore' ? findAlsoRemoved(tx, id) : findForChange(tx, id, null));
}

function applyAction(tx: Tx, row: ProductRow, action: BulkAction): ProductRow {
  switch (action) {
    case 'publish':
      return applyChanges(tx, row, { status: 'published' });
    case 'unpublish':
      return applyChanges(tx, row, { status: 'draft' });
    case 'delete':
      return setActive(tx, row, false);
    case 'restore':
      return restore(tx, row);
  }
}

function applyChanges(tx: Tx, row: ProductRow, changes: ProductChanges): ProductRow {
  const { before, after } = changedFields<ProductChanges>(row, changes);
  if (Object.keys(after).length === 0) return row;
  const changed: ProductRow = { ...row, ...after, version: row.version + 1, updatedAt: tx.by.at };
  const next: ProductRow = {
    ...changed,
    publishedAt: publishedAtAfter(row, changed.status, tx.by.at),
    searchText: searchTextOf(changed.name, changed.description),
  };
  tx.put('products', next);
  tx.record(actionOf(after), { type: 'product', id: row.id }, before, after);
  return next;
}

function actionOf(after: Record<string, unknown>): string {
  if (after.status === 'published') return 'product.published';
  return after.status === 'draft' ? 'product.unpublished' : 'product.changed';
}

function restore(tx: Tx, row: ProductRow): ProductRow {
  return row.isActive ? row : setActive(tx, row, true);
}

function setActive(tx: Tx, row: ProductRow, isActive: boolean): ProductRow {
  const next = { ...row, isActive, version: row.version + 1, updatedAt: tx.by.at };
  tx.put('products', next);
  const action = isActive ? 'product.restored' : 'product.removed';
  const { before, after } = presence(row.name, isActive);
  tx.record(action, { type: 'product', id: row.id }, before, after);
  return next;
}

function findForChange(tx: Tx, id: string, ifVersion: number | null): ProductRow {
  const row = tx.get('products', id);
  if (!row?.isActive) throw notFound(id);
  requireVersion(row.version, ifVersion);
  return row;
}

function findAlsoRemoved(tx: Tx, id: string): ProductRow {
  const row = tx.get('products', id);
  if (!row) throw notFound(id);
  return row;
}

/** With the price of this moment, so that the saved answer of a repeated request holds it. */
function priced(tx: Tx, row: ProductRow): PricedProduct {
  const product: Product = toProduct(row);
  const board = { rates: goldBoard(tx), defaultMaking: getSettings(tx).makingCharge };
  return { product, price: pricePiece(product, board) };
}

function notFound(id: string): ShopError {
  return refuse('product_not_found', { details: `There is no product with id ${id}` });
}
