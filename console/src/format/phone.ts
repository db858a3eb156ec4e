import { latinDigits } from './figure.ts';

/** `+91 98250 77889`; numbers of other countries as they are. */
export function formatPhone(e164: string): string {
  const indian = /^\+91(\d{5})(\d{5})$/.exec(e164);
  if (indian !== null) return `+91 ${indian[1]} ${indian[2]}`;
  return e164;
}

/** As it was typed, in this alphabet's digits and without the marks of writing direction that come with a copied one. */
export function readPhone(typed: string): string {
  return latinDigits(typed)
    .replace(/\p{Cf}/gu, '')
    .trim();
}

/** Whether a searched text is a phone, or its beginning, rather than a name. */
export function looksLikePhone(typed: string): boolean {
  return /^[+\d(][\d\s().-]*$/.test(readPhone(typed));
}
