// Spreadsheets: what goes in comes out, in the type that it had; read back by hand and, where it is installed, by
// LibreOffice.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import { unzip } from '../../../test/unzip.ts';
import type { Column } from './column.ts';
import { xlsxBytes } from './write-xlsx.ts';

interface Row {
  name: string | null;
  paise: number | null;
  at: number;
}
const COLUMNS: Column<Row>[] = [
  { name: 'Name', kind: 'text', of: (row) => row.name },
  { name: 'Amount', kind: 'rupees', of: (row) => row.paise },
  { name: 'Weight', kind: 'grams', of: () => 5_501 },
  { name: 'Day', kind: 'day', of: (row) => row.at },
  { name: 'At', kind: 'instant', of: (row) => row.at },
];
/** 20:00 in UTC is the next day in the shop. */
const LATE = Date.parse('2026-01-15T20:00:00Z');

async function workbook(rows: Row[][], maxRows?: number): Promise<Buffer> {
  async function* pages() {
    yield* rows;
  }
  return gathered(xlsxBytes(COLUMNS, pages(), maxRows));
}

async function gathered(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** As shown, in UTF-8: an encoding without the rupee sign makes LibreOffice write plain numbers instead. */
const CSV_AS_SHOWN = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true';
const office = spawnSync('soffice', ['--version'], { encoding: 'utf8' });
const noOffice = office.status === 0 ? false : 'LibreOffice (soffice) is not installed';

describe('a spreadsheet', () => {
  it('holds texts as texts, amounts as numbers, and days and instants of the shop', async () => {
    const names = ['=1+1', 'a\u0000b\u001f\ud800', ' <&> "\r\n_x0041_x00E9_x', 'x'.repeat(40_000), 'सीता 💍'];
    const rows = names.map((name) => ({ name, paise: -150_050, at: LATE }));
    const files = unzip(await workbook([rows, [{ name: null, paise: null, at: LATE }]]));
    const sheet = files.get('xl/worksheets/sheet1.xml')?.toString() ?? '';
    const texts = [...sheet.matchAll(/<t xml:space="preserve">([^<]*)<\/t>/g)]
      .map(([, text]) => text)
      .slice(5);
    const signs = ' &lt;&amp;&gt; "&#13;\n_x005F_x0041_x005F_x00E9_x';
    const clean = ['=1+1', 'a\uFFFDb\uFFFD\uFFFD', signs, 'x'.repeat(32_767), 'सीता 💍'];
    assert.deepEqual(texts, clean);
    assert.match(sheet, /<c r="B2" s="2"><v>-1500.5<\/v><\/c><c r="C2" s="3"><v>5.501<\/v><\/c>/);
    assert.match(sheet, /<c r="D2" s="4"><v>46038<\/v><\/c><c r="E2" s="5"><v>46038.0625<\/v><\/c>/);
    assert.match(sheet, /<row r="7"><c r="C7"/, 'empty cells are left out');
    assert.match(sheet, /<autoFilter ref="A1:E7"\/>/);
    for (const part of ['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml', 'xl/styles.xml']) {
      assert.ok(files.has(part), part);
    }
  });

  it('goes on in another sheet where one is full, with the header again', async () => {
    const page = (n: number): Row[] => Array.from({ length: n }, () => ({ name: 'a', paise: 1, at: LATE }));
    for (const [pages, sheets] of [
      [[page(3)], 1],
      [[page(4)], 2],
      [[page(2), page(5)], 3],
      [[], 1],
    ] as const) {
      const files = unzip(await workbook([...pages], 4));
      const rows = [...files].flatMap(([name, text]) =>
        name.includes('worksheets/sheet') ? [text.toString().match(/<row /g)?.length ?? 0] : [],
      );
      assert.equal(rows.length, sheets);
      const sum = rows.reduce((all, count) => all + count - 1, 0);
      assert.equal(sum, pages.flat().length);
    }
  });

  it('fails as a whole when its rows fail', async () => {
    async function* pages(): AsyncGenerator<Row[]> {
      yield [{ name: 'a', paise: 1, at: LATE }];
      throw new Error('the disk is gone');
    }
    await assert.rejects(gathered(xlsxBytes(COLUMNS, pages())), /the disk is gone/);
  });

  it('opens in LibreOffice with the same numbers, days and texts', { skip: noOffice }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'swati-office-'));
    try {
      writeFileSync(join(folder, 'a.xlsx'), await workbook([[{ name: '=1+1', paise: 150_050, at: LATE }]]));
      const run = spawnSync('soffice', [
        `-env:UserInstallation=file://${folder}/profile`,
        ...['--headless', '--convert-to', CSV_AS_SHOWN, '--outdir', folder, join(folder, 'a.xlsx')],
      ]);
      assert.equal(run.status, 0, String(run.stderr));
      const [, row] = parse(readFileSync(join(folder, 'a.csv'))) as string[][];
      assert.equal(row?.[0], '=1+1');
      assert.deepEqual(row?.slice(1), ['₹ 1,500.50', '5.501', '2026-01-16', '2026-01-16 01:30:00']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
