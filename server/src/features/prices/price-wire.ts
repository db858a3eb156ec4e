import type { DiamondPriceWire, MetalPriceWire } from '../../contract/price.ts';
import { toRupees } from '../../domain/money.ts';
import type { DiamondPrice, MetalPrice } from '../../domain/price.ts';
import { toInstant } from '../../http/wire.ts';

export function toMetalPriceWire(price: MetalPrice): MetalPriceWire {
  return {
    id: price.id,
    metal_type: price.metal,
    purity: price.purity,
    price_per_gram: toRupees(price.paisePerGram),
    currency: 'INR',
    date: toInstant(price.at),
    source: price.source,
    held: price.held,
  };
}

export function toDiamondPriceWire(price: DiamondPrice): DiamondPriceWire {
  return {
    id: price.id,
    carat: price.milliCarat / 1000,
    cut: price.cut,
    color: price.color,
    clarity: price.clarity,
    price: toRupees(price.pricePaise),
    currency: 'INR',
    date: toInstant(price.at),
    source: price.source,
  };
}
