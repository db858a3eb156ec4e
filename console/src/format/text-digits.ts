import { getLanguage, type Language } from '../words/language.ts';
import { devanagariDigits } from './figure.ts';
import { digitsIn } from './locale.ts';

/** A place, or a run of figures, Latin letters and what joins them. */
const PLACE_OR_RUN = /\{\w+\}|[A-Za-z0-9](?:[A-Za-z0-9 .,:/_-]*[A-Za-z0-9])?/g;

/**
 * A fixed text with digits of Devanagari: `९० दिन`. What has a letter of this alphabet is a mark or a code, which the
 * trade writes as it is stamped or typed: `22K 916`, `A4`, `1.00 Ideal G VS2`. What comes into the places stays as it is.
 */
export function inDevanagari(text: string): string {
  return text.replace(PLACE_OR_RUN, (run) => (/[A-Za-z{]/.test(run) ? run : devanagariDigits(run)));
}

/** A text in the digits that were chosen. */
export function inDigits(text: string, language: Language = getLanguage()): string {
  return digitsIn(language) === 'deva' ? inDevanagari(text) : text;
}
