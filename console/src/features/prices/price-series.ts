// The rates that the shop sets, each a series of its own.

import type { METAL_PURITIES } from '../../../../server/src/contract/price.ts';
import { goldPurity } from '../../format/purity.ts';

export type Metal = keyof typeof METAL_PURITIES;

export interface Series {
  metal: Metal;
  purity: string;
}

/** In the order of the board: the metal people ask for first, its purest kind on top. */
export const SERIES: readonly Series[] = [
  { metal: 'gold', purity: '999' },
  { metal: 'gold', purity: '995' },
  { metal: 'gold', purity: '916' },
  { metal: 'gold', purity: '750' },
  { metal: 'gold', purity: '585' },
  { metal: 'silver', purity: '999' },
  { metal: 'platinum', purity: '950' },
];

/** `22K 916` for gold, `999` for the others. */
export function purityName({ metal, purity }: Series): string {
  return metal === 'gold' ? goldPurity(purity) : purity;
}

/** `gold-916`, as it stands in an address. */
export function seriesKey({ metal, purity }: Series): string {
  return `${metal}-${purity}`;
}
