// `swati import` with files as they come: from spreadsheets, from India, damaged, twice, and beside a busy shop.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Run, runSwati } from '../../test/kill-anywhere.ts';
import { ALL, aBy, aCustomer } from '../store/contract-suite/builders.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store } from '../store/store.ts';

const PLAIN =
  'date,price_per_gram,purity\n2025-01-01,6500,916\n2025-01-02,6510.50,916\n2025-01-02,7100,999\n';

describe('swati import', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'swati-import-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  const run = (...args: string[]): Promise<Run> => runSwati(dataDir, 'import', ...args);
  const file = (content: string | Uint8Array, name = 'prices.csv'): string => {
    const path = join(dataDir, name);
    writeFileSync(path, content);
    return path;
  };
  const importing = (content: string | Uint8Array, ...options: string[]): Promise<Run> =>
    run('gold', file(content), ...options);
  const inStore = async <T>(work: (store: Store) => Promise<T>): Promise<T> => {
    const store = await openSqliteStore({ dataDir, now: Date.now(), onDeath: assert.fail });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };
  const gold = (purity = '916'): Promise<[string, number, string][]> =>
    inStore(async ({ prices }) => {
      const { rows } = await prices.list({ metal: 'gold', purity, includeHeld: true }, ALL);
      return rows.map((row) => [row.day, row.paisePerGram, row.source]);
    });

  it('brings in rates once, with one journal entry that names the file', async () => {
    const first = await importing(PLAIN);
    assert.deepEqual([first.code, first.err], [0, '']);
    assert.match(
      first.out,
      /^gold 916 +2 rows, 2025-01-01 to 2025-01-02, ₹6,500\.00 to ₹6,510\.50 per gram$/m,
    );
    assert.match(first.out, /^imported +3 rows; 0 were there already$/m);
    assert.match(first.out, /^in force now +gold 916 ₹6,510\.50 of 2025-01-02$/m);
    assert.deepEqual(await gold(), [
      ['2025-01-02', 651_050, 'import'],
      ['2025-01-01', 650_000, 'import'],
    ]);
    const again = await importing(PLAIN);
    assert.equal(again.code, 0);
    assert.match(again.out, /^imported +0 rows; 3 were there already$/m);
    await importing('date,rate\n2025-01-02,6512\n');
    assert.deepEqual((await gold())[0], ['2025-01-02', 651_200, 'import']);
    await inStore(async ({ journal }) => {
      const entries = await journal.list({ action: 'metal_prices.imported' }, 10);
      assert.equal(entries.length, 2);
      const { sha256, ...after } = entries[1]?.after ?? {};
      assert.match(String(sha256), /^[0-9a-f]{64}$/);
      assert.deepEqual(after, {
        metal: 'gold',
        added: 3,
        known: 0,
        purities: { '916': 2, '999': 1 },
        firstDay: '2025-01-01',
        lastDay: '2025-01-02',
        file: 'prices.csv',
      });
      assert.deepEqual((await journal.verify()).problems, []);
    });
  });

  it('leaves in force what was, from a file that begins with the newest rate as what the shop exports does', async () => {
    const day = (date: string, ...rates: number[]) => rates.map((rate) => `${date},${rate}\n`).join('');
    const newestFirst = `date,rate\n${day('2025-03-02', 7120, 7110, 7120, 7100)}${day('2025-03-01', 7050, 7000)}`;
    const { out } = await importing(newestFirst);
    assert.match(out, /^in force now +gold 916 ₹7,120\.00 of 2025-03-02$/m);
    const rates = (await gold()).map(([, paise]) => paise / 100);
    assert.deepEqual(rates, [7120, 7110, 7100, 7050, 7000]);
    const oldestFirst = `date,rate\n${day('2025-03-03', 7130, 7140, 7130)}${day('2025-03-04', 7200, 7190)}`;
    assert.match((await importing(oldestFirst)).out, /^in force now +gold 916 ₹7,190\.00 of 2025-03-04$/m);
  });

  it('reads what spreadsheets write: marks, semicolons, tabs, line ends, quotes, Indian days and digits', async () => {
    const rows = [
      '\uFEFF"Day";Rate;Karat;Source',
      '15/01/2025;"₹ 1,23,456.00";22K;"said ""so""\r\nby phone; twice"',
      '',
      '3-4-2025; 6,500/- ;916;"\'=1+1"',
      "15 Jan 2024;6400;916;'quoted'",
      "2024-01-14;6390;916;''-x",
    ];
    const { code, out, err } = await importing(gzipSync(rows.join('\r\n')));
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^days +1 such as 3-4-2025 were read day first: 2025-04-03$/m);
    assert.deepEqual(await gold(), [
      ['2025-04-03', 650_000, '=1+1'],
      ['2025-01-15', 12_345_600, 'said "so"\nby phone; twice'],
      ['2024-01-15', 640_000, "'quoted'"],
      ['2024-01-14', 639_000, "'-x"],
    ]);
    const tabs = await importing(
      'date\tprice\tpurity\r2023-01-15\t1,500\t\r2023-01-16\t1501\t995',
      '--purity',
      '22K',
    );
    assert.deepEqual([tabs.code, tabs.err], [0, '']);
    assert.deepEqual((await gold()).at(-1), ['2023-01-15', 150_000, 'import']);
    assert.deepEqual(await gold('995'), [['2023-01-16', 150_100, 'import']]);
  });

  it('names line, field and what is allowed for every wrong row, and imports nothing unless told to', async () => {
    const bad: [string, RegExp][] = [
      ['2025-01-02,-5,916', /^line 3: price_per_gram "-5" must be more than 0 and at most 10000000 rupees/m],
      ['2025-01-02,0,916', /price_per_gram "0" must be more than 0/],
      ['2025-01-02,10000000.01,916', /price_per_gram "10000000.01" must be/],
      ['2025-01-02,5g,916', /price_per_gram "5g" must be/],
      ['2025-01-02,NaN,916', /price_per_gram "NaN" must be/],
      ['2025-01-02,,916', /price_per_gram is empty: must be/],
      ['2199-01-02,6500,916', /date "2199-01-02" is in the future: must be at most 20/],
      [
        '01/15/2025,6500,916',
        /date "01\/15\/2025" must be a day such as 2026-01-15, 15\/01\/2026 \(day first\)/,
      ],
      ['2025-01-02,6500,24K', /purity "24K" must be 916, 999, 995, 750, 585, 22K, 18K or 14K/],
      ['2025-01-02,6500,', /purity is empty: must be 916/],
      ['2025-01-02,6500', /2 cells, where the header has 3 columns/],
      ['2025-01-02,6,500,916', /4 cells, where the header has 3 columns/],
      ['x,y,z', /^line 3: date "x" .*; price_per_gram|price_per_gram "y" .*; .*date "x"/m],
    ];
    for (const [row, problem] of bad) {
      const content = `date,price,purity\n2025-01-01,6500,916\n${row}\n2025-01-03,6501,916\n`;
      const { code, err } = await importing(content);
      assert.equal(code, 1, row);
      assert.match(err, problem);
      assert.match(err, /1 of 3 rows are wrong; nothing was imported/);
    }
    assert.deepEqual(await gold(), []);
    const all = `date,price,purity\n${bad.map(([row]) => row).join('\n')}\n2025-01-03,6501,916\n`;
    const dry = await importing(all, '--skip-bad', '--dry-run');
    assert.deepEqual([dry.code, (await gold()).length], [0, 0]);
    const skipped = await importing(all, '--skip-bad');
    assert.equal(skipped.code, 0);
    assert.equal(skipped.err.split('\n').length, bad.length);
    assert.deepEqual(await gold(), [['2025-01-03', 650_100, 'import']]);
    const none = await importing('date,price\nx,y\n', '--skip-bad');
    assert.deepEqual([none.code, /nothing was imported/.test(none.err)], [1, true]);
  });

  it('shows at most a hundred wrong rows, and counts the others', async () => {
    const { code, err } = await importing(`date,price\n${'x,1\n'.repeat(150)}`);
    assert.equal(code, 1);
    assert.match(err, /and 50 more rows are wrong/);
    assert.equal(err.split('\n').length, 102);
  });

  it('refuses a file whose rows are uncertain, also with --skip-bad, and says where', async () => {
    const files: [string | Uint8Array, RegExp][] = [
      ['', /prices\.csv: the file is empty; nothing was imported/],
      ['\uFEFF\r\n \r\n', /the file is empty/],
      ['date,price\n', /line 2: there are no rows after the header/],
      ['2025-01-01,6500\n', /line 1: there is no column for date .*; there is no column for price_per_gram/],
      ['date,rate,price\n2025-01-01,1,2\n', /"rate" and "price" could both be price_per_gram/],
      [
        'date,price\n2025-01-01,1\n2025-01-02,"2\n2025-01-03,3\n',
        /line 3: a quoted cell that begins here has no end/,
      ],
      ['date,price,source\n2025-01-01,1,a"b\n', /line 2: a quote stands inside a cell/],
      [`date,price\n2025-01-01,"${'1\n'.repeat(70_000)}`, /line 2: longer than 64 KB/],
      ['x'.repeat(200_000), /line 1: longer than 64 KB/],
      [
        Buffer.from('date,price\n2025-01-01,1\n2025-01-02,\xB9\n', 'latin1'),
        /line 3: this is not UTF-8 text/,
      ],
      [Buffer.from('\uFEFFdate,price\n', 'utf16le'), /line 1: this is not UTF-8 text/],
      [Buffer.from('date,price\n', 'utf16le'), /line 1: this is not UTF-8 text/],
      [Buffer.from('PK\x03\x04rest'), /save it as CSV/],
      [gzipSync(PLAIN).subarray(0, 40), /the compressed file is damaged or cut off/],
      [`date,price\n${'2025-01-01,1\n'.repeat(100_001)}`, /line 100002: more than 100000 rows/],
      ['date,price,currency\n2025-01-01,1,USD\n', /line 2: currency "USD" must be inr or empty/],
      ['date,price,metal\n2025-01-01,1,silver\n', /line 2: metal "silver" must be gold or empty/],
    ];
    for (const [content, reason] of files) {
      const { code, err } = await importing(content, '--skip-bad');
      assert.equal(code, 1, String(reason));
      assert.match(err, reason);
    }
    assert.match((await run('gold', join(dataDir, 'none.csv'))).err, /none\.csv: there is no such file/);
    assert.match((await run('gold', dataDir)).err, /this is a folder/);
    assert.deepEqual(readdirSync(dataDir), ['prices.csv'], 'no shop was opened for them');
    assert.deepEqual(await gold(), []);
  });

  it('takes other names of columns, and refuses names that are not there', async () => {
    const content = 'Datum;Kurs 22;Notiz\n2025-01-01;6500;x\n';
    const mapped = await importing(content, '--map', 'date=datum', '--map', 'price=KURS 22');
    assert.deepEqual([mapped.code, mapped.err], [0, '']);
    assert.match(mapped.out, /^not read +columns "Notiz"$/m);
    assert.match(mapped.out, /^purity +the file names none: 916 \(--purity says another\)$/m);
    assert.equal((await gold()).length, 1);
    const missing = await importing(content, '--map', 'date=Tag', '--map', 'price=Kurs 22');
    assert.deepEqual(
      [missing.code, /line 1: there is no column "Tag" for date/.test(missing.err)],
      [1, true],
    );
  });

  it('answers 64 to wrong words', async () => {
    const path = file(PLAIN);
    const wrong = [
      [],
      ['copper', path],
      ['gold'],
      ['gold', path, 'more'],
      ['gold', path, '--map', 'date'],
      ['gold', path, '--map', 'weight=w'],
      ['gold', path, '--map', 'date=a', '--map', 'day=b'],
      ['gold', path, '--purity', '24K'],
      ['silver', path, '--purity', '916'],
      ['diamond', path, '--purity', '916'],
      ['gold', path, '--colour'],
    ];
    for (const words of wrong) assert.equal((await run(...words)).code, 64, words.join(' '));
  });

  it('says in a dry run what would come, and changes nothing', async () => {
    await importing('date,price\n2025-01-01,6500\n');
    const { code, out } = await importing(PLAIN, '--dry-run');
    assert.equal(code, 0);
    assert.match(out, /^dry run +2 rows would be imported, 1 are there already; nothing was changed$/m);
    assert.equal((await gold()).length, 1);
  });

  it('brings in stones by their 4Cs', async () => {
    const content =
      'Carat,Cut,Colour,Clarity,Price,Date\n1.005,very good,d,vvs1,"5,00,000.50",15/01/2025\n' +
      '0.5,Ideal,F,VS1,85000,15/01/2025\n0.5,Ideal,F,VS1,85000,15/01/2025\n';
    const path = file(content);
    const nowhere = await run('diamond', path, '--dry-run');
    assert.equal(nowhere.code, 78);
    assert.match(nowhere.err, /there is no shop in/);
    assert.deepEqual(readdirSync(dataDir), ['prices.csv'], 'a try makes no shop');
    await inStore(async () => undefined);
    const dry = await run('diamond', path, '--dry-run');
    assert.match(dry.out, /^dry run +2 rows would be imported, 1 are there already/m);
    const { code, out, err } = await run('diamond', path);
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^imported +2 rows; 1 were there already$/m);
    assert.match((await run('diamond', path)).out, /^imported +0 rows; 3 were there already$/m);
    const stones = await inStore(async ({ prices }) => (await prices.listDiamonds({}, ALL)).rows);
    assert.deepEqual(
      stones.map(({ milliCarat, cut, color, clarity, pricePaise }) => [
        milliCarat,
        cut,
        color,
        clarity,
        pricePaise,
      ]),
      [
        [500, 'Ideal', 'F', 'VS1', 8_500_000],
        [1005, 'Very Good', 'D', 'VVS1', 50_000_050],
      ],
    );
    for (const [row, problem] of [
      ['6,Premium,D,IF,1,2025-01-01', /line 2: cut "Premium" must be one of Ideal, Excellent/],
      ['0,Ideal,D,IF,1,2025-01-01', /carat "0" must be more than 0/],
      ['1,Ideal,Z,IF,1,2025-01-01', /color "Z" must be one of D, E/],
      ['1,Ideal,D,VS3,1,2025-01-01', /clarity "VS3" must be one of FL/],
    ] as const) {
      const bad = await run('diamond', file(`carat,cut,color,clarity,price,date\n${row}\n`));
      assert.equal(bad.code, 1);
      assert.match(bad.err, problem);
    }
  });

  it('never holds what it imports, and imports beside a shop that writes', async () => {
    const days = Array.from({ length: 20_000 }, (_, n) =>
      new Date(Date.UTC(1960, 0, 1 + n)).toISOString().slice(0, 10),
    );
    const content = `date,price\n${days.map((day, n) => `${day},${100 + (n % 2) * 400}`).join('\n')}\n`;
    await inStore(async (shop) => {
      const customers = Array.from({ length: 50 }, () => shop.customers.add(aCustomer(), aBy()));
      const { code, out, err } = await importing(content);
      assert.deepEqual([code, err], [0, '']);
      assert.match(out, /^imported +20000 rows/m);
      await Promise.all(customers);
      assert.equal((await shop.prices.list({ metal: 'gold' }, ALL)).total, 20_000);
      assert.equal((await shop.customers.list({}, ALL)).total, 50);
      assert.equal((await shop.prices.latest('gold', '916', Date.now()))?.paisePerGram, 50_000);
    });
  });

  it('says of a file per 10 grams that its rates are far from those of the shop, also in a dry run', async () => {
    await importing(PLAIN);
    const head = 'date,price,purity';
    // Also of another purity; history of years ago may be far from the rates of today.
    for (const rows of [
      '2025-01-03,65500,916',
      '2024-12-01,53000,750',
      '1990-01-01,300,916\n2025-01-03,650,916',
    ]) {
      const { code, err } = await importing(`${head}\n${rows}\n`, '--dry-run');
      assert.equal(code, 0, rows);
      assert.match(err, /^attention: gold \d+ would be ₹[\d,.]+ per gram on .* the shop has .* per 10 grams/);
    }
    assert.equal((await importing(`${head}\n1990-01-01,300,916\n2025-01-02,6520,916\n`)).err, '');
    const tenfold = await importing(`${head}\n2025-01-03,65500,916\n`);
    assert.equal(tenfold.code, 0);
    assert.match(tenfold.err, /would be ₹65,500\.00 per gram on 2025-01-03/);
    assert.deepEqual((await gold())[0], ['2025-01-03', 6_550_000, 'import']);
  });

  it('is a program of its own, with plain lines in a pipe', () => {
    const program = fileURLToPath(new URL('./swati.js', import.meta.url));
    const out = execFileSync(process.execPath, [program, 'import', 'gold', file(PLAIN)], {
      env: { ...process.env, DATA_DIR: dataDir },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    assert.match(out, /^imported +3 rows/m);
    assert.ok(!out.includes('\u001B') && !out.includes('\r'));
  });
});
