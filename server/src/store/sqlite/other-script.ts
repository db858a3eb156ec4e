// What a list's condition asks of a text: whether it holds what was searched, in the other script.

import type { DatabaseSync } from 'node:sqlite';
import { inOtherScript } from '../../domain/other-script.ts';

/** A search asks of many texts, and has few words. */
const MOST_KEPT = 16;

/** Defines `in_other_script(text, search)`. */
export function defineOtherScript(database: DatabaseSync): void {
  const kept = new Map<string, RegExp | null>();
  const patternOf = (search: string): RegExp | null => {
    const known = kept.get(search);
    if (known !== undefined) return known;
    const other = inOtherScript(search);
    const made = other && new RegExp(other.pattern);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(search, made);
    return made;
  };
  database.function('in_other_script', { deterministic: true }, (text, search) =>
    patternOf(String(search))?.test(String(text)) ? 1 : 0,
  );
}
