/** `make bench QUICK=yes`: fewer and shorter rounds, and growth by ten instead of a hundred. */
export const QUICK = process.env.BENCH_QUICK === 'yes';

export const ROUNDS = QUICK ? 3 : 5;

/** How long one load of one round lasts. */
export function roundMs(milliseconds: number): number {
  return QUICK ? Math.round(milliseconds / 3) : milliseconds;
}
