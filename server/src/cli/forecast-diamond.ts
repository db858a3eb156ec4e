// `swati forecast diamond`: prices of stones with their ranges, by a model trained on a file of priced stones.

import { basename } from 'node:path';
import { CLARITIES, COLORS, CUTS } from '../domain/price.ts';
import { gradesOf } from '../features/predictions/stone-grades.ts';
import { readName, readNumber } from '../features/prices/import-cells.ts';
import type { ColumnRule } from '../features/prices/import-columns.ts';
import type { ImportedRows, ImportKind, RowCells } from '../features/prices/import-rows.ts';
import { FileRefused } from '../features/prices/import-table.ts';
import { LARGEST_SIZE } from '../ml/grade-grid.ts';
import { type PricedItem, priceGradedItem, trainGradedModel } from '../ml/graded-model.ts';
import { columnsOfItems, type PricedRow } from '../ml/item-rows.ts';
import { type MeasuredItem, measuredPricer, trainMeasuredModel } from '../ml/measured-model.ts';
import { type Command, type CommandCall, EXIT } from './command.ts';
import { readAllRows, requiredOption, WrongWords } from './forecast-files.ts';

export const DIAMOND_OPTIONS = {
  train: { type: 'string', value: 'A.csv', help: 'diamond: stones with prices, to learn from.' },
  stones: { type: 'string', value: 'B.csv', help: 'diamond: stones to price.' },
  features: { type: 'string', value: '4c|all', help: 'diamond: the 4Cs, or depth, table, x, y, z as well.' },
  seed: { type: 'string', value: 'N', help: 'diamond: seed of the training (1).' },
} satisfies Command['options'];

const LEAST_ROWS = 50;
const MAX_PRICE = 1e12;
const MAX_CARAT = 1000;
const MAX_MEASURE = 1000;
const MEASURES = ['depth', 'table', 'x', 'y', 'z'] as const;
/** The trade's name, and the data's. */
const CUT_NAMES = [...CUTS, 'Premium'] as const;

const STONE_COLUMNS: readonly ColumnRule[] = [
  { field: 'carat', names: ['carats', 'carat_weight'], required: true },
  { field: 'cut', names: [], required: true },
  { field: 'color', names: ['colour'], required: true },
  { field: 'clarity', names: [], required: true },
  { field: 'depth', names: ['depth_percent', 'total_depth'] },
  { field: 'table', names: ['table_percent'] },
  { field: 'x', names: ['length', 'length_mm'] },
  { field: 'y', names: ['width', 'width_mm'] },
  { field: 'z', names: ['height', 'height_mm'] },
];
const PRICE: ColumnRule = {
  field: 'price',
  names: ['price_usd', 'usd', 'price_inr', 'inr'],
  required: true,
};

const stoneKind: ImportKind<MeasuredItem> = {
  columns: STONE_COLUMNS,
  toRow: (cells) => readStone(cells, LARGEST_SIZE),
};
const pricedKind: ImportKind<PricedRow> = {
  columns: [...STONE_COLUMNS, PRICE],
  toRow: (cells) => ({
    ...readStone(cells, MAX_CARAT),
    price: cells.take('price', numberUpTo(MAX_PRICE), 'must be a number above 0', 1),
  }),
};

export async function forecastDiamond(call: CommandCall): Promise<number> {
  const [trainPath, stonesPath] = [requiredOption(call, 'train'), requiredOption(call, 'stones')];
  const seed = seedOf(call.options.seed ?? '1');
  const { features } = call.options;
  if (features !== undefined && features !== '4c' && features !== 'all') {
    throw new WrongWords(`--features "${features}" must be 4c or all`);
  }
  const train = await readAllRows(call, trainPath, pricedKind, pricedKind.columns);
  if (train.rows.length < LEAST_ROWS) {
    throw new FileRefused(
      `${basename(trainPath)}: ${train.rows.length} rows, at least ${LEAST_ROWS} are needed to learn from`,
    );
  }
  const stones = await readAllRows(call, stonesPath, stoneKind, pricedKind.columns);
  const missing = [train, stones].map(missingMeasures);
  if (features === 'all') refuseMissing([trainPath, stonesPath], missing);
  const withMeasures = features === 'all' || (features === undefined && missing.flat().length === 0);
  const price = trained(call, train.rows, seed, withMeasures);
  for (const stone of stones.rows) call.terminal.out(JSON.stringify(toLine(price(stone))));
  return EXIT.ok;
}

function readStone(cells: RowCells, mostCarats: number): MeasuredItem {
  const oneOf = <T extends string>(field: string, names: readonly [T, ...T[]]): T =>
    cells.take<T>(field, (text) => readName(text, names), `must be one of ${names.join(', ')}`, names[0]);
  const cut = oneOf('cut', CUT_NAMES);
  const measure = (field: string): number | null => {
    if (cells.text(field) === '') return null;
    const allowed = `must be a number from 0 to ${MAX_MEASURE}, or empty`;
    const read = (text: string): number | null => {
      const value = readNumber(text);
      return value === null || value > MAX_MEASURE ? null : value;
    };
    return cells.take(field, read, allowed, 0);
  };
  return {
    size: cells.take(
      'carat',
      numberUpTo(mostCarats),
      `must be a number above 0 and at most ${mostCarats}`,
      1,
    ),
    grades: gradesOf({
      cut: cut === 'Premium' ? 'Excellent' : cut,
      color: oneOf('color', COLORS),
      clarity: oneOf('clarity', CLARITIES),
    }),
    measures: {
      depth: measure('depth'),
      table: measure('table'),
      x: measure('x'),
      y: measure('y'),
      z: measure('z'),
    },
  };
}

function numberUpTo(most: number): (text: string) => number | null {
  return (text) => {
    const value = readNumber(text);
    return value !== null && value > 0 && value <= most ? value : null;
  };
}

function seedOf(text: string | boolean | string[]): number {
  const seed = /^\d{1,15}$/.test(String(text)) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(seed))
    throw new WrongWords(`--seed "${text}" must be a whole number of 0 or more`);
  return seed;
}

function missingMeasures({ hasColumn }: ImportedRows<unknown>): string[] {
  return MEASURES.filter((name) => !hasColumn(name));
}

function refuseMissing(paths: readonly string[], missing: readonly string[][]): void {
  const at = missing.findIndex((names) => names.length > 0);
  if (at === -1) return;
  throw new FileRefused(
    `${basename(paths[at] ?? '')}: line 1: --features all needs the columns ${missing[at]?.join(', ')}`,
  );
}

/** Trains, and answers what prices a stone. */
function trained(
  { terminal }: CommandCall,
  rows: readonly PricedRow[],
  seed: number,
  withMeasures: boolean,
): (stone: MeasuredItem) => PricedItem {
  const columns = columnsOfItems(rows);
  const training = {
    seed,
    withBands: true,
    afterTree: (done: number, total: number) => {
      if (done % 10 === 0) terminal.progress(`training: tree ${done} of ${total} ...`);
    },
  };
  try {
    if (withMeasures) return measuredPricer(trainMeasuredModel(columns, training));
    const model = trainGradedModel(columns, training);
    return (stone) => priceGradedItem(model, stone);
  } finally {
    terminal.progress('');
  }
}

function toLine({ price, bounds, extrapolated }: PricedItem): Record<string, number | boolean> {
  if (bounds === null) throw new Error('a model without ranges was trained');
  return {
    price: rounded(price),
    lower_90: rounded(bounds.lower90),
    upper_90: rounded(bounds.upper90),
    lower_95: rounded(bounds.lower95),
    upper_95: rounded(bounds.upper95),
    extrapolated,
  };
}

/** Nine digits say more than the model knows, whatever the unit of the prices. */
function rounded(value: number): number {
  return Number(value.toPrecision(9));
}
