// The real stones behind the model, to show the nearest of them: the open ones, or the shop's own where the model was
// learned from those. Gathered at the first question for them; 54,000 stones take 0.7 MB.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { dayOf } from '../../domain/shop-day.ts';
import type { ModelCard } from '../../domain/trained-model.ts';
import type { Shop } from '../../http/shop.ts';
import type { GradedRows } from '../../ml/grade-grid.ts';
import { columnsOfItems, type PricedRow } from '../../ml/item-rows.ts';
import { type ItemIndex, indexItems } from '../../ml/nearest-items.ts';
import { readReferenceStones } from '../reference/read-reference-stones.ts';
import { gradesOf, type StoneGrades } from './stone-grades.ts';

export interface KnownStones {
  source: 'open_data' | 'shop';
  index: ItemIndex;
}

const PAGE_STONES = 500;

/** Answers the stones behind a model; those of the last one are kept. */
export function createKnownStones(shop: Shop): (card: ModelCard) => Promise<KnownStones> {
  let kept: { key: string; stones: Promise<KnownStones> } | null = null;
  return (card) => {
    // The open stones never change; the shop's own do with every training.
    const key = card.basis === 'reference' ? card.basis : card.sha256;
    if (kept?.key !== key) kept = { key, stones: gather(shop, card) };
    return kept.stones.catch((error: unknown) => {
      kept = null;
      throw error;
    });
  };
}

async function gather(shop: Shop, { basis }: ModelCard): Promise<KnownStones> {
  return basis === 'reference'
    ? { source: 'open_data', index: indexItems(await openStones()) }
    : { source: 'shop', index: indexItems(await ownStones(shop)) };
}

/** The open data call our `Excellent` cut `Premium`. */
async function openStones(): Promise<GradedRows> {
  const { milliCarat, cut, color, clarity, dollars } = await readReferenceStones();
  const plain: StoneGrades = { cut: 'Ideal', color: 'D', clarity: 'IF' };
  const ordinals = ({ names, codes }: typeof cut, field: keyof StoneGrades, axis: 0 | 1 | 2): Uint8Array => {
    const numbers = names.map((name) => {
      const ours = name === 'Premium' ? 'Excellent' : name;
      return gradesOf({ ...plain, [field]: ours })[axis];
    });
    return Uint8Array.from(codes, (code) => numbers[code] as number);
  };
  return {
    sizes: Float64Array.from(milliCarat, (thousandths) => thousandths / 1000),
    grades: [ordinals(cut, 'cut', 0), ordinals(color, 'color', 1), ordinals(clarity, 'clarity', 2)],
    prices: Float64Array.from(dollars),
  };
}

async function ownStones({ store, now }: Shop): Promise<GradedRows> {
  const today = dayOf(now());
  const rows: PricedRow[] = [];
  let page = await store.learning.stones(null, PAGE_STONES, today);
  for (;;) {
    for (const { milliCarat, pricePaise, ...names } of page.stones) {
      const grades = gradesOf(names as StoneGrades);
      rows.push({ size: milliCarat / 1000, grades, price: pricePaise / 100 });
    }
    if (page.next === null) return columnsOfItems(rows);
    // The store answers at once: without this nobody else would get a turn between two pages.
    await nextTurn();
    page = await store.learning.stones(page.next, PAGE_STONES, today);
  }
}
