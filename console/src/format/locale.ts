// The locale that numbers and dates are written in: the console's language, or a paper's, with Latin digits unless chosen
// otherwise.

import { getLanguage, type Language } from '../words/language.ts';

const KEPT_UNDER = 'swati.digits';

export type Digits = 'latn' | 'deva';

/** Each as it is shown to choose from. */
export const DIGIT_NAMES: Record<Digits, string> = { latn: '123', deva: '१२३' };

const chosen: Digits = localStorage.getItem(KEPT_UNDER) === 'deva' ? 'deva' : 'latn';

/** What was chosen on this device. English is written in Latin digits all the same. */
export function getDigits(): Digits {
  return chosen;
}

/** Kept on this device; takes effect when the page is loaded again. */
export function setDigits(digits: Digits): void {
  localStorage.setItem(KEPT_UNDER, digits);
}

export function digitsIn(language: Language): Digits {
  return language === 'en' ? 'latn' : chosen;
}

export function localeTag(language: Language = getLanguage()): string {
  return `${language}-IN-u-nu-${digitsIn(language)}`;
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
