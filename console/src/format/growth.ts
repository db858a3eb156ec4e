/** How many per cent more or less than before; null where there was nothing, or less than that, to measure by. */
export function growth(now: number, before: number): number | null {
  return before > 0 ? ((now - before) / before) * 100 : null;
}
