// Priced items as the columns that training wants.

import { type GradedItem, placeOf } from './grade-grid.ts';
import type { MeasuredRows } from './measured-model.ts';
import type { Measures } from './measures.ts';

/** An item whose price is known. Its size may be above that of the grid. */
export type PricedRow = GradedItem & { readonly price: number; readonly measures?: Measures };

const NO_MEASURES: Measures = { depth: null, table: null, x: null, y: null, z: null };

/**
 * Columns of the rows, in their order. A grade outside the grid is taken as the nearest one, at the price that the
 * assumed step between the two makes of the row's. Throws a RangeError for a grade that is nowhere near the grid.
 */
export function columnsOfItems(rows: readonly PricedRow[]): MeasuredRows {
  const numbers = (of: (row: PricedRow) => number): Float64Array => Float64Array.from(rows, of);
  const places = rows.map(({ grades }) => placeOf({ size: 1, grades }));
  const grades = (axis: 0 | 1 | 2): Uint8Array => Uint8Array.from(places, (place) => place.grades[axis]);
  const measure = (name: keyof Measures): Float64Array =>
    numbers(({ measures }) => (measures ?? NO_MEASURES)[name] ?? 0);
  return {
    sizes: numbers(({ size }) => size),
    grades: [grades(0), grades(1), grades(2)],
    prices: Float64Array.from(rows, ({ price }, index) => price * Math.exp(-places[index]!.shift)),
    measures: {
      depth: measure('depth'),
      table: measure('table'),
      x: measure('x'),
      y: measure('y'),
      z: measure('z'),
    },
  };
}
