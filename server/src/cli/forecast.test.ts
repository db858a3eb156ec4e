// `swati forecast` with files as testers bring them; once in a process of its own, whose exit code and pipes are real.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runSwatiWith } from '../../test/kill-anywhere.ts';

const SWATI = fileURLToPath(new URL('swati.js', import.meta.url));

describe('swati forecast', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'swati-forecast-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const file = (name: string, text: string | Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  /** In this process: quick. */
  const run = (...args: string[]) => runWith({ DATA_DIR: join(folder, 'no-shop') }, ...args);
  const runWith = async (settings: Record<string, string>, ...args: string[]) => {
    const { out, ...rest } = await runSwatiWith(settings, 'forecast', ...args);
    return { ...rest, out: out === '' ? [] : out.split('\n') };
  };
  const lines = (out: readonly string[]) => out.map((line) => JSON.parse(line));

  /** A price for each weekday from 2024-01-01 on. */
  const goldDays = Array.from({ length: 400 }, (_, index) => {
    const at = Date.UTC(2024, 0, 1 + index);
    return {
      at,
      day: new Date(at).toISOString().slice(0, 10),
      price: 6000 + 5 * index + 30 * Math.sin(index),
    };
  }).filter(({ at }) => ![0, 6].includes(new Date(at).getUTCDay()));
  const goldCsv = (until = '9999') =>
    `date,price_per_gram\n${goldDays
      .filter(({ day }) => day <= until)
      .map(({ day, price }) => `${day},${price}\n`)
      .join('')}`;

  describe('gold', () => {
    it('prints a line per date and horizon, and touches no shop', async () => {
      const csv = file('gold.csv', goldCsv());
      const dates = file('dates.txt', '\uFEFF2024-06-03\r\n04/06/2024\r\n\r\n');
      const dataDir = join(folder, 'untouched');
      const args = ['--csv', csv, '--as-of', `@${dates}`, '--days', '1,30', '--levels', '0.05,.5,0.95'];
      const settings = { DATA_DIR: dataDir, PORT: 'many' };
      const { code, out, err } = await runWith(settings, 'gold', ...args);
      assert.deepEqual([code, err], [0, '']);
      const found = lines(out);
      assert.deepEqual(
        found.map(({ as_of, days }) => [as_of, days]),
        [
          ['2024-06-03', 1],
          ['2024-06-03', 30],
          ['2024-06-04', 1],
          ['2024-06-04', 30],
        ],
      );
      for (const line of found) {
        assert.deepEqual(Object.keys(line), ['as_of', 'days', 'quantiles']);
        const [low, middle, high] = line.quantiles;
        assert.ok(5000 < low && low < middle && middle < high && high < 9000, JSON.stringify(line));
      }
      assert.equal(existsSync(dataDir), false);
    });

    it('is a program of its own, which says what cannot be used through the exit code too', () => {
      const args = ['forecast', 'gold', '--csv', join(folder, 'none.csv'), '--as-of', '2024-06-03'];
      const { status, stdout, stderr } = spawnSync(process.execPath, [SWATI, ...args], { encoding: 'utf8' });
      assert.equal(status, 1);
      assert.equal(stdout, '');
      assert.match(stderr, /none\.csv: there is no such file; nothing was forecast/);
    });

    it('sees only rows up to and including each date, in any order, as if the file ended there', async () => {
      const whole = file('whole.csv', goldCsv());
      const ends = file('ends.csv', goldCsv('2024-09-02'));
      const wild = file('wild.csv', `${goldCsv('2024-09-02')}2024-09-03,1\n2024-12-02,99999\n`);
      const ask = (path: string, asOf: string) => run('gold', '--csv', path, '--as-of', asOf);
      const expected = (await ask(ends, '2024-09-02')).out;
      assert.equal(expected.length, 4);
      assert.equal(JSON.parse(expected[0] ?? '').quantiles.length, 19);
      assert.deepEqual((await ask(wild, '2024-09-02')).out, expected);
      const both = (await ask(whole, '2024-12-02,2024-09-02')).out;
      assert.deepEqual(both.slice(4), expected);
      assert.match(both[0] ?? '', /^{"as_of":"2024-12-02","days":1,/);
    });

    it('reads what spreadsheets in India write, in the unit of the file', async () => {
      const plain = file('plain.csv', goldCsv());
      const rows = goldDays.map(({ day, price }) => {
        const [year, month, date] = day.split('-');
        const [whole = '', decimals = ''] = (price * 100).toFixed(2).split('.');
        const grouped = whole.replace(/(\d)(?=(\d\d)+\d$)/g, '$1,');
        return `"${date}/${month}/${year}";"₹ ${grouped}.${decimals}"\r\n`;
      });
      const indian = file('indian.csv', `\uFEFF"Date";"Price per gram"\r\n${rows.join('')}`);
      const ask = (path: string) =>
        run('gold', '--csv', path, '--as-of', '2 Sep 2024', '--days', '7', '--levels', '0.1,0.9');
      const [theirs] = lines((await ask(indian)).out);
      const [ours] = lines((await ask(plain)).out);
      ours.quantiles.forEach((price: number, index: number) => {
        assert.ok(Math.abs(theirs.quantiles[index] / price - 100) < 1e-3);
      });
    });

    it('names the line of every wrong row, and forecasts nothing', async () => {
      const bad = file(
        'bad.csv',
        'date,price_per_gram\n2024-01-01,5000\n2024-13-01,1\n01/15/2024,1\n2024-01-04,1.234,5\n2024-01-05,0\n2024-01-08,"12,34"\n',
      );
      const { code, out, err } = await run('gold', '--csv', bad, '--as-of', '2024-01-31');
      assert.equal(code, 1);
      assert.deepEqual(out, []);
      for (const line of [3, 4, 5, 6, 7]) assert.match(err, new RegExp(`bad.csv: line ${line}: `));
      assert.match(err, /5 of 6 rows are wrong; nothing was forecast/);
      const header = file('header.csv', 'day;preis\n2024-01-01;5\n');
      assert.match(
        (await run('gold', '--csv', header, '--as-of', '2024-01-31')).err,
        /line 1: .*price_per_gram/,
      );
      const mapped = await run('gold', '--csv', header, '--as-of', '2024-01-31', '--map', 'price=preis');
      assert.match(mapped.err, /1 days up to it have a price, at least 10 are needed/);
      const dates = file('bad-dates.txt', '2024-06-03\nsoon\n');
      const soon = await run('gold', '--csv', file('g.csv', goldCsv()), '--as-of', `@${dates}`);
      assert.equal(soon.code, 1);
      assert.match(soon.err, /bad-dates.txt: line 2: "soon" must be a day/);
    });

    it('refuses words that make no sense, with the exit code of usage', async () => {
      const csv = file('words.csv', goldCsv());
      const cases: [string[], RegExp][] = [
        [['--as-of', '2024-06-03'], /--csv is missing/],
        [['--csv', csv], /--as-of is missing/],
        [['--csv', csv, '--as-of', '2024-02-30'], /--as-of "2024-02-30" must be a day/],
        [
          ['--csv', csv, '--as-of', '2024-06-03', '--days', '0'],
          /--days "0": must be whole days from 1 to 365/,
        ],
        [['--csv', csv, '--as-of', '2024-06-03', '--days', '1,,2'], /--days ""/],
        [['--csv', csv, '--as-of', '2024-06-03', '--days', '366'], /--days "366"/],
        [
          ['--csv', csv, '--as-of', '2024-06-03', '--levels', '0.5,1'],
          /--levels "1": must be above 0 and below 1/,
        ],
        [['--csv', csv, '--as-of', '2024-06-03', '--seed', '1'], /--seed is not for gold/],
      ];
      for (const [args, expected] of cases) {
        const { code, err } = await run('gold', ...args);
        assert.equal(code, 64, err);
        assert.match(err, expected);
      }
      assert.equal((await run('silver')).code, 64);
      assert.equal((await run()).code, 64);
      const late = await run('gold', '--csv', csv, '--as-of', '2026-06-03');
      assert.equal(late.code, 1);
      assert.match(late.err, /the last price before it is of 2025-02-03, over a year old/);
    });
  });

  describe('diamond', () => {
    const CUTS = ['Fair', 'Good', 'Very Good', 'Premium', 'Ideal'];
    const COLORS = 'JIHGFED';
    const CLARITIES = ['I1', 'SI2', 'SI1', 'VS2', 'VS1', 'VVS2', 'VVS1', 'IF'];
    /** 80 stones whose prices follow a simple law. */
    const stones = Array.from({ length: 80 }, (_, n) => {
      const [carat, cut, color, clarity] = [0.3 + 0.05 * (n % 30), n % 5, (n * 3) % 7, (n * 5) % 8];
      const price = Math.round(4000 * carat ** 1.7 * (1 + 0.05 * cut + 0.08 * color + 0.1 * clarity));
      const width = 6.43 * Math.cbrt(carat);
      const measures = [61.5, 57, width, width + 0.02, width * 0.615].map((value) => value.toFixed(2));
      return { fourCs: [carat.toFixed(2), CUTS[cut], COLORS[color], CLARITIES[clarity]], measures, price };
    });
    const fourCsCsv = `carat,cut,color,clarity,price\n${stones.map(({ fourCs, price }) => `${fourCs.join()},${price}\n`).join('')}`;
    const allCsv = `carat;cut;color;clarity;price;depth;table;x;y;z\r\n${stones.map(({ fourCs, price, measures }) => `${fourCs.join(';')};${price};${measures.join(';')}\r\n`).join('')}`;
    const ASKED = 'carat,cut,color,clarity\n0.9,Ideal,E,VS1\n0.9,excellent,E,SI2\n0.1,Poor,M,FL\n';

    it('prints a line per stone in the order of the file, by the 4Cs where measures are missing', async () => {
      const train = file('a.csv', allCsv);
      const asked = file('b.csv', ASKED);
      const { code, out, err } = await run('diamond', '--train', train, '--stones', asked, '--seed', '7');
      assert.equal(code, 0, err);
      const found = lines(out);
      assert.equal(found.length, 3);
      for (const line of found) {
        assert.deepEqual(Object.keys(line), [
          'price',
          'lower_90',
          'upper_90',
          'lower_95',
          'upper_95',
          'extrapolated',
        ]);
        assert.ok(0 < line.lower_95 && line.lower_95 <= line.lower_90 && line.lower_90 <= line.price);
        assert.ok(line.price <= line.upper_90 && line.upper_90 <= line.upper_95);
      }
      assert.ok(found[0].price > found[1].price);
      assert.equal(found[2].extrapolated, true);
      const missing = await run('diamond', '--train', train, '--stones', asked, '--features', 'all');
      assert.equal(missing.code, 1);
      assert.match(missing.err, /b.csv: line 1: --features all needs the columns depth, table, x, y, z/);
    });

    it('uses measures where both files have them', async () => {
      const train = file('all.csv', allCsv);
      const header = 'carat,cut,color,clarity,depth,table,x,y,z\n';
      const asked = file(
        'b-all.csv',
        `${header}0.9,Ideal,E,VS1,61.5,57,6.21,6.23,3.82\n0.9,Ideal,E,VS1,59,57,,,\n`,
      );
      const { code, out, err } = await run('diamond', '--train', train, '--stones', asked);
      assert.equal(code, 0, err);
      const [measured, unmeasured] = lines(out);
      assert.notEqual(measured.price, unmeasured.price);
      assert.ok(measured.lower_90 <= measured.price && measured.price <= measured.upper_90);
    });

    it('names the line of every wrong row, and refuses what it cannot learn from', async () => {
      const train = file('c.csv', fourCsCsv);
      const wrong = file(
        'wrong.csv',
        'carat,cut,color,clarity\n6,Ideal,E,VS1\n0,Ideal,E,VS1\n1,Super,E,VS1\n1,Ideal,Z,VS1\n1,Ideal,E,NaN\n1,Ideal\n',
      );
      const { code, out, err } = await run('diamond', '--train', train, '--stones', wrong);
      assert.equal(code, 1);
      assert.deepEqual(out, []);
      assert.match(err, /wrong.csv: line 2: carat "6" must be a number above 0 and at most 5.01/);
      for (const line of [3, 4, 5, 6, 7]) assert.match(err, new RegExp(`wrong.csv: line ${line}: `));
      const stones = file('d.csv', ASKED);
      const few = file('few.csv', fourCsCsv.split('\n').slice(0, 50).join('\n'));
      assert.match(
        (await run('diamond', '--train', few, '--stones', stones)).err,
        /few.csv: 49 rows, at least 50/,
      );
      const [header, row] = fourCsCsv.split('\n');
      const same = file('same.csv', `${header}\n${`${row}\n`.repeat(60)}`);
      const alike = await run('diamond', '--train', same, '--stones', stones);
      assert.equal(alike.code, 1);
      assert.match(alike.err, /at least 5 different items, not 1/);
      for (const [args, expected] of [
        [['--stones', stones], /--train is missing/],
        [['--train', train], /--stones is missing/],
        [['--train', train, '--stones', stones, '--features', 'x'], /--features "x" must be 4c or all/],
        [['--train', train, '--stones', stones, '--seed', '-1'], /--seed/],
        [['--train', train, '--stones', stones, '--days', '1'], /--days is not for diamond/],
      ] as const) {
        const words = await run('diamond', ...args);
        assert.equal(words.code, 64);
        assert.match(words.err, expected);
      }
    });
  });
});
