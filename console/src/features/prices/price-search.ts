// What the address of the rates may say.

export const PERIODS = ['month', 'quarter', 'year', 'all'] as const;
export type Period = (typeof PERIODS)[number];

export interface PriceSearch {
  /** Whose history is shown, as `gold-916`. */
  of?: string | undefined;
  period?: Period | undefined;
}

export function readPriceSearch({ of, period }: Record<string, unknown>): PriceSearch {
  return {
    ...(typeof of === 'string' ? { of } : {}),
    ...(PERIODS.includes(period as Period) ? { period: period as Period } : {}),
  };
}
