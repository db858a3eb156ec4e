// Rows as a CSV file, in chunks: see http/csv.ts for what a cell may not do. A million rows pass here: what a cell
// needs is settled once a column.

import { BYTE_ORDER_MARK, csvLine, csvText } from '../../http/csv.ts';
import { type CellKind, type Column, plainValue } from './column.ts';

export async function* csvBytes<Row>(
  columns: readonly Column<Row>[],
  pages: AsyncIterable<readonly Row[]>,
): AsyncGenerator<Buffer> {
  yield Buffer.from(BYTE_ORDER_MARK + csvLine(columns.map(({ name }) => name)));
  const cells = columns.map(cellOf);
  for await (const rows of pages) {
    let lines = '';
    for (const row of rows) {
      let separator = '';
      for (const cell of cells) {
        lines += separator + cell(row);
        separator = ',';
      }
      lines += '\r\n';
    }
    yield Buffer.from(lines);
  }
}

function cellOf<Row>({ kind, of }: Column<Row>): (row: Row) => string | number {
  if (kind === 'text') return (row) => csvText(String(of(row) ?? ''));
  if (isBare(kind)) return (row) => of(row) ?? '';
  return (row) => plainValue(kind, of(row)) ?? '';
}

/** Whether its values are written as they are. */
function isBare(kind: CellKind): boolean {
  return kind === 'code' || kind === 'count';
}
