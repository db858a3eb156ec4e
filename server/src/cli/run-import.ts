// Reading a file for `swati import`, saying what is in it, and bringing it in, whatever its rows are.

import { basename } from 'node:path';
import type { ImportCounts, ImportFile } from '../domain/price-import.ts';
import type { ColumnMap } from '../features/prices/import-columns.ts';
import { type ImportedRows, type ImportKind, readImport } from '../features/prices/import-rows.ts';
import { FileRefused } from '../features/prices/import-table.ts';
import type { Shop } from '../http/shop.ts';
import { CLOCK_AND_IDS } from '../serving/open-shop.ts';
import { type CommandCall, EXIT } from './command.ts';

/** What differs between the kinds of files. */
interface Work<Row> {
  kind: ImportKind<Row>;
  describe: (found: ImportedRows<Row>) => [string, string][];
  /** Why the rows may not be what they seem, for people: it is said, also in a dry run, and they come in. */
  doubt?: (shop: Shop, rows: Row[]) => Promise<string | null>;
  count: (shop: Shop, rows: Row[]) => Promise<ImportCounts>;
  add: (shop: Shop, rows: Row[], file: ImportFile) => Promise<ImportCounts>;
  /** What was asked for and is not done by bringing the rows in, for people; null: nothing. */
  undone?: (rows: Row[]) => string | null;
}

/** The shop that the rows are for, open while they are counted or brought in. */
export type UseShop = (work: (shop: Shop) => Promise<number>) => Promise<number>;

/** A file that is refused never asks for the shop. */
export async function runFile<Row>(
  call: CommandCall,
  useShop: UseShop,
  path: string,
  map: ColumnMap,
  work: Work<Row>,
): Promise<number> {
  const { terminal, options } = call;
  const found = await readFound(call, path, map, work.kind);
  if (!found) return EXIT.failed;
  for (const problem of found.problems) terminal.err(problem);
  const unshown = found.wrong - found.problems.length;
  if (unshown > 0) terminal.err(`and ${unshown} more rows are wrong`);
  say(call, ['read', `${found.read} rows of ${basename(path)}, ${found.wrong} of them wrong`]);
  for (const line of work.describe(found)) say(call, line);
  if (found.ambiguousDay) {
    const { written, day } = found.ambiguousDay;
    say(call, ['days', `${found.ambiguousDays} such as ${written} were read day first: ${day}`]);
  }
  if (found.unreadColumns.length > 0) say(call, ['not read', `columns ${found.unreadColumns.join(', ')}`]);
  const mayImport = found.wrong === 0 || (options['skip-bad'] === true && found.rows.length > 0);
  if (!mayImport) {
    terminal.err(
      `swati import: ${found.wrong} of ${found.read} rows are wrong; nothing was imported` +
        (found.rows.length === 0 ? '' : ' (--skip-bad imports the others)'),
    );
    return EXIT.failed;
  }
  return useShop((shop) =>
    bringIn(call, shop, { name: basename(path), sha256: found.sha256 }, found.rows, work),
  );
}

async function bringIn<Row>(
  call: CommandCall,
  shop: Shop,
  file: ImportFile,
  rows: Row[],
  work: Work<Row>,
): Promise<number> {
  const { terminal, options } = call;
  const doubt = (await work.doubt?.(shop, rows)) ?? null;
  if (doubt !== null) terminal.err(`attention: ${doubt}`);
  if (options['dry-run']) {
    const { added, known } = await work.count(shop, rows);
    say(call, [
      'dry run',
      `${added} rows would be imported, ${known} are there already; nothing was changed`,
    ]);
    return ending(call, rows, work);
  }
  terminal.progress(`importing ${rows.length} rows ...`);
  const { added, known } = await work.add(shop, rows, file);
  terminal.progress('');
  say(call, ['imported', `${added} rows; ${known} were there already`]);
  return ending(call, rows, work);
}

function ending<Row>({ terminal }: CommandCall, rows: Row[], { undone }: Work<Row>): number {
  const lack = undone?.(rows) ?? null;
  if (lack === null) return EXIT.ok;
  terminal.err(`swati import: ${lack}`);
  return EXIT.failed;
}

/** The file's rows; null, with the reason said, where the file as a whole cannot be used. */
async function readFound<Row>(
  { terminal }: CommandCall,
  path: string,
  map: ColumnMap,
  kind: ImportKind<Row>,
): Promise<ImportedRows<Row> | null> {
  try {
    return await readImport(path, kind, {
      map,
      now: CLOCK_AND_IDS.now(),
      newId: CLOCK_AND_IDS.newId,
      onProgress: (rows) => terminal.progress(`${rows} rows read ...`),
    });
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    terminal.err(`swati import: ${basename(path)}: ${error.message}; nothing was imported`);
    return null;
  } finally {
    terminal.progress('');
  }
}

export function say({ terminal }: CommandCall, [what, text]: [string, string]): void {
  terminal.out(`${what.padEnd(14)}${text}`);
}
