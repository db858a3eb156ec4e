// The locale that numbers and dates are written in: the console's language, or a paper's, with Latin digits unless chosen
// otherwise.

import { getLanguage, type Language } from '../words/language.ts';

const KEPT_UNDER = 'swati.digits';

export type Digits = 'latn' | 'deva';

function digitsOf(language: Language): Digits {
  return language !== 'en' && localStorage.getItem(KEPT_UNDER) === 'deva' ? 'deva' : 'latn';
}

/** Takes effect with the next painting of a page. @public */
export function setDigits(digits: Digits): void {
  localStorage.setItem(KEPT_UNDER, digits);
}

export function localeTag(language: Language = getLanguage()): string {
  return `${language}-IN-u-nu-${digitsOf(language)}`;
}

const made = new Map<string, unknown>();

/** Formatters are slow to make and a table needs thousands of texts: each is made once. */
export function remember<T>(key: string, make: () => T): T {
  const before = made.get(key);
  if (before !== undefined) return before as T;
  const formatter = make();
  made.set(key, formatter);
  return formatter;
}
