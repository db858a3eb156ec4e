// Rupees as texts. Amounts come from the server in rupees, exact to the paisa.

import type { Language } from '../words/language.ts';
import { say } from '../words/say.ts';
import { decimals } from './number.ts';
import { formatWords } from './words/format-words.ts';

const LAKH = 100_000;
const CRORE = 10_000_000;
const MINUS = '−';

interface MoneyForm {
  /** Off in tiles and on boards, where whole rupees are enough. */
  paise?: boolean;
  /** A plus or minus in front, for changes. */
  signed?: boolean;
  /** Of the sheet that it stands on; else the console's. */
  language?: Language | undefined;
}

/** `₹12,34,567.50` */
export function formatRupees(
  rupees: number,
  { paise = true, signed = false, language }: MoneyForm = {},
): string {
  const places = paise ? 2 : 0;
  const digits = decimals(Math.abs(rupees), places, places, language);
  return `${signOf(rupees, signed)}₹${digits}`;
}

/** `₹4.82 lakh`, `₹1.2 crore`; below a lakh whole rupees. */
export function formatRupeesShort(rupees: number): string {
  const size = Math.abs(rupees);
  const words = say(formatWords);
  // 99,999.60 reads as a lakh; so does its short form.
  if (Math.round(size) < LAKH) return formatRupees(rupees, { paise: false });
  const inLakh = size < CRORE - LAKH / 200;
  const amount = decimals(inLakh ? size / LAKH : size / CRORE, 0, 2);
  return `${signOf(rupees, false)}₹${inLakh ? words('lakh', { amount }) : words('crore', { amount })}`;
}

function signOf(rupees: number, signed: boolean): string {
  if (rupees < 0) return MINUS;
  return signed && rupees > 0 ? '+' : '';
}
