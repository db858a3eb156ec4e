/** Of the changes asked for, those that change something: their values before and after, for the journal. */
export function changedFields<T extends object>(
  current: T,
  changes: Partial<T>,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(changes)) {
    const old = (current as Record<string, unknown>)[key];
    if (value === undefined || JSON.stringify(old) === JSON.stringify(value)) continue;
    before[key] = old;
    after[key] = value;
  }
  return { before, after };
}
