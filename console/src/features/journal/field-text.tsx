// The fields of an entry as a person reads them: their names and values in words, amounts and times as everywhere else.

import { formatDate, formatDateTime } from '../../format/date.ts';
import { isDay } from '../../format/is-day.ts';
import { formatRupees } from '../../format/money.ts';
import { formatGrams, formatNumber } from '../../format/number.ts';
import { goldPurity } from '../../format/purity.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { say, type useWords } from '../../words/say.ts';
import { CategoryWord } from '../products/category-word.tsx';
import { fieldWords } from './field-words/field-words.ts';
import { partsText } from './parts-text.ts';

type Say = ReturnType<typeof useWords<typeof fieldWords.en>>;
type FieldName = keyof typeof fieldWords.en & string;
type Everyday = keyof typeof everydayWords.en & 'cash';

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
const RUPEES =
  /^(amount|balance_after|base_price|credit_limit|discount|final|price|price_per_gram|stones|subtotal|tax|total)$/;
/** Whose values are words of the shop, stored in English. */
const SPOKEN = /^(metal|method|payment_method|payment_status|status)$/;

/** A field that is new here keeps the server's name. */
export function fieldName(words: Say, name: string): string {
  return name in fieldWords.en ? words(name as FieldName & 'name') : name;
}

export function FieldValue({ words, name, value }: { words: Say; name: string; value: unknown }) {
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
  if (typeof value === 'object') return partsText(value as Record<string, unknown>);
  const text = String(value);
  if (SPOKEN.test(name) && text in everydayWords.en) return say(everydayWords)(text as Everyday);
  if (name === 'gold_purity') return goldPurity(text);
  if (name === 'type' && (text === 'debit' || text === 'credit')) return words(text);
  if (INSTANT.test(text)) return formatDateTime(text);
  return isDay(text) ? formatDate(text) : text;
}

function figureText(name: string, value: number): string {
  if (RUPEES.test(name)) return formatRupees(value);
  return name.endsWith('_grams') ? formatGrams(value) : formatNumber(value);
}

/** One of several: a piece of a bill, a payment, a permission. */
function itemText(words: Say, name: string, item: unknown): string {
  const { product_name: piece, quantity, method, amount } = (item ?? {}) as Record<string, unknown>;
  if (typeof piece === 'string' && typeof quantity === 'number')
    return `${piece} × ${formatNumber(quantity)}`;
  if (typeof method === 'string' && typeof amount === 'number') {
    return `${valueText(words, 'method', method)} ${formatRupees(amount)}`;
  }
  return valueText(words, name, item);
}
