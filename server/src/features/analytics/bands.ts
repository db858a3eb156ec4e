/** The bands between limits, the last one open: 30 and 60 make 0-30, 31-60 and 61+. */
export function bandsOf(
  limits: readonly number[],
  first: number,
): { label: string; from: number; to: number | null }[] {
  const starts = [first, ...limits.map((limit) => limit + 1)];
  return starts.map((from, index) => {
    const to = limits[index] ?? null;
    return { label: labelOf(from, to), from, to };
  });
}

function labelOf(from: number, to: number | null): string {
  if (to === null) return `${from}+`;
  return from === to ? String(from) : `${from}-${to}`;
}
