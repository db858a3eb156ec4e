// Rows as a CSV file, in chunks: see http/csv.ts for what a cell may not do. A million rows pass here: what a cell
// needs is settled once a column.

import { BYTE_ORDER_MARK, csvLine, csvText } from '../../http/csv.ts';
import { type CellKind, type Column, PLAIN } from './column.ts';

export async function* csvBytes<Row>(
  columns: readonly Column<Row>[],
  pages: AsyncIterable<readonly Row[]>,
): AsyncGenerator<Buffer> {
  yield Buffer.from(BYTE_ORDER_MARK + csvLine(columns.map(({ name }) => name)));
  const cells = columns.map(cellOf);
  // Joined once a line: a text that grows cell by cell leaves a rope of its pieces behind.
  const line: (string | number)[] = cells.map(() => '');
  for await (const rows of pages) {
    const lines: string[] = [];
    for (const row of rows) {
      for (let index = 0; index < cells.length; index++) line[index] = (cells[index] as Cell<Row>)(row);
      lines.push(line.join(','));
    }
    lines.push('');
    yield Buffer.from(lines.join('\r\n'));
  }
}

type Cell<Row> = (row: Row) => string | number;

function cellOf<Row>({ kind, of }: Column<Row>): Cell<Row> {
  if (kind === 'text') return (row) => csvText(String(of(row) ?? ''));
  if (isBare(kind)) return (row) => of(row) ?? '';
  const plain = PLAIN[kind];
  return (row) => {
    const value = of(row);
    return typeof value === 'number' ? plain(value) : (value ?? '');
  };
}

/** Whether its values are written as they are. */
function isBare(kind: CellKind): boolean {
  return kind === 'code' || kind === 'count';
}
