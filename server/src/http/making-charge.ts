// The making charge between the wire and the inside: a piece has one, and so have the settings of the shop.

import type { MakingChargeWire } from '../contract/making-charge.ts';
import { toPaise, toRupees } from '../domain/money.ts';
import type { MakingCharge } from '../domain/product.ts';
import { invalid } from '../domain/shop-error.ts';

const MAX_BASIS_POINTS = 100_000;

/** The value has passed the schema. Refuses a share of more than 1000%, naming the field. */
export function toMakingCharge(wire: MakingChargeWire): MakingCharge {
  const hundredths = toPaise(wire.value);
  switch (wire.type) {
    case 'percent':
      if (hundredths > MAX_BASIS_POINTS) {
        throw invalid('making_charge.value', 'maximum', 'must be at most 1000 per cent');
      }
      return { kind: 'percent', basisPoints: hundredths };
    case 'per_gram':
      return { kind: 'per_gram', paisePerGram: hundredths };
    case 'fixed':
      return { kind: 'fixed', paise: hundredths };
  }
}

export function toMakingChargeWire(making: MakingCharge): MakingChargeWire {
  switch (making.kind) {
    case 'percent':
      return { type: 'percent', value: making.basisPoints / 100 };
    case 'per_gram':
      return { type: 'per_gram', value: toRupees(making.paisePerGram) };
    case 'fixed':
      return { type: 'fixed', value: toRupees(making.paise) };
  }
}
