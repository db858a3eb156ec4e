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
import { requireVersion } from '../../../domain/require-version.ts';
import { refuse, ShopError } from '../../../domain/shop-error.ts';
import { goldBoard } from '../reads/prices.ts';
import { findAnyProduct, findProduct, toColumns } from '../reads/products.ts';
import type { Tx } from './tx.ts';

export function addProduct(tx: Tx, input: NewProduct): PricedProduct {
  const { shopId, by } = tx;
  const { id, ...fields } = input;
  const publishedAt = publishedAtAfter(null, input.status, by.at);
  tx.run(
    `INSERT INTO products (shop_id, id, version, name, category, base_price_paise, net_weight_mg, gold_purity,
       description, image_url, stock_quantity, status, published_at, making_kind, making_value, stones_paise,
       search_text, created_at, updated_at)
     VALUES (:shopId, :id, 1, :name, :category, :basePricePaise, :netWeightMg, :goldPurity, :description,
       :imageUrl, :stockQuantity, :status, :publishedAt, :makingKind, :makingValue, :stonesPaise, :searchText,
       :at, :at)`,
    { shopId, id, at: by.at, ...toColumns({ ...fields, publishedAt }) },
  );
  tx.record('product.created', { type: 'product', id }, null, fields);
  return priced(tx, findProduct(tx, shopId, id) as Product);
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
  return doToEach(ids, finderFor(tx, action), (product) => applyAction(tx, product, action));
}

export function changeProducts(tx: Tx, ids: string[], changes: BulkChanges): BulkResult[] {
  return doToEach(ids, finderFor(tx, 'edit'), (product) => applyChanges(tx, product, changes));
}

function doToEach(
  ids: string[],
  find: (id: string) => Product,
  change: (product: Product) => Product,
): BulkResult[] {
  return ids.map((id) => {
    try {
      const before = find(id);
      const product = change(before);
      return { id, ok: true, product, isChanged: product.version !== before.version };
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
  const { changes } = tx.run(
    `UPDATE products SET stock_quantity = max(0, stock_quantity + :delta), version = version + 1, updated_at = :at
     WHERE shop_id = :shopId AND id = :id`,
    { shopId: tx.shopId, id: productId, delta, at: tx.by.at },
  );
  if (changes === 0) throw notFound(productId);
}

/** What a bulk action finds a piece by: only restoring finds one that was removed. */
function finderFor(tx: Tx, action: BulkAction | 'edit'): (id: string) => Product {
  return (id) => (action === 'restore' ? findAlsoRemoved(tx, id) : findForChange(tx, id, null));
}

function applyAction(tx: Tx, product: Product, action: BulkAction): Product {
  switch (action) {
    case 'publish':
      return applyChanges(tx, product, { status: 'published' });
    case 'unpublish':
      return applyChanges(tx, product, { status: 'draft' });
    case 'delete':
      return setActive(tx, product, false);
    case 'restore':
      return restore(tx, product);
  }
}

function applyChanges(tx: Tx, product: Product, changes: ProductChanges): Product {
  const { before, after } = changedFields<ProductChanges>(product, changes);
  if (Object.keys(after).length === 0) return product;
  const next = { ...product, ...changes };
  const publishedAt = publishedAtAfter(product, next.status, tx.by.at);
  tx.run(
    `UPDATE products SET version = version + 1, updated_at = :at, name = :name, category = :category,
       base_price_paise = :basePricePaise, net_weight_mg = :netWeightMg, gold_purity = :goldPurity,
       description = :description, image_url = :imageUrl, stock_quantity = :stockQuantity, status = :status,
       published_at = :publishedAt, making_kind = :makingKind, making_value = :makingValue,
       stones_paise = :stonesPaise, search_text = :searchText
     WHERE shop_id = :shopId AND id = :id`,
    { shopId: tx.shopId, id: product.id, at: tx.by.at, ...toColumns({ ...next, publishedAt }) },
  );
  tx.record(actionOf(after), { type: 'product', id: product.id }, before, after);
  return findAnyProduct(tx, tx.shopId, product.id) as Product;
}

function actionOf(after: Record<string, unknown>): string {
  if (after.status === 'published') return 'product.published';
  return after.status === 'draft' ? 'product.unpublished' : 'product.changed';
}

function restore(tx: Tx, product: Product): Product {
  return product.isActive ? product : setActive(tx, product, true);
}

function setActive(tx: Tx, product: Product, isActive: boolean): Product {
  tx.run(
    `UPDATE products SET is_active = :isActive, version = version + 1, updated_at = :at
     WHERE shop_id = :shopId AND id = :id`,
    { shopId: tx.shopId, id: product.id, isActive: isActive ? 1 : 0, at: tx.by.at },
  );
  const action = isActive ? 'product.restored' : 'product.removed';
  const { before, after } = presence(product.name, isActive);
  tx.record(action, { type: 'product', id: product.id }, before, after);
  return findAnyProduct(tx, tx.shopId, product.id) as Product;
}

function findForChange(tx: Tx, id: string, ifVersion: number | null): Product {
  const product = findProduct(tx, tx.shopId, id);
  if (!product) throw notFound(id);
  requireVersion(product.version, ifVersion);
  return product;
}

function findAlsoRemoved(tx: Tx, id: string): Product {
  const product = findAnyProduct(tx, tx.shopId, id);
  if (!product) throw notFound(id);
  return product;
}

/** With the price of this moment, so that the saved answer of a repeated request holds it. */
function priced(tx: Tx, product: Product): PricedProduct {
  const board = {
    rates: goldBoard(tx, tx.shopId, tx.by.at),
    defaultMaking: tx.standing.settings.makingCharge,
  };
  return { product, price: pricePiece(product, board) };
}

function notFound(id: string): ShopError {
  return refuse('product_not_found', { details: `There is no product with id ${id}` });
}
