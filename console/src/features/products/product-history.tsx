// What happened to a piece, from the journal: who changed what, from what to what.

import { Link } from '@tanstack/react-router';
import type { JournalEntryWire } from '../../../../server/src/contract/journal.ts';
import { formatRupees } from '../../format/money.ts';
import { formatGrams } from '../../format/number.ts';
import { goldPurity } from '../../format/purity.ts';
import { Age } from '../../ui/figures.tsx';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { say, useWords } from '../../words/say.ts';
import { actorName } from '../journal/actor-name.ts';
import { useProductHistory } from './product-queries.ts';
import type { Category } from './product-search.ts';
import styles from './products.module.css';
import { productWords } from './words/product-words.ts';

export function ProductHistory({ productId }: { productId: string }) {
  const words = useWords(productWords);
  const query = useProductHistory(productId);
  return (
    <Sheet
      title={words('history')}
      link={
        <Link to="/journal" search={{ subject: `product:${productId}` }}>
          {words('inJournal')}
        </Link>
      }
    >
      <QueryStates query={query}>
        {(entries) => (
          <ol className={styles.history}>
            {entries.map((entry) => (
              <li key={entry.seq}>
                <div>{deedText(words, entry)}</div>
                {changesOf(entry).map(([name, before, after]) => (
                  <div key={name} className={styles.change}>
                    {words(FIELDS[name] ?? 'otherField')}: <s>{valueText(words, name, before)}</s> →{' '}
                    {valueText(words, name, after)}
                  </div>
                ))}
                <div className={styles.by}>
                  {actorName(entry.actor)} · <Age at={entry.at} />
                </div>
              </li>
            ))}
          </ol>
        )}
      </QueryStates>
    </Sheet>
  );
}

type Words = ReturnType<typeof useWords<typeof productWords.en>>;

const DEEDS = {
  'product.created': 'didAdd',
  'product.changed': 'didChange',
  'product.published': 'didPublish',
  'product.unpublished': 'didTakeOff',
  'product.removed': 'didRemove',
  'product.restored': 'didRestore',
} as const;

function deedText(words: Words, { action }: JournalEntryWire): string {
  return action in DEEDS ? words(DEEDS[action as keyof typeof DEEDS]) : action;
}

/** The journal's names of the fields that a person changes. */
const FIELDS: Record<
  string,
  | 'name'
  | 'category'
  | 'netWeight'
  | 'purity'
  | 'listPrice'
  | 'stones'
  | 'stock'
  | 'making'
  | 'description'
  | 'picture'
> = {
  name: 'name',
  category: 'category',
  net_weight_grams: 'netWeight',
  gold_purity: 'purity',
  base_price: 'listPrice',
  stones: 'stones',
  stock_quantity: 'stock',
  making_charge: 'making',
  description: 'description',
  image_url: 'picture',
};

function changesOf({ before, after }: JournalEntryWire): [string, unknown, unknown][] {
  if (before === null || after === null) return [];
  const [old, now] = [before as Record<string, unknown>, after as Record<string, unknown>];
  // What was removed or brought back is named with the same name twice.
  return Object.keys(now)
    .filter((name) => name in FIELDS && old[name] !== now[name])
    .map((name) => [name, old[name], now[name]]);
}

function valueText(words: Words, name: string, value: unknown): string {
  const none = say(everydayWords)('none');
  if (value === null || value === undefined || value === '')
    return name === 'making_charge' ? words('ofShop') : none;
  if (name === 'category') return words(value as Category);
  if (name === 'gold_purity') return goldPurity(String(value));
  if (name === 'net_weight_grams') return formatGrams(Number(value));
  if (name === 'base_price' || name === 'stones') return formatRupees(Number(value));
  if (name === 'image_url') return words('aPicture');
  if (name === 'making_charge') return words('ofPiece');
  const text = String(value);
  const letters = [...new Intl.Segmenter().segment(text)];
  return letters.length > 60 ? `${text.slice(0, letters[60]?.index)}…` : text;
}
