// What the addresses of the forecasts may say.

export const PURITIES = ['999', '995', '916', '750', '585'] as const;
export const HORIZONS = [30, 90, 365] as const;
export const CUTS = ['Ideal', 'Excellent', 'Very Good', 'Good', 'Fair', 'Poor'] as const;
export const COLORS = ['D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M'] as const;
export const CLARITIES = ['FL', 'IF', 'VVS1', 'VVS2', 'VS1', 'VS2', 'SI1', 'SI2', 'I1', 'I2', 'I3'] as const;

export interface GoldSearch {
  purity?: (typeof PURITIES)[number] | undefined;
  days?: (typeof HORIZONS)[number] | undefined;
}

export interface StoneSearch {
  carat?: number | undefined;
  cut?: (typeof CUTS)[number] | undefined;
  color?: (typeof COLORS)[number] | undefined;
  clarity?: (typeof CLARITIES)[number] | undefined;
}

function oneOf<const T extends readonly unknown[]>(list: T, value: unknown): T[number] | undefined {
  return list.includes(value) ? (value as T[number]) : undefined;
}

export function readGoldSearch({ purity, days }: Record<string, unknown>): GoldSearch {
  return { purity: oneOf(PURITIES, String(purity)), days: oneOf(HORIZONS, days) };
}

export function readStoneSearch({ carat, cut, color, clarity }: Record<string, unknown>): StoneSearch {
  return {
    carat: typeof carat === 'number' && carat > 0 ? carat : undefined,
    cut: oneOf(CUTS, cut),
    color: oneOf(COLORS, color),
    clarity: oneOf(CLARITIES, clarity),
  };
}
