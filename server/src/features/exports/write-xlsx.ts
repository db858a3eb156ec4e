// Rows as a spreadsheet (Office Open XML), written while they are read: real numbers and days, rupees as rupees, the
// header in sight and with filters. Texts are text cells, never formulas; those that would be one when somebody edits
// the cell carry the mark that Excel gives to a typed apostrophe (quotePrefix).

import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { DAY_MS, SHOP_OFFSET_MS } from '../../domain/shop-day.ts';
import { isFormulaLike } from '../../http/csv.ts';
import { type CellKind, type CellValue, type Column, plainValue } from './column.ts';
import { contentTypesXml, RELATIONS, STYLES, workbookRelationsXml, workbookXml, XML } from './xlsx-parts.ts';

/** What Excel can hold in a sheet, with the header. */
const MAX_ROWS = 1_048_576;
const MAX_TEXT = 32_767;
/** Days from Excel's day 0 to 1970. */
const EPOCH_DAYS = 25_569;
/** Speed before size: half of the time of the usual level for a sixth more of bytes. */
const COMPRESSION = 1;

/** Places in the list of styles, in xlsx-parts.ts. */
const STYLE = { plain: 0, header: 1, rupees: 2, grams: 3, day: 4, instant: 5, quoted: 6 } as const;
const WIDTH: Record<CellKind, number> = {
  code: 16,
  text: 26,
  count: 9,
  rupees: 16,
  grams: 11,
  carats: 9,
  day: 12,
  instant: 20,
};

export async function* xlsxBytes<Row>(
  columns: readonly Column<Row>[],
  pages: AsyncIterable<readonly Row[]>,
  maxRows = MAX_ROWS,
): AsyncGenerator<Buffer> {
  const zip = new ZipFile();
  const rows = new RowSource(pages);
  const writing = (async () => {
    let sheets = 0;
    do {
      const sheet = Readable.from(sheetText(columns, rows, maxRows), { objectMode: false });
      const written = Promise.withResolvers<void>();
      sheet.once('end', written.resolve).once('error', written.reject);
      zip.addReadStream(sheet, `xl/worksheets/sheet${++sheets}.xml`, { compressionLevel: COMPRESSION });
      await written.promise;
    } while (await rows.hasMore());
    const add = (name: string, text: string): void => zip.addBuffer(Buffer.from(XML + text), name);
    add('xl/styles.xml', STYLES);
    add('xl/workbook.xml', workbookXml(sheets));
    add('xl/_rels/workbook.xml.rels', workbookRelationsXml(sheets));
    add('_rels/.rels', RELATIONS);
    add('[Content_Types].xml', contentTypesXml(sheets));
    zip.end();
  })();
  const output = zip.outputStream as Readable;
  zip.once('error', (error: Error) => output.destroy(error));
  writing.catch((error: Error) => output.destroy(error));
  yield* output as AsyncIterable<Buffer>;
  await writing;
}

/** Rows one page after the other, shared by the sheets that they fill. */
class RowSource<Row> {
  readonly #pages: AsyncIterator<readonly Row[]>;
  #page: readonly Row[] = [];

  constructor(pages: AsyncIterable<readonly Row[]>) {
    this.#pages = pages[Symbol.asyncIterator]();
  }

  async hasMore(): Promise<boolean> {
    while (this.#page.length === 0) {
      const next = await this.#pages.next();
      if (next.done) return false;
      this.#page = next.value;
    }
    return true;
  }

  /** At most `limit` rows of the page at hand. */
  take(limit: number): readonly Row[] {
    const taken = this.#page.slice(0, limit);
    this.#page = this.#page.slice(limit);
    return taken;
  }
}

async function* sheetText<Row>(
  columns: readonly Column<Row>[],
  rows: RowSource<Row>,
  maxRows: number,
): AsyncGenerator<string> {
  const letters = columns.map((_, index) => columnLetters(index));
  const widths = columns.map(
    ({ kind, name }, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${Math.max(WIDTH[kind], name.length + 4)}" customWidth="1"/>`,
  );
  const header = columns.map(({ name }, index) => textCell(`${letters[index]}1`, name, STYLE.header));
  yield `${XML}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews>` +
    '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' +
    `</sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData><row r="1">${header.join('')}</row>`;
  let last = 1;
  while (last < maxRows && (await rows.hasMore())) {
    let text = '';
    for (const row of rows.take(maxRows - last)) {
      last++;
      const cells = columns.map(({ kind, of }, index) => cellXml(`${letters[index]}${last}`, kind, of(row)));
      text += `<row r="${last}">${cells.join('')}</row>`;
    }
    yield text;
  }
  yield `</sheetData><autoFilter ref="A1:${letters.at(-1)}${last}"/></worksheet>`;
}

function cellXml(place: string, kind: CellKind, value: CellValue): string {
  if (value === null || value === '') return '';
  if (typeof value === 'string') {
    return textCell(place, value, kind === 'text' && isFormulaLike(value) ? STYLE.quoted : STYLE.plain);
  }
  switch (kind) {
    case 'day':
      return numberCell(place, Math.floor((value + SHOP_OFFSET_MS) / DAY_MS) + EPOCH_DAYS, STYLE.day);
    case 'instant':
      return numberCell(place, (value + SHOP_OFFSET_MS) / DAY_MS + EPOCH_DAYS, STYLE.instant);
    case 'carats':
      return numberCell(place, value / 1000, STYLE.plain);
    case 'rupees':
    case 'grams':
      return numberCell(place, plainValue(kind, value) as number, STYLE[kind]);
    default:
      return numberCell(place, value, STYLE.plain);
  }
}

function numberCell(place: string, value: number, style: number): string {
  return `<c r="${place}" s="${style}"><v>${value}</v></c>`;
}

function textCell(place: string, text: string, style: number): string {
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

/**
 * XML has no way to write most control characters and half surrogates: they become a replacement mark. Spreadsheets
 * read `_x0041_` as the character with that number (ST_Xstring), so such an underscore is written by its own.
 */
function escapeXml(text: string): string {
  return text
    .slice(0, MAX_TEXT)
    .toWellFormed()
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replace(/[&<>\r]/g, (sign) => ENTITIES[sign] ?? '')
    .replace(/[^\t\n\r\x20-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
}

/** 0 -> A, 25 -> Z, 26 -> AA. */
function columnLetters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter;
}
