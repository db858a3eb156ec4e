// Rules of bringing in many prices at once: what an import may hold.

import type { Metal, NewDiamondPrice, NewMetalPrice } from './price.ts';
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

/** What an import has done, for the journal: `added` are the rows that were new, at least one. */
export function rateImportRecord(
  metal: Metal,
  added: readonly ImportedRate[],
  counts: ImportCounts,
  file: ImportFile,
): Record<string, unknown> {
  const purities: Record<string, number> = {};
  for (const { purity } of added) purities[purity] = (purities[purity] ?? 0) + 1;
  return { metal, ...counts, purities, ...daysOf(added), file: file.name, sha256: file.sha256 };
}

export function stoneImportRecord(
  added: readonly ImportedStone[],
  counts: ImportCounts,
  file: ImportFile,
): Record<string, unknown> {
  return { ...counts, ...daysOf(added), file: file.name, sha256: file.sha256 };
}

function daysOf(rows: readonly { day: string }[]): { firstDay: string; lastDay: string } {
  let [firstDay, lastDay] = [rows[0]?.day ?? '', ''];
  for (const { day } of rows) {
    if (day < firstDay) firstDay = day;
    if (day > lastDay) lastDay = day;
  }
  return { firstDay, lastDay };
}

/**
 * Rates in the order in which they came into force, since a day's last one counts. A file that begins with its newest
 * day, as what the shop exports does, has a day's later rates before the earlier ones.
 */
export function inOrderOfForce<Row extends { day: string }>(rows: readonly Row[]): Row[] {
  const isNewestFirst = rows.every(({ day }, n) => n === 0 || day <= (rows[n - 1] as Row).day);
  return isNewestFirst && rows[0]?.day !== rows.at(-1)?.day ? rows.toReversed() : [...rows];
}

/** The rows that are not there yet, each once: `isThere` knows the same series or stone of a day and price. */
export function unknownRates(
  rows: readonly ImportedRate[],
  isThere: (row: ImportedRate) => boolean,
): ImportedRate[] {
  const keyOf = ({ purity, day, paisePerGram }: ImportedRate): string => `${purity} ${day} ${paisePerGram}`;
  // Of a rate that came back on the same day it is the later one that counts.
  return firsts(rows.toReversed(), keyOf, isThere).toReversed();
}

export function unknownStones(
  rows: readonly ImportedStone[],
  isThere: (row: ImportedStone) => boolean,
): ImportedStone[] {
  const key = ({ milliCarat, cut, color, clarity, pricePaise, day }: ImportedStone): string =>
    `${milliCarat} ${cut} ${color} ${clarity} ${pricePaise} ${day}`;
  return firsts(rows, key, isThere);
}

function firsts<R>(rows: readonly R[], keyOf: (row: R) => string, isThere: (row: R) => boolean): R[] {
  const seen = new Set<string>();
  return rows.filter((row) => seen.size !== seen.add(keyOf(row)).size && !isThere(row));
}

/** A rate of a purity of one metal on a day; `purity` in parts per mille. */
interface KnownRate {
  purity: string;
  day: string;
  paisePerGram: number;
}

/** Per 10 grams, per tola, in paise: such rates are ten times what they should be, or more. */
const UNIT_FACTOR = 5;

/**
 * Of the rows that stand for what a metal costs now (the last one of each purity, and the one nearest in time to the
 * last rate known) the first that is five times that rate or more, or a fifth or less, as a file in another unit is.
 * Null: none, or no rate is known.
 */
export function findOtherUnit<Row extends KnownRate>(
  rows: readonly Row[],
  known: readonly KnownRate[],
): { row: Row; rate: KnownRate } | null {
  const rate = known.reduce<KnownRate | null>(
    (last, one) => (last && last.day >= one.day ? last : one),
    null,
  );
  if (rate === null) return null;
  const daysFrom = ({ day }: Row): number => Math.abs(Date.parse(day) - Date.parse(rate.day));
  const fine = ({ paisePerGram, purity }: KnownRate): number => paisePerGram / Number(purity);
  for (const purity of new Set(rows.map((row) => row.purity))) {
    const series = rows.filter((row) => row.purity === purity);
    const nearest = series.reduce((best, row) => (daysFrom(row) < daysFrom(best) ? row : best));
    const last = series.reduce((best, row) => (row.day >= best.day ? row : best));
    for (const row of [nearest, last]) {
      const factor = fine(row) / fine(rate);
      if (factor >= UNIT_FACTOR || factor <= 1 / UNIT_FACTOR) return { row, rate };
    }
  }
  return null;
}
