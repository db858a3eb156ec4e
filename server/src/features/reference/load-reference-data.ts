// Loads the open reference data (server/data) into a store that has none. The stones are parsed in slices, between
// which requests are served, and cross to the writer as typed arrays, which are cheap to copy.

import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { By } from '../../domain/actor.ts';
import { divideHalfUp, toSmallestUnit } from '../../domain/money.ts';
import type { Shop } from '../../http/shop.ts';
import type { ReferenceData, ReferenceGrades } from '../../store/store.ts';

const FOLDER = new URL('../../../data/', import.meta.url);
/** A slice takes about a millisecond. */
const SLICE_ROWS = 500;
const GOLD_HEADER = 'date,usd_per_oz,inr_per_usd,inr_per_gram_24k';
const DIAMOND_HEADER = 'carat,cut,color,clarity,depth,table,price,x,y,z';

export interface LoadedReference {
  goldMonths: number;
  diamonds: number;
}

/** Loads both files once a store; one that has any reference data stays as it is. Answers what is there. */
export async function loadReferenceData(shop: Pick<Shop, 'store'>, by: By): Promise<LoadedReference> {
  const present = await shop.store.reference.counts();
  if (present.goldMonths > 0 || present.diamonds > 0) return present;
  const gold = parseGold(await readFile(new URL('gold_inr_monthly.csv', FOLDER), 'utf8'));
  const diamonds = await parseDiamonds(await readDiamonds());
  return (await shop.store.reference.load({ gold, diamonds }, by)).value;
}

async function readDiamonds(): Promise<Buffer> {
  // The asynchronous form unpacks on a thread of libuv.
  return promisify(gunzip)(await readFile(new URL('diamonds.csv.gz', FOLDER)));
}

function parseGold(text: string): ReferenceData['gold'] {
  const [header, ...lines] = text.trimEnd().split(/\r?\n/);
  if (header !== GOLD_HEADER) throw new Error('gold_inr_monthly.csv has other columns than expected');
  return lines.map((line) => {
    const [date = '', , rupees = '', perGram = ''] = line.split(',');
    return {
      month: date.slice(0, 7),
      paisePerGram: decimalToPaise(perGram),
      rupeesPerDollar: Number(rupees),
    };
  });
}

/** A decimal text in rupees, rounded half-up to whole paise without passing through a float. */
function decimalToPaise(text: string): number {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new Error(`gold_inr_monthly.csv: ${text} is no amount`);
  const decimals = match[2] ?? '';
  return divideHalfUp(BigInt(`${match[1]}${decimals}`) * 100n, 10n ** BigInt(decimals.length));
}

async function parseDiamonds(bytes: Buffer): Promise<ReferenceData['diamonds']> {
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
