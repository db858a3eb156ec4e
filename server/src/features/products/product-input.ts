import {
  BulkProductsBody,
  type NewProductBody,
  type PriceBody,
  type ProductChangesBody,
} from '../../contract/product.ts';
import { parseId } from '../../domain/id.ts';
import { toPaise } from '../../domain/money.ts';
import type { PricedPiece } from '../../domain/piece-price.ts';
import type { BulkChanges, NewProduct, ProductChanges, ProductPurity } from '../../domain/product.ts';
import { refuse } from '../../domain/shop-error.ts';
import { toMilligrams } from '../../domain/weight.ts';
import { toMakingCharge } from '../../http/making-charge.ts';
import { inputError } from '../../http/validation.ts';

/** What many pieces may get together: neither their names nor their status, which has a permission of its own. */
const EDITABLE = Object.keys(BulkProductsBody.properties.changes.properties);
const CHANGES_NEEDED = `must hold at least one of: ${EDITABLE.join(', ')}`;

/** The id in an address under /products; anything else is no piece (404). */
export function productIdOf(text: string): string {
  const id = parseId(text);
  if (id === null) throw refuse('product_not_found', { details: `There is no product with id ${text}` });
  return id;
}

export function toNewProduct(id: string, body: NewProductBody): NewProduct {
  return {
    id,
    name: body.name.trim(),
    category: body.category,
    basePricePaise: toPaise(body.base_price),
    netWeightMg: toMilligrams(body.weight),
    goldPurity: String(body.gold_purity ?? '916') as ProductPurity,
    description: body.description ?? '',
    imageUrl: body.image_url ?? '',
    stockQuantity: body.stock_quantity ?? 0,
    status: body.status ?? 'draft',
    makingCharge: body.making_charge ? toMakingCharge(body.making_charge) : null,
    stonesPaise: toPaise(body.stones_amount ?? 0),
  };
}

export function toPricedPiece(body: PriceBody): PricedPiece {
  return {
    netWeightMg: toMilligrams(body.weight),
    goldPurity: String(body.gold_purity) as ProductPurity,
    basePricePaise: toPaise(body.base_price ?? 0),
    makingCharge: body.making_charge ? toMakingCharge(body.making_charge) : null,
    stonesPaise: toPaise(body.stones_amount ?? 0),
  };
}

export function toProductChanges(body: ProductChangesBody): ProductChanges {
  const { name, category, base_price: price, weight, gold_purity: purity, description } = body;
  const { image_url: imageUrl, stock_quantity: stock, status, making_charge: making, stones_amount } = body;
  return {
    ...(name === undefined ? {} : { name: name.trim() }),
    ...(category === undefined ? {} : { category }),
    ...(price === undefined ? {} : { basePricePaise: toPaise(price) }),
    ...(weight === undefined ? {} : { netWeightMg: toMilligrams(weight) }),
    ...(purity === undefined ? {} : { goldPurity: String(purity) as ProductPurity }),
    ...(description === undefined ? {} : { description: description ?? '' }),
    ...(imageUrl === undefined ? {} : { imageUrl: imageUrl ?? '' }),
    ...(stock === undefined ? {} : { stockQuantity: stock }),
    ...(status === undefined ? {} : { status }),
    ...(making === undefined ? {} : { makingCharge: making && toMakingCharge(making) }),
    ...(stones_amount === undefined ? {} : { stonesPaise: toPaise(stones_amount) }),
  };
}

/** What an edit of many makes of each. Refuses invalid_input where it says nothing that many can have in common. */
export function toBulkChanges({ changes = {} }: BulkProductsBody): BulkChanges {
  const allowed = Object.entries(changes).filter(([name]) => EDITABLE.includes(name));
  const made: BulkChanges = toProductChanges(Object.fromEntries(allowed));
  if (Object.keys(made).length > 0) return made;
  throw inputError([{ field: 'changes', rule: 'required', limit: CHANGES_NEEDED }], []);
}
