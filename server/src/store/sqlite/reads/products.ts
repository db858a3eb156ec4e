import type { BilledPiece } from '../../../domain/checkout.ts';
import type { Page, PageRequest, RowMark } from '../../../domain/page.ts';
import type {
  Category,
  MakingCharge,
  Product,
  ProductFilter,
  ProductPurity,
  ProductStatus,
} from '../../../domain/product.ts';
import { searchTextOf, searchWords } from '../../../domain/product-search.ts';
import type { Db } from '../database.ts';
import { Conditions, findAfter, findPage, mayHoldOther } from './conditions.ts';

interface Row {
  id: string;
  version: number;
  name: string;
  category: string;
  base_price_paise: number;
  net_weight_mg: number;
  gold_purity: string;
  description: string;
  image_url: string;
  stock_quantity: number;
  status: string;
  published_at: number | null;
  making_kind: MakingCharge['kind'] | null;
  making_value: number | null;
  stones_paise: number;
  is_active: number;
  created_at: number;
  updated_at: number;
}

const COLUMNS = `id, version, name, category, base_price_paise, net_weight_mg, gold_purity, description, image_url,
  stock_quantity, status, published_at, making_kind, making_value, stones_paise, is_active, created_at, updated_at`;

/** A piece that was not removed; drafts included. */
export function findProduct(db: Db, shopId: string, id: string): Product | null {
  const product = findAnyProduct(db, shopId, id);
  return product?.isActive ? product : null;
}

/** A piece, removed ones included: for orders of the past and for restoring. */
export function findAnyProduct(db: Db, shopId: string, id: string): Product | null {
  const row = db.get<Row>(`SELECT ${COLUMNS} FROM products WHERE shop_id = :shopId AND id = :id`, {
    shopId,
    id,
  });
  return row ? toProduct(row) : null;
}

/** A piece as a bill finds it, with its row number. */
export interface FoundPiece extends BilledPiece {
  row: number;
}

/** Removed ones included. */
export function findBilledPiece(db: Db, shopId: string, id: string): FoundPiece | null {
  const found = db.get<Omit<FoundPiece, 'id' | 'isActive'> & { isActive: number }>(
    `SELECT row, name, category, base_price_paise AS basePricePaise, net_weight_mg AS netWeightMg,
       gold_purity AS goldPurity, stock_quantity AS stockQuantity, is_active AS isActive
     FROM products WHERE shop_id = :shopId AND id = :id`,
    { shopId, id },
  );
  if (!found) return null;
  const { row, name, category, basePricePaise, netWeightMg, goldPurity, stockQuantity, isActive } = found;
  const isThere = isActive === 1;
  return {
    id,
    row,
    name,
    category,
    basePricePaise,
    netWeightMg,
    goldPurity,
    stockQuantity,
    isActive: isThere,
  };
}

export function listProducts(
  db: Db,
  shopId: string,
  filter: ProductFilter,
  page: PageRequest,
): Page<Product> {
  const from = { table: 'products', columns: COLUMNS };
  const known = keptCount(db, shopId, filter);
  const { rows, total } = findPage<Row>(db, from, conditionsOf(shopId, filter), page, known);
  return { rows: rows.map(toProduct), total };
}

/** How many pieces there are, where these alone are asked for; null: they must be counted. */
function keptCount(db: Db, shopId: string, filter: ProductFilter): number | null {
  const { status, category, isRemoved = false, ...others } = filter;
  if (Object.values(others).some((value) => value !== undefined)) return null;
  const row = db.get<{ n: number }>(
    `SELECT total(products) AS n FROM product_counts
     WHERE shop_id = :shopId AND is_active = :active AND status = coalesce(:status, status)
       AND category = coalesce(:category, category)`,
    { shopId, active: isRemoved ? 0 : 1, status: status ?? null, category: category ?? null },
  );
  return row?.n ?? 0;
}

export function listProductsAfter(
  db: Db,
  shopId: string,
  filter: ProductFilter,
  row: RowMark | null,
  limit: number,
): Product[] {
  const from = { table: 'products', columns: COLUMNS };
  return findAfter<Row>(db, from, conditionsOf(shopId, filter), row, limit).map(toProduct);
}

function conditionsOf(shopId: string, filter: ProductFilter): Conditions {
  const where = new Conditions(shopId, filter.isRemoved ? 'is_active = 0' : 'is_active = 1');
  where.add('status = :status', 'status', filter.status);
  where.add('category = :category', 'category', filter.category);
  where.add('base_price_paise >= :minPrice', 'minPrice', filter.minPricePaise);
  where.add('base_price_paise <= :maxPrice', 'maxPrice', filter.maxPricePaise);
  where.add('net_weight_mg >= :minWeight', 'minWeight', filter.minWeightMg);
  where.add('net_weight_mg <= :maxWeight', 'maxWeight', filter.maxWeightMg);
  where.add('stock_quantity >= :minStock', 'minStock', filter.minStock);
  where.add('stock_quantity <= :maxStock', 'maxStock', filter.maxStock);
  if (filter.search !== undefined) addSearch(where, filter.search);
  return where;
}

/** Every word as the index finds it, or as it was typed or in the other script, which the index does not know. */
function addSearch(where: Conditions, search: string): void {
  const { indexed, short } = searchWords(search);
  const words = [...indexed, ...short];
  if (words.length === 0) return;
  const mayHold = mayHoldOther('search_text', words);
  const holding = words.map((word, n) => {
    // The index knows nothing under three code points.
    if (n >= indexed.length || mayHold !== null) where.params[`word${n}`] = word;
    // It takes % and _ literally.
    return `instr(search_text, :word${n}) > 0`;
  });
  const found = holding.slice(indexed.length);
  if (indexed.length > 0) {
    // Each word as a quoted phrase of trigrams: nothing in it is an operator of the index.
    where.params.match = indexed.map((word) => `"${word.replaceAll('"', '""')}"`).join(' AND ');
    found.unshift('row IN (SELECT rowid FROM product_search WHERE product_search MATCH :match)');
  }
  const either = holding.map((holds, n) => `(${holds} OR in_other_script(search_text, :word${n}))`);
  const parts = mayHold === null ? [found] : [found, [mayHold, ...either]];
  where.addEither(parts.map((all) => all.join(' AND ')));
}

/** The columns of a piece's fields, for inserting and updating. */
export function toColumns(fields: Omit<Product, 'id' | 'version' | 'isActive' | 'createdAt' | 'updatedAt'>) {
  const { name, category, goldPurity, description, imageUrl, stockQuantity, status, publishedAt } = fields;
  return {
    name,
    category,
    basePricePaise: fields.basePricePaise,
    netWeightMg: fields.netWeightMg,
    goldPurity,
    description,
    imageUrl,
    stockQuantity,
    status,
    publishedAt,
    makingKind: fields.makingCharge?.kind ?? null,
    makingValue: fields.makingCharge ? makingValue(fields.makingCharge) : null,
    stonesPaise: fields.stonesPaise,
    searchText: searchTextOf(name, description),
  };
}

function toProduct(row: Row): Product {
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    category: row.category as Category,
    basePricePaise: row.base_price_paise,
    netWeightMg: row.net_weight_mg,
    goldPurity: row.gold_purity as ProductPurity,
    description: row.description,
    imageUrl: row.image_url,
    stockQuantity: row.stock_quantity,
    status: row.status as ProductStatus,
    publishedAt: row.published_at,
    makingCharge: row.making_kind === null ? null : toMaking(row.making_kind, row.making_value ?? 0),
    stonesPaise: row.stones_paise,
    isActive: row.is_active === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function makingValue(making: MakingCharge): number {
  switch (making.kind) {
    case 'percent':
      return making.basisPoints;
    case 'per_gram':
      return making.paisePerGram;
    case 'fixed':
      return making.paise;
  }
}

function toMaking(kind: MakingCharge['kind'], value: number): MakingCharge {
  switch (kind) {
    case 'percent':
      return { kind, basisPoints: value };
    case 'per_gram':
      return { kind, paisePerGram: value };
    case 'fixed':
      return { kind, paise: value };
  }
}
