import type { Db } from 'mongodb';
import type { Page, PageRequest, RowMark } from '../../../domain/page.ts';
import type { Product, ProductFilter } from '../../../domain/product.ts';
import { searchWords } from '../../../domain/product-search.ts';
import { type Document, fromDocument, toId } from '../codec.ts';
import type { ProductRow } from '../rows.ts';
import { containsEither, equal, findAfter, findPage, range } from './pages.ts';
import type { Questions } from './questions.ts';

/** A piece that was not removed; drafts included. */
export async function findProduct(questions: Questions, shopId: string, id: string): Promise<Product | null> {
  const filter = { _id: toId(id), shop_id: shopId, is_active: true };
  const [document] = await questions.ask('products', [{ $match: filter }]);
  return document ? toProduct(fromDocument<ProductRow>(document)) : null;
}

export async function listProducts(
  db: Db,
  shopId: string,
  filter: ProductFilter,
  page: PageRequest,
): Promise<Page<Product>> {
  const list = { collection: 'products', filter: productConditions(shopId, filter) } as const;
  const { rows, total } = await findPage<ProductRow>(db, list, page);
  return { rows: rows.map(toProduct), total };
}

export async function listProductsAfter(
  questions: Questions,
  shopId: string,
  filter: ProductFilter,
  row: RowMark | null,
  limit: number,
): Promise<Product[]> {
  const list = { collection: 'products', filter: productConditions(shopId, filter) } as const;
  return (await findAfter<ProductRow>(questions, list, row, limit)).map(toProduct);
}

export function productConditions(shopId: string, filter: ProductFilter): Document {
  const { minPricePaise, maxPricePaise, minWeightMg, maxWeightMg } = filter;
  return {
    shop_id: shopId,
    is_active: !filter.isRemoved,
    ...equal({ status: filter.status, category: filter.category }),
    ...range('base_price_paise', minPricePaise, maxPricePaise),
    ...range('net_weight_mg', minWeightMg, maxWeightMg),
    ...range('stock_quantity', filter.minStock, filter.maxStock),
    ...search(filter.search),
  };
}

/** Every word in the name or the description, as a part of any word. */
function search(text: string | undefined): Document {
  const { indexed, short } = searchWords(text ?? '');
  const words = [...indexed, ...short];
  return words.length === 0
    ? {}
    : { $expr: { $and: words.map((word) => containsEither('search_text', word)) } };
}

export function toProduct({
  shopId: _shop,
  searchText: _text,
  figures: _sums,
  ...product
}: ProductRow): Product {
  return product;
}
