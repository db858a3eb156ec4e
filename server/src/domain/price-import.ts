// Rules of bringing in many prices at once: what an import may hold.

import type { NewDiamondPrice, NewMetalPrice } from './price.ts';
import { dayOf } from './shop-day.ts';
import { invalid } from './shop-error.ts';

/** One import is one change: every other change waits for it, and gives up after 10 s. */
export const MAX_IMPORT_ROWS = 100_000;

/** A day's rate of one metal. An import is history that somebody has looked at: the guard never holds it. */
export type ImportedRate = Omit<NewMetalPrice, 'metal' | 'confirm'>;
export type ImportedStone = NewDiamondPrice;

/** Where the rows come from, for the journal. */
export interface ImportFile {
  name: string;
  sha256: string;
}

/** `known`: there before, or twice in the import: the same series or stone, day and price. */
export interface ImportCounts {
  added: number;
  known: number;
}

/** Refuses an import that is too large or has a row of a day after today. */
export function refuseUnfitImport(rows: readonly { day: string }[], at: number): void {
  if (rows.length > MAX_IMPORT_ROWS) {
    throw invalid('rows', 'maxItems', `must be at most ${MAX_IMPORT_ROWS} rows in one import`);
  }
  const today = dayOf(at);
  if (rows.some(({ day }) => day > today)) throw invalid('date', 'maximum', `must be at most ${today}`);
}
