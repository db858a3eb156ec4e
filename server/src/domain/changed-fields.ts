import type { Fields } from './journal.ts';

/** Of the changes asked for, those that change something: their values before and after, for the journal. */
export function changedFields<T extends object>(
  current: T,
  changes: Partial<T>,
): { before: Fields; after: Fields } {
  const before: Fields = {};
  const after: Fields = {};
  for (const [key, value] of Object.entries(changes)) {
    const old = (current as Record<string, unknown>)[key];
    if (value === undefined || JSON.stringify(old) === JSON.stringify(value)) continue;
    before[key] = old;
    after[key] = value;
  }
  return { before, after };
}

/** What the journal keeps when something is removed or brought back: its name too, which nothing else there tells. */
export function presence(name: string, isActive: boolean): { before: Fields; after: Fields } {
  return { before: { name, isActive: !isActive }, after: { name, isActive } };
}
