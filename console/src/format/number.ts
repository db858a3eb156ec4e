// Numbers as India groups them.

import type { Language } from '../words/language.ts';
import { localeTag, remember } from './locale.ts';

/** `12,34,567`; at most three decimals. */
export function formatNumber(value: number, language?: Language): string {
  return decimals(value, 0, 3, language);
}

/** With a fixed number of decimals up to `most`. */
export function decimals(value: number, least: number, most: number = least, language?: Language): string {
  const tag = localeTag(language);
  const formatter = remember(
    `number ${tag} ${least} ${most}`,
    () => new Intl.NumberFormat(tag, { minimumFractionDigits: least, maximumFractionDigits: most }),
  );
  return formatter.format(value);
}

/** `12.4%`; the value is in per cent. */
export function formatPercent(value: number): string {
  return `${decimals(value, 1)}%`;
}

/** `5.500 g` */
export function formatGrams(grams: number, language?: Language): string {
  return `${decimals(grams, 3, 3, language)} g`;
}

/** `831 B`, `12.4 kB`, `3.1 MB`, in steps of 1000. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return `${decimals(bytes / 1000 ** step, 0, step === 0 ? 0 : 1)} ${units[step]}`;
}
