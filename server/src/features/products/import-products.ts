// A file of pieces, row by row: ours as it was exported, or another program's. A row with the id of a piece that is here
// must be that piece unchanged, and is passed over; without an id every row is a new piece.

import { NewProductBody } from '../../contract/product.ts';
import { parseId } from '../../domain/id.ts';
import {
  CATEGORIES,
  type NewProduct,
  PRODUCT_PURITIES,
  PRODUCT_STATUSES,
  type Product,
} from '../../domain/product.ts';
import { ShopError } from '../../domain/shop-error.ts';
import { bodyChecker } from '../../http/validation.ts';
import { quoted, readAmount, readName, readPurity } from '../prices/import-cells.ts';
import type { ColumnRule } from '../prices/import-columns.ts';
import type { ImportKind, RowCells } from '../prices/import-rows.ts';
import { toNewProduct } from './product-input.ts';

const COLUMNS: readonly ColumnRule[] = [
  { field: 'name', names: ['product_name', 'product'], required: true },
  { field: 'category', names: [], required: true },
  { field: 'base_price', names: ['price', 'list_price'], required: true },
  { field: 'weight', names: ['weight_g', 'net_weight', 'grams'], required: true },
  { field: 'gold_purity', names: ['purity', 'karat'] },
  { field: 'stock', names: ['stock_quantity', 'quantity'] },
  { field: 'publication', names: [] },
  { field: 'description', names: [] },
  { field: 'image', names: ['image_url'] },
  { field: 'making_charge', names: [] },
  { field: 'stones', names: ['stones_amount'] },
  { field: 'status', names: [] },
  { field: 'product_id', names: ['id'] },
  // Written by the export, and the shop's own to say.
  { field: 'current_price', names: [] },
  { field: 'created_date', names: [] },
  { field: 'published_at', names: [] },
  { field: 'updated_at', names: [] },
];

export interface ProductRow {
  product: NewProduct;
  isKnown: boolean;
}

/** Our names of the columns for what the API calls otherwise. */
const CELL_OF: Readonly<Record<string, string>> = {
  stock_quantity: 'stock',
  image_url: 'image',
  stones_amount: 'stones',
};

const check = bodyChecker(NewProductBody);

/** `products` are those that are here, removed ones apart in `removedIds`. */
export function productKind(
  products: readonly Product[],
  removedIds: readonly string[],
): ImportKind<ProductRow> {
  const here = new Map(products.map((product) => [product.id, product]));
  const removed = new Set(removedIds);
  const lines = new Map<string, number>();
  return {
    columns: COLUMNS,
    toRow: (cells, newId) => {
      const id = parseId(cells.text('product_id'));
      const product = readProduct(cells, id ?? newId);
      if (product === null) return { product: {} as never, isKnown: false };
      const problem = (text: string): void => {
        cells.problems.push(`product_id ${quoted(product.id)} ${text}`);
      };
      const other = lines.get(product.id);
      if (other !== undefined) problem(`is that of line ${other} too: must be in the file once`);
      lines.set(product.id, cells.line);
      if (removed.has(product.id)) problem('is of a removed piece: must be of none, or restore that piece');
      const known = here.get(product.id);
      if (known && !isSame(product, known)) {
        problem(
          'is of a piece that is not the same here: must be that piece unchanged, or another id, or none',
        );
      }
      return { product, isKnown: known !== undefined };
    },
  };
}

function readProduct(cells: RowCells, id: string): NewProduct | null {
  cells.mustSay('status', ['active']);
  const optional = <T>(field: string, read: (text: string) => T | null, allowed: string, otherwise: T): T =>
    cells.text(field) === '' ? otherwise : cells.take(field, read, allowed, otherwise);
  const rupees = (text: string): number | null => scaled(readAmount(text, 2), 100);
  const money = 'must be rupees, with at most 2 decimals';
  const body = {
    name: cells.text('name'),
    category: cells.take<string>(
      'category',
      (text) => readName(text, CATEGORIES),
      `must be one of ${CATEGORIES.join(', ')}`,
      CATEGORIES[0],
    ),
    base_price: cells.take('base_price', rupees, money, 0),
    weight: cells.take(
      'weight',
      (text) => scaled(readAmount(text.replace(/ ?g$/i, ''), 3), 1000),
      'must be grams, with at most 3 decimals',
      1,
    ),
    gold_purity: optional(
      'gold_purity',
      (text) => readPurity(text, PRODUCT_PURITIES, true),
      `must be ${PRODUCT_PURITIES.join(', ')}, 22K, 18K or 14K`,
      '916',
    ),
    stock_quantity: optional('stock', (text) => readAmount(text, 0), 'must be a whole number', 0),
    status: optional<string>(
      'publication',
      (text) => readName(text, PRODUCT_STATUSES),
      `must be ${PRODUCT_STATUSES.join(' or ')}`,
      'draft',
    ),
    description: cells.text('description'),
    image_url: cells.text('image'),
    making_charge: optional('making_charge', readMaking, MAKING_TEXT, null),
    stones_amount: optional('stones', rupees, money, 0),
  } satisfies Record<keyof NewProductBody, unknown>;
  if (cells.problems.length > 0) return null;
  try {
    check(body);
    return toNewProduct(id, body as NewProductBody);
  } catch (error) {
    if (!(error instanceof ShopError)) throw error;
    for (const { field, limit } of error.refusal.fields ?? []) {
      const name = CELL_OF[field] ?? field;
      cells.problems.push(`${name} ${quoted(cells.text(name))} ${limit}`);
    }
    return null;
  }
}

const MAKING_TEXT = 'must be such as 12.5%, 450 per gram or 2500 fixed';

function readMaking(text: string): { type: string; value: number } | null {
  const [, amount = '', kind = ''] = /^(.*\d) ?(%|per gram|fixed)$/i.exec(text) ?? [];
  const value = scaled(readAmount(amount, 2), 100);
  const type = { '%': 'percent', 'per gram': 'per_gram', fixed: 'fixed' }[kind.toLowerCase()];
  return value === null || type === undefined ? null : { type, value };
}

function scaled(units: number | null, one: number): number | null {
  return units === null ? null : units / one;
}

/** Spaces around and line ends are a file's own. */
function isSame(row: NewProduct, here: Product): boolean {
  const plain = (text: string): string => text.replace(/\r\n?/g, '\n').trim();
  return (
    plain(row.name) === plain(here.name) &&
    plain(row.description) === plain(here.description) &&
    row.category === here.category &&
    row.basePricePaise === here.basePricePaise &&
    row.netWeightMg === here.netWeightMg &&
    row.goldPurity === here.goldPurity &&
    row.imageUrl === here.imageUrl &&
    row.stockQuantity === here.stockQuantity &&
    row.status === here.status &&
    row.stonesPaise === here.stonesPaise &&
    JSON.stringify(row.makingCharge) === JSON.stringify(here.makingCharge)
  );
}
