/** The names of the first pieces of a bill, and how many more there are: `A, B, C (+1 more)`. */
export function firstNames(
  lines: readonly { productName: string }[],
  limit: number,
): { shown: string; withRest: string } {
  const shown = lines
    .slice(0, limit)
    .map(({ productName }) => productName)
    .join(', ');
  const rest = lines.length - limit;
  return { shown, withRest: rest > 0 ? `${shown} (+${rest} more)` : shown };
}
