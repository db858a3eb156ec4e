// A name is found in the script it was not typed in: asha finds आशा, and आशा finds Asha. What was typed becomes one
// pattern of literal characters, which a RegExp reads as MongoDB does.

import { inDevanagari } from './in-devanagari.ts';
import { inLatin } from './in-latin.ts';
import { toSearchText } from './search-text.ts';

export type Script = 'latin' | 'devanagari';

export interface OtherScript {
  /** The script of what it finds. */
  script: Script;
  /** For texts as `toSearchText` makes them. */
  pattern: string;
}

/** Longer texts, in characters, are looked for as they were typed only. */
const MAX_LENGTH = 60;
const HOLDS = { latin: /[a-z]/, devanagari: /[ऀ-ॿ]/ };
/** For between brackets. */
const LETTERS = { latin: 'a-z', devanagari: 'ऀ-ॿ' };
const SPECIAL = /[.*+?^${}()|[\]\\]/g;

/** Whether a text, as `toSearchText` makes them, holds letters of a script. */
export function holdsScript(text: string, script: Script): boolean {
  return HOLDS[script].test(text);
}

/** Null where there is nothing to look for: neither script or both, one letter alone, or too long a text. */
export function inOtherScript(search: string): OtherScript | null {
  if (search.length > MAX_LENGTH) return null;
  const text = toSearchText(search);
  const isLatin = holdsScript(text, 'latin');
  if (isLatin === holdsScript(text, 'devanagari') || !/[a-z]{2}|[ऀ-ॿ]{2}/.test(text)) return null;
  const script = isLatin ? 'devanagari' : 'latin';
  const words = text.split(/\s+/).filter((word) => word !== '');
  const others = words.map(isLatin ? devanagariOf : latinOf);
  if (others.every((other) => other === null)) return null;
  const parts = words.map((word, place) => {
    const asTyped = word.replace(SPECIAL, '\\$&');
    const other = others[place];
    if (!other) return asTyped;
    // It begins a word. Those after the first stand behind a space anyway.
    const start = place > 0 ? '' : `(?:^|[^${LETTERS[script]}])`;
    return words.length === 1 ? start + other : `(?:${asTyped}|${start}${other})`;
  });
  return { script, pattern: parts.join(' +') };
}

/** Null of a word that holds anything but letters. */
function devanagariOf(word: string): string | null {
  return /^[a-z]+$/.test(word) ? inDevanagari(word) : null;
}

/** The same; a sign of a vowel alone is no letter. */
function latinOf(word: string): string | null {
  return /^[ऀ-ॣॱ-ॿ]+$/.test(word) && /[ऄ-हॲ]/.test(word) ? inLatin(word) : null;
}
