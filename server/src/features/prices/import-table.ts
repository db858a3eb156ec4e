// A CSV file from anywhere as lines of cells: compressed or not, with or without a byte order mark, with commas,
// semicolons or tabs, any line ends. Read as a stream; whatever makes its lines uncertain refuses the whole file.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, parse } from 'csv-parse';

/** The file cannot be imported as it is: one line for people. */
export class FileRefused extends Error {
  override name = 'FileRefused';
}

export interface TableLine {
  /** The number of the line on which it begins, from 1. */
  line: number;
  cells: string[];
}

export interface Table {
  header: TableLine;
  lines: AsyncGenerator<TableLine>;
  /** Of the file as it lies on the disk; known when all lines have been read. */
  sha256: () => string;
}

const MAX_LINE = 65_536;
const DELIMITERS = [',', ';', '\t'] as const;

/** Opens a file and reads its header. Throws FileRefused, here and while the lines are read. */
export async function openTable(path: string): Promise<Table> {
  const hash = createHash('sha256');
  const bytes = fileBytes(path, (chunk) => hash.update(chunk));
  const { first, all } = await peek(plainText(unpacked(bytes)), (texts) => hasFirstLine(texts.join('')));
  const [firstLine = ''] = first.join('').trimStart().split('\n', 1);
  const lines = tableLines(all, delimiterOf(firstLine));
  const header = await lines.next();
  if (header.done) throw new FileRefused('the file is empty');
  return { header: header.value, lines, sha256: () => hash.digest('hex') };
}

async function* fileBytes(path: string, seen: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      seen(chunk);
      yield chunk;
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new FileRefused('there is no such file');
    if (code === 'EISDIR') throw new FileRefused('this is a folder');
    if (code === 'EACCES') throw new FileRefused('the file may not be read');
    throw new FileRefused(`the file cannot be read (${message})`);
  }
}

/** gzip is known by its first bytes, whatever the file is called. */
async function* unpacked(bytes: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const { first, all } = await peek(bytes, (chunks) => chunks.length > 0);
  const [a, b] = first[0] ?? [];
  if (a === 0x50 && b === 0x4b) {
    throw new FileRefused('this is a spreadsheet or a zip file: save it as CSV (UTF-8)');
  }
  if (a !== 0x1f || b !== 0x8b) return yield* all;
  const gunzip = createGunzip();
  pipeline(Readable.from(all), gunzip, () => undefined);
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } catch (error) {
    if (!(error as { code?: string }).code?.startsWith('Z_')) throw error;
    throw new FileRefused('the compressed file is damaged or cut off');
  }
}

/** Text with plain line feeds and without a byte order mark; never a guessed character. */
async function* plainText(bytes: AsyncGenerator<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  // The mark of a wrong byte may be in the text itself, where another program put it: bytes tell.
  const bytesOfText = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  let held = '';
  const clean = (text: string, isText: boolean): string => {
    const plain = text.replace(/\r\n?/g, '\n');
    const wrong = isText ? nulInHeader(plain, line) : plain.search(/[\0\uFFFD]/);
    if (wrong !== -1) {
      line += countLineFeeds(plain.slice(0, wrong));
      throw new FileRefused(`line ${line}: this is not UTF-8 text: save the file as CSV (UTF-8)`);
    }
    line += countLineFeeds(plain);
    return plain;
  };
  for await (const chunk of bytes) {
    const text = held + decoder.decode(chunk, { stream: true });
    // A line end may be cut in two by the chunk.
    held = text.endsWith('\r') ? '\r' : '';
    yield clean(held === '' ? text : text.slice(0, -1), canDecode(bytesOfText, chunk));
  }
  yield clean(held + decoder.decode(), canDecode(bytesOfText, null));
}

/**
 * Where the names of the columns have a NUL, or -1: then it is UTF-16, each byte of which may be a character of UTF-8.
 * Further down it may be part of a text: the shop takes it, and exports it again.
 */
function nulInHeader(text: string, line: number): number {
  return line === 1 ? (text.split('\n', 1)[0] ?? '').indexOf('\0') : -1;
}

/** Null: the bytes end here. */
function canDecode(strict: TextDecoder, chunk: Buffer | null): boolean {
  try {
    strict.decode(chunk ?? undefined, { stream: chunk !== null });
    return true;
  } catch {
    return false;
  }
}

function countLineFeeds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

async function* tableLines(text: AsyncGenerator<string>, delimiter: string): AsyncGenerator<TableLine> {
  let lastLine = 0;
  // Where the lines begin that were parsed and not yet handed on.
  const starts: number[] = [];
  const parser = parse({
    delimiter,
    // Cells between tabs may begin with a space of their own, and empty ones are tabs alone.
    trim: delimiter !== '\t',
    record_delimiter: '\n',
    relax_column_count: true,
    max_record_size: MAX_LINE,
    on_record: (cells: string[], { lines }) => {
      const start = lastLine + 1;
      lastLine = lines;
      if (cells.length === 1 && cells[0]?.trim() === '') return null;
      starts.push(start);
      return cells;
    },
  });
  pipeline(Readable.from(text), parser, () => undefined);
  try {
    for await (const cells of parser as AsyncIterable<string[]>) yield { line: starts.shift() ?? 0, cells };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new FileRefused(`line ${lastLine + 1}: ${explain(error)}`);
  }
}

function explain({ code }: CsvError): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'a quoted cell that begins here has no end';
  if (code === 'CSV_MAX_RECORD_SIZE') return 'longer than 64 KB; perhaps a quoted cell has no end';
  return 'a quote stands inside a cell: such a cell must be quoted as a whole, with its quotes doubled';
}

/** Of the delimiters the one that the header has most of, outside of quotes. */
function delimiterOf(firstLine: string): string {
  const bare = firstLine.replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** Enough of a text to tell its delimiter; a longer line is refused when it is read. */
function hasFirstLine(text: string): boolean {
  return text.length > MAX_LINE || text.trimStart().includes('\n');
}

/** Looks at the beginning of a stream, as far as is needed, without taking it away. */
async function peek<T>(
  stream: AsyncGenerator<T>,
  isEnough: (first: readonly T[]) => boolean,
): Promise<{ first: T[]; all: AsyncGenerator<T> }> {
  const first: T[] = [];
  while (!isEnough(first)) {
    const next = await stream.next();
    if (next.done) break;
    first.push(next.value);
  }
  return { first, all: joined(first, stream) };
}

async function* joined<T>(first: readonly T[], rest: AsyncGenerator<T>): AsyncGenerator<T> {
  yield* first;
  yield* rest;
}
