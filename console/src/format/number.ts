// Numbers as India groups them.

import { localeTag, remember } from './locale.ts';

/** `12,34,567`; at most three decimals. */
export function formatNumber(value: number): string {
  return decimals(value, 0, 3);
}

/** With a fixed number of decimals up to `most`. */
export function decimals(value: number, least: number, most: number = least): string {
  const tag = localeTag();
  const formatter = remember(
    `number ${tag} ${least} ${most}`,
    () => new Intl.NumberFormat(tag, { minimumFractionDigits: least, maximumFractionDigits: most }),
  );
  return formatter.format(value);
}

/** `12.4%`; the value is in per cent. @public */
export function formatPercent(value: number): string {
  return `${decimals(value, 1)}%`;
}

/** `5.500 g` */
export function formatGrams(grams: number): string {
  return `${decimals(grams, 3)} g`;
}
