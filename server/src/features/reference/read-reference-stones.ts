// Reads the open stones (server/data). They are parsed in slices, between which requests are served, and come as typed
// arrays, which are cheap to copy to another thread.

import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { toSmallestUnit } from '../../domain/money.ts';
import type { ReferenceData, ReferenceGrades } from '../../store/store.ts';

export type ReferenceStones = ReferenceData['diamonds'];

const FILE = new URL('../../../data/diamonds.csv.gz', import.meta.url);
/** A slice takes about a millisecond. */
const SLICE_ROWS = 500;
const DIAMOND_HEADER = 'carat,cut,color,clarity,depth,table,price,x,y,z';

/** All stones of the file, in its order. */
export async function readReferenceStones(): Promise<ReferenceStones> {
  const bytes = await readFileOfStones();
  const lines = linesOf(bytes);
  if (lines.next().value !== DIAMOND_HEADER)
    throw new Error('diamonds.csv.gz has other columns than expected');
  const rows = countLines(bytes) - 1;
  const column = (): Float64Array<ArrayBuffer> => new Float64Array(rows);
  const stones = {
    milliCarat: new Uint16Array(rows),
    cut: grades(rows),
    color: grades(rows),
    clarity: grades(rows),
    depth: column(),
    table: column(),
    dollars: new Uint16Array(rows),
    x: column(),
    y: column(),
    z: column(),
  };
  let row = 0;
  for (const line of lines) {
    const [carat = '', cut = '', color = '', clarity = '', depth, table, dollars, x, y, z] = line.split(',');
    stones.milliCarat[row] = toSmallestUnit(Number(carat), 3) ?? 0;
    setGrade(stones.cut, row, cut);
    setGrade(stones.color, row, color);
    setGrade(stones.clarity, row, clarity);
    stones.depth[row] = Number(depth);
    stones.table[row] = Number(table);
    stones.dollars[row] = Number(dollars);
    stones.x[row] = Number(x);
    stones.y[row] = Number(y);
    stones.z[row] = Number(z);
    row++;
    if (row % SLICE_ROWS === 0) await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return stones;
}

/** One line at a time: no text of the whole file, no list of all lines. */
function* linesOf(bytes: Buffer): Generator<string> {
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    yield bytes.toString('latin1', start, end).trimEnd();
    start = end + 1;
  }
}

function countLines(bytes: Buffer): number {
  let lines = bytes.at(-1) === 0x0a ? 0 : 1;
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) lines++;
  return lines;
}

function grades(rows: number): ReferenceGrades {
  return { names: [], codes: new Uint8Array(rows) };
}

function setGrade(column: ReferenceGrades, row: number, name: string): void {
  let code = column.names.indexOf(name);
  if (code === -1) code = column.names.push(name) - 1;
  column.codes[row] = code;
}

async function readFileOfStones(): Promise<Buffer> {
  // The asynchronous form unpacks on a thread of libuv.
  return promisify(gunzip)(await readFile(FILE));
}
