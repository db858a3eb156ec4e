import type { BulkResultWire, PriceWorkingWire, ProductWire } from '../../contract/product.ts';
import { toRupees } from '../../domain/money.ts';
import { type Board, type PricedPiece, type PricedProduct, pricePiece } from '../../domain/piece-price.ts';
import type { BulkResult, Product } from '../../domain/product.ts';
import { toGrams } from '../../domain/weight.ts';
import { describeRefusal } from '../../http/error-table.ts';
import { toMakingChargeWire } from '../../http/making-charge.ts';
import { toInstant, toInstantOrNull } from '../../http/wire.ts';

/** Without a board: without `current_price`. */
export function toProductWire(product: Product, board: Board | null): ProductWire {
  return withPrice(product, board && pricePiece(product, board).totalPaise);
}

/** A changed piece with the price found in the same write, so that a repeat answers the same bytes. */
export function toPricedWire({ product, price }: PricedProduct): ProductWire {
  return withPrice(product, price.totalPaise);
}

function withPrice(product: Product, pricePaise: number | null): ProductWire {
  return {
    id: product.id,
    version: product.version,
    name: product.name,
    category: product.category,
    base_price: toRupees(product.basePricePaise),
    weight: toGrams(product.netWeightMg),
    gold_purity: product.goldPurity,
    description: product.description,
    image_url: product.imageUrl,
    stock_quantity: product.stockQuantity,
    status: product.status,
    published_at: toInstantOrNull(product.publishedAt),
    is_active: product.isActive,
    making_charge: product.makingCharge && toMakingChargeWire(product.makingCharge),
    stones_amount: toRupees(product.stonesPaise),
    created_at: toInstant(product.createdAt),
    updated_at: toInstant(product.updatedAt),
    ...(pricePaise === null ? {} : { current_price: toRupees(pricePaise) }),
  };
}

/** The price of a piece by this board, saved or only typed, line by line. */
export function toWorkingWire(piece: PricedPiece, board: Board, at: number): PriceWorkingWire {
  const working = pricePiece(piece, board);
  const { rate } = working;
  return {
    current_price: toRupees(working.totalPaise),
    currency: 'INR',
    as_of: toInstant(at),
    rate: rate && {
      id: rate.id,
      purity: rate.purity,
      price_per_gram: toRupees(rate.paisePerGram),
      date: toInstant(rate.at),
    },
    gold_purity: piece.goldPurity,
    net_weight: toGrams(piece.netWeightMg),
    fine_weight: toGrams(working.fineWeightMg),
    lines: working.lines.map(({ part, paise, rule }) => ({ part, amount: toRupees(paise), rule })),
    making_charge: toMakingChargeWire(piece.makingCharge ?? board.defaultMaking),
    making_from: piece.makingCharge ? 'piece' : 'shop',
  };
}

export function toBulkResultWire(result: BulkResult): BulkResultWire {
  if (!result.ok) {
    const { status: code, message } = describeRefusal(result.refusal);
    return { id: result.id, success: false, error: { code, type: result.refusal.code, message } };
  }
  const { id, product, isChanged } = result;
  return {
    id,
    success: true,
    changed: isChanged,
    version: product.version,
    status: product.status,
    is_active: product.isActive,
    published_at: toInstantOrNull(product.publishedAt),
  };
}
