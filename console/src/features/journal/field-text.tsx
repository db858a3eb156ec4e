// The fields of an entry as a person reads them: their names and values in words, amounts and times as everywhere else.

import { formatDate, formatDateTime } from '../../format/date.ts';
import { isDay } from '../../format/is-day.ts';
import { formatRupees } from '../../format/money.ts';
import { decimals, formatGrams, formatNumber } from '../../format/number.ts';
import { goldPurity } from '../../format/purity.ts';
import { useWords } from '../../words/say.ts';
import { peopleWords } from '../people/words/people-words.ts';
import { CategoryWord } from '../products/category-word.tsx';
import { settingsWords } from '../settings/words/settings-words.ts';
import type { fieldWords } from './field-words/field-words.ts';
import { partsText } from './parts-text.ts';
import { spokenText } from './spoken-text.ts';

type Say = ReturnType<typeof useWords<typeof fieldWords.en>>;

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
const RUPEES =
  /^(amount|balance_after|base_price|credit_limit|discount|final|price|price_per_gram|stones|stored_balance|subtotal|tax|total)$/;

export function FieldValue({ words, name, value }: { words: Say; name: string; value: unknown }) {
  // `spokenText` speaks of these.
  useWords(peopleWords);
  useWords(settingsWords);
  if (value === undefined || value === null || value === '') return '–';
  if (name === 'category') return <CategoryWord category={String(value)} />;
  if (Array.isArray(value)) {
    return value.length === 0
      ? '–'
      : value.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what is in the journal never moves.
          <div key={index}>{itemText(words, name, item)}</div>
        ));
  }
  return valueText(words, name, value);
}

function valueText(words: Say, name: string, value: unknown): string {
  if (typeof value === 'boolean') return words(value ? 'yes' : 'no');
  if (typeof value === 'number') return figureText(name, value);
  if (name === 'purities') return countsText(value as object);
  if (typeof value === 'object') return partsText(value as Record<string, unknown>);
  const text = String(value);
  const spoken = spokenText(name, text);
  if (spoken !== undefined) return spoken;
  if (name === 'gold_purity') return goldPurity(text);
  if (INSTANT.test(text)) return formatDateTime(text);
  return isDay(text) ? formatDate(text) : text;
}

function figureText(name: string, value: number): string {
  if (RUPEES.test(name)) return formatRupees(value);
  if (name === 'milli_carat') return `${decimals(value / 1000, 2, 3)} ct`;
  return name.endsWith('_grams') ? formatGrams(value) : formatNumber(value);
}

/** How many rows an import had of each purity. */
function countsText(counts: object): string {
  return Object.entries(counts)
    .map(([of, count]) => `${of} × ${formatNumber(count)}`)
    .join(' · ');
}

/** One of several: a piece of a bill, a payment, a permission. */
function itemText(words: Say, name: string, item: unknown): string {
  const { product_name: piece, quantity, method, amount } = (item ?? {}) as Record<string, unknown>;
  if (typeof piece === 'string' && typeof quantity === 'number')
    return `${piece} × ${formatNumber(quantity)}`;
  if (typeof amount === 'number' && method !== undefined) {
    const how = method === null ? words('notSaid') : valueText(words, 'method', method);
    return `${how} ${formatRupees(amount)}`;
  }
  return valueText(words, name, item);
}
