// The two kinds of files with prices: rates of a metal by purity, and stones by their 4Cs.

import { MAX_PAISE } from '../../domain/money.ts';
import {
  CLARITIES,
  COLORS,
  CUTS,
  DEFAULT_PURITY,
  MAX_MILLI_CARAT,
  MAX_RATE_PAISE,
  type Metal,
  RATE_PURITIES,
} from '../../domain/price.ts';
import type { ImportedRate, ImportedStone } from '../../domain/price-import.ts';
import { readAmount, readName, readPurity } from './import-cells.ts';
import type { ColumnRule } from './import-columns.ts';
import type { ImportKind, RowCells } from './import-rows.ts';

const DATE: ColumnRule = { field: 'date', names: ['day'], required: true };
const SOURCE: ColumnRule = { field: 'source', names: [] };
const CURRENCY: ColumnRule = { field: 'currency', names: [] };
const RUPEES = ['inr', 'rs', 'rs.', '₹', 'rupees'];

const METAL_COLUMNS: readonly ColumnRule[] = [
  DATE,
  {
    field: 'price_per_gram',
    names: ['price', 'rate', 'inr_per_gram', 'rate_per_gram', 'price_per_gram_inr'],
    required: true,
  },
  { field: 'purity', names: ['fineness', 'karat'] },
  SOURCE,
  { field: 'metal', names: ['metal_type'] },
  CURRENCY,
];

const DIAMOND_COLUMNS: readonly ColumnRule[] = [
  DATE,
  { field: 'carat', names: ['carats'], required: true },
  { field: 'cut', names: [], required: true },
  { field: 'color', names: ['colour'], required: true },
  { field: 'clarity', names: [], required: true },
  { field: 'price', names: ['price_inr', 'inr'], required: true },
  SOURCE,
  CURRENCY,
];

/** A file of a metal's rates. `purity`: what a row is that does not say it; null: what the metal's is by default. */
export function metalKind(metal: Metal, purity: string | null): ImportKind<ImportedRate> {
  return {
    columns: METAL_COLUMNS,
    toRow: (cells, id) => {
      cells.mustSay('metal', [metal]);
      cells.mustSay('currency', RUPEES);
      return {
        id,
        purity: rowPurity(cells, metal, purity),
        paisePerGram: cells.take(
          'price_per_gram',
          (text) => within(readAmount(text, 2), MAX_RATE_PAISE),
          `must be more than 0 and at most ${MAX_RATE_PAISE / 100} rupees, with at most 2 decimals`,
          0,
        ),
        ...cells.day(),
        source: cells.source(),
      };
    },
  };
}

/** What `purity` must be, for people. */
export function purityText(metal: Metal): string {
  return `must be ${RATE_PURITIES[metal].join(', ')}${metal === 'gold' ? ', 22K, 18K or 14K' : ''}`;
}

function rowPurity(cells: RowCells, metal: Metal, purity: string | null): string {
  const instead = purity ?? DEFAULT_PURITY[metal];
  const isUnsaid = cells.text('purity') === '';
  if (isUnsaid && (purity !== null || !cells.has('purity'))) return instead;
  return cells.take(
    'purity',
    (text) => readPurity(text, RATE_PURITIES[metal], metal === 'gold'),
    purityText(metal),
    instead,
  );
}

export const diamondKind: ImportKind<ImportedStone> = {
  columns: DIAMOND_COLUMNS,
  toRow: (cells, id) => {
    cells.mustSay('currency', RUPEES);
    const oneOf = <T extends string>(field: string, names: readonly [T, ...T[]]): T =>
      cells.take<T>(field, (text) => readName(text, names), `must be one of ${names.join(', ')}`, names[0]);
    return {
      id,
      milliCarat: cells.take(
        'carat',
        (text) => within(readAmount(text, 3), MAX_MILLI_CARAT),
        `must be more than 0 and at most ${MAX_MILLI_CARAT / 1000}, with at most 3 decimals`,
        0,
      ),
      cut: oneOf('cut', CUTS),
      color: oneOf('color', COLORS),
      clarity: oneOf('clarity', CLARITIES),
      pricePaise: cells.take(
        'price',
        (text) => within(readAmount(text, 2), MAX_PAISE),
        `must be more than 0 and at most ${MAX_PAISE / 100} rupees, with at most 2 decimals`,
        0,
      ),
      ...cells.day(),
      source: cells.source(),
    };
  },
};

function within(amount: number | null, maximum: number): number | null {
  return amount === null || amount < 1 || amount > maximum ? null : amount;
}
