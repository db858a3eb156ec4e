// The rows of an imported file, read and checked one by one: what is right, and what is wrong with the others.

import { MAX_IMPORT_ROWS } from '../../domain/price-import.ts';
import { dayOf } from '../../domain/shop-day.ts';
import { fromHarmlessCell } from '../../http/csv.ts';
import { DAY_TEXT, isAmbiguousDay, quoted, readDay } from './import-cells.ts';
import { type ColumnMap, type ColumnRule, findColumns } from './import-columns.ts';
import { FileRefused, openTable, type TableLine } from './import-table.ts';

/** What a kind of file is: its columns, and how a row of its cells is read. */
export interface ImportKind<Row> {
  columns: readonly ColumnRule[];
  toRow: (cells: RowCells, id: string) => Row;
}

export interface ImportedRows<Row> {
  rows: Row[];
  read: number;
  wrong: number;
  /** One line each, for people; the first hundred. */
  problems: string[];
  /** How many days could be read month first too, and the first of them. */
  ambiguousDays: number;
  ambiguousDay: { written: string; day: string } | null;
  unreadColumns: string[];
  hasColumn: (field: string) => boolean;
  sha256: string;
}

interface ReadOptions {
  map: ColumnMap;
  /** Most rows that are read; what one import may bring in by default. */
  maxRows?: number;
  now: number;
  newId: () => string;
  onProgress: (rows: number) => void;
}

const SHOWN_PROBLEMS = 100;
const PROGRESS_EVERY = 5000;
/** Characters of a row, in the mean: all rows are held until the last is read. */
const MAX_MEAN_ROW = 1000;
const MAX_SOURCE = 200;
const DEFAULT_SOURCE = 'import';

/** Reads a whole file. Throws FileRefused where it cannot be told what its rows are. */
export async function readImport<Row>(
  path: string,
  kind: ImportKind<Row>,
  options: ReadOptions,
): Promise<ImportedRows<Row>> {
  const { header, lines, sha256 } = await openTable(path);
  const { places, unread } = findColumns(kind.columns, header.cells, options.map, header.line);
  const found = {
    rows: [] as Row[],
    read: 0,
    wrong: 0,
    problems: [] as string[],
    ambiguousDays: 0,
    ambiguousDay: null as ImportedRows<Row>['ambiguousDay'],
  };
  const today = dayOf(options.now);
  const maxRows = options.maxRows ?? MAX_IMPORT_ROWS;
  const maxCharacters = maxRows * MAX_MEAN_ROW;
  let characters = 0;
  for await (const line of lines) {
    if (++found.read > maxRows) {
      throw new FileRefused(`line ${line.line}: more than ${maxRows} rows: divide the file`);
    }
    for (const cell of line.cells) characters += cell.length;
    if (characters > maxCharacters) {
      throw new FileRefused(`line ${line.line}: more than ${maxCharacters} characters: divide the file`);
    }
    if (found.read % PROGRESS_EVERY === 0) options.onProgress(found.read);
    const cells = new RowCells(line, places, header.cells.length, today);
    const row = kind.toRow(cells, options.newId());
    if (cells.problems.length === 0) {
      found.rows.push(row);
      if (cells.ambiguousDay) {
        found.ambiguousDays++;
        found.ambiguousDay ??= cells.ambiguousDay;
      }
      continue;
    }
    found.wrong++;
    if (found.problems.length < SHOWN_PROBLEMS) found.problems.push(`line ${line.line}: ${cells.summary()}`);
  }
  if (found.read === 0) throw new FileRefused(`line ${header.line + 1}: there are no rows after the header`);
  return { ...found, unreadColumns: unread, hasColumn: (field) => places.has(field), sha256: sha256() };
}

/** One row's cells by field. What is wrong is gathered; the values of a wrong row are of no use. */
export class RowCells {
  readonly problems: string[] = [];
  /** The number of its line in the file. */
  readonly line: number;
  ambiguousDay: { written: string; day: string } | null = null;
  readonly #cells: readonly string[];
  readonly #places: ReadonlyMap<string, number>;
  readonly #today: string;
  readonly #fits: boolean;

  constructor(line: TableLine, places: ReadonlyMap<string, number>, width: number, today: string) {
    this.line = line.line;
    this.#cells = line.cells;
    this.#places = places;
    this.#today = today;
    this.#fits = line.cells.length === width;
    // Which cell is which is not known then, so that no other problem would be true.
    if (!this.#fits) this.problems.push(`${line.cells.length} cells, where the header has ${width} columns`);
  }

  summary(): string {
    return this.problems.join('; ');
  }

  has(field: string): boolean {
    return this.#places.has(field);
  }

  /** A cell's text; empty where the file has no such column. */
  text(field: string): string {
    const cell = this.#cells[this.#places.get(field) ?? -1] ?? '';
    const text = fromHarmlessCell(cell);
    return text === cell ? cell.trim() : text;
  }

  /** The value of a cell; a problem is noted, with what is allowed, and answered by `instead`. */
  take<T>(field: string, read: (text: string) => T | null, allowed: string, instead: T): T {
    if (!this.#fits) return instead;
    const text = this.text(field);
    const value = text === '' ? null : read(text);
    if (value !== null) return value;
    this.problems.push(`${field} ${text === '' ? 'is empty:' : quoted(text)} ${allowed}`);
    return instead;
  }

  day(): { at: number; day: string } {
    const day = this.take('date', readDay, DAY_TEXT, this.#today);
    const written = this.text('date');
    if (day > this.#today) {
      this.problems.push(`date ${quoted(written)} is in the future: must be at most ${this.#today}`);
    }
    if (this.#fits && isAmbiguousDay(written)) this.ambiguousDay = { written, day };
    // A day means its midnight in UTC, as for rows that are entered by hand.
    return { at: Date.parse(`${day}T00:00:00Z`), day };
  }

  source(): string {
    if (!this.#fits || this.text('source') === '') return DEFAULT_SOURCE;
    const allowed = `must have at most ${MAX_SOURCE} characters`;
    return this.take('source', (text) => (text.length > MAX_SOURCE ? null : text), allowed, DEFAULT_SOURCE);
  }

  /** A column that need not be there, and whose cells may be empty, but may not say something else. */
  mustSay(field: string, allowed: readonly string[]): void {
    if (!this.#fits || this.text(field) === '') return;
    const says = (text: string): string | null => (allowed.includes(text.toLowerCase()) ? text : null);
    this.take(field, says, `must be ${allowed[0]} or empty`, '');
  }
}
