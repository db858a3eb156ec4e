// Comma-separated files for spreadsheets (RFC 4180): UTF-8 with a mark, so that Excel reads every script; dates in ISO
// form, plain numbers, and no text that a spreadsheet would run as a formula.

import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Texts are made harmless; numbers are written plainly. Null is an empty cell. */
export type CsvCell = string | number | null;

export const BYTE_ORDER_MARK = '\uFEFF';
const LINE_END = '\r\n';
/** = + - @ (also full-width), a tab or a line end starts a formula in some spreadsheet; an apostrophe makes it text. */
const FORMULA_START = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
/** The same behind apostrophes of its own, which must not be taken for ours when the file comes back. */
const IN_NEED = /^'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
/** What begins like either, or must be quoted: most texts do not, and are told by one look. */
const MAY_NEED_CARE = /^['=+\-@\t\uFF1D\uFF0B\uFF0D\uFF20]|[",\r\n]/;

export function csvLine(cells: readonly CsvCell[]): string {
  return cells.map(csvCell).join(',') + LINE_END;
}

/** Streams rows as a file to keep; they are asked for only as fast as the caller reads, and for HEAD not at all. */
export function sendCsv(
  reply: FastifyReply,
  fileName: string,
  header: readonly string[],
  rows: AsyncIterable<readonly CsvCell[]>,
): FastifyReply {
  const sent = reply.request.method === 'HEAD' ? [] : lines(header, rows);
  return sendFile(reply, 'text/csv; charset=utf-8', fileName, Readable.from(sent, { objectMode: false }));
}

/** Sends a file to keep. */
export function sendFile(reply: FastifyReply, type: string, fileName: string, bytes: Readable): FastifyReply {
  return reply
    .type(type)
    .header('Content-Disposition', `attachment; filename="${fileName}"`)
    .header('Cache-Control', 'private, no-store')
    .send(bytes);
}

/** A file name of plain ASCII: anything else in `parts` becomes a dash; parts without a letter or digit are left out. */
export function safeFileName(parts: readonly string[], extension: string): string {
  const words = parts.map((part) =>
    part
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9-]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60),
  );
  return `${words.filter((word) => word !== '').join('_')}.${extension}`;
}

async function* lines(
  header: readonly string[],
  rows: AsyncIterable<readonly CsvCell[]>,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(header);
  for await (const row of rows) yield csvLine(row);
}

/** Whether a spreadsheet would take a typed text for a formula. */
export function isFormulaLike(text: string): boolean {
  return FORMULA_START.test(text);
}

/** A text as it was before its cell was made harmless. */
export function fromHarmlessCell(cell: string): string {
  return cell.startsWith("'") && IN_NEED.test(cell) ? cell.slice(1) : cell;
}

function csvCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  return csvText(cell);
}

/** A text as a cell: harmless, and quoted where it must be. */
export function csvText(cell: string): string {
  if (!MAY_NEED_CARE.test(cell)) return cell;
  const text = IN_NEED.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
