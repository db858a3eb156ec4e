import type { ReferenceData } from '../../store.ts';
import { newRowId } from '../codec.ts';
import type { Tx } from './tx.ts';

const STONES_IN_A_PART = 1000;

/** Loads the open data once: a store that has any keeps what it has. */
export function loadReference(tx: Tx, data: ReferenceData): { goldMonths: number; diamonds: number } {
  const { shopId } = tx;
  const gold = tx.find({
    collection: 'reference_gold',
    name: 'reference_gold',
    filter: {},
    matches: () => true,
  });
  const parts = tx.find({
    collection: 'reference_diamonds',
    name: 'reference_diamonds',
    filter: {},
    matches: () => true,
  });
  if (gold.length > 0 || parts.length > 0) {
    return { goldMonths: gold.length, diamonds: parts.reduce((sum, { count }) => sum + count, 0) };
  }
  for (const month of data.gold) tx.add('reference_gold', { id: newRowId(), shopId, ...month });
  putStones(tx, data.diamonds);
  const loaded = { goldMonths: data.gold.length, diamonds: data.diamonds.milliCarat.length };
  tx.record('reference.loaded', { type: 'shop', id: shopId }, null, loaded);
  return loaded;
}

function putStones(tx: Tx, stones: ReferenceData['diamonds']): void {
  const { milliCarat, cut, color, clarity, depth, table, x, y, z, dollars } = stones;
  const name = (grades: typeof cut, row: number): string => grades.names[grades.codes[row] ?? -1] ?? '';
  for (let from = 0; from < milliCarat.length; from += STONES_IN_A_PART) {
    const to = Math.min(from + STONES_IN_A_PART, milliCarat.length);
    const rows = Array.from({ length: to - from }, (_, n) => from + n);
    const names = (grades: typeof cut): string[] => rows.map((row) => name(grades, row));
    tx.add('reference_diamonds', {
      id: newRowId(),
      shopId: tx.shopId,
      part: from / STONES_IN_A_PART,
      count: rows.length,
      milliCarat: [...milliCarat.slice(from, to)],
      cut: names(cut),
      color: names(color),
      clarity: names(clarity),
      depth: [...depth.slice(from, to)],
      table: [...table.slice(from, to)],
      x: [...x.slice(from, to)],
      y: [...y.slice(from, to)],
      z: [...z.slice(from, to)],
      dollars: [...dollars.slice(from, to)],
    });
  }
}
