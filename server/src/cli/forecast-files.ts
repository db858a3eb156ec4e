// What the two kinds of `swati forecast` share: their words, and files of which every row must be right.

import { basename } from 'node:path';
import { type ColumnRule, readColumnMap } from '../features/prices/import-columns.ts';
import { type ImportedRows, type ImportKind, readImport } from '../features/prices/import-rows.ts';
import { FileRefused } from '../features/prices/import-table.ts';
import type { CommandCall } from './command.ts';

/** Words that are wrong: said with the way to the help, and answered by the exit code of usage. */
export class WrongWords extends Error {
  override name = 'WrongWords';
}

const MAX_ROWS = 2_000_000;

/** An option that must be given. */
export function requiredOption({ options }: CommandCall, name: string): string {
  const value = options[name];
  if (typeof value !== 'string' || value === '') throw new WrongWords(`--${name} is missing`);
  return value;
}

/** The numbers of an option between commas, each of which must pass. */
export function numbersOf(
  name: string,
  text: string,
  allowed: string,
  isAllowed: (value: number) => boolean,
): number[] {
  return text.split(',').map((word) => {
    const value = /^ *\d*\.?\d+ *$/.test(word) ? Number(word) : Number.NaN;
    if (!isAllowed(value)) throw new WrongWords(`--${name} "${word}": ${allowed}`);
    return value;
  });
}

/** All rows of a file. Throws FileRefused, after each wrong row was named, when any is wrong. */
export async function readAllRows<Row>(
  { terminal, options }: CommandCall,
  path: string,
  kind: ImportKind<Row>,
  mapped: readonly ColumnRule[],
): Promise<ImportedRows<Row>> {
  const words = Array.isArray(options.map) ? options.map : [];
  const map = readColumnMap(mapped, words);
  if ('problem' in map) throw new WrongWords(map.problem);
  const known = new Map([...map].filter(([field]) => kind.columns.some((rule) => rule.field === field)));
  const file = basename(path);
  const onProgress = (rows: number): void => terminal.progress(`${file}: ${rows} rows read ...`);
  try {
    // The rows are not kept, so that they need no id; and they may be of any day.
    const found = await readImport(path, kind, {
      map: known,
      maxRows: MAX_ROWS,
      now: 0,
      newId: () => '',
      onProgress,
    });
    for (const problem of found.problems) terminal.err(`${file}: ${problem}`);
    if (found.wrong > 0) throw new FileRefused(`${found.wrong} of ${found.read} rows are wrong`);
    return found;
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    throw new FileRefused(`${file}: ${error.message}`);
  } finally {
    terminal.progress('');
  }
}
