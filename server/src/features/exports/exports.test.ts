// Exports through the real application: the numbers of the API, in every format, and nothing that a spreadsheet runs.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import { addPerson, addPiece } from '../../../test/builders.ts';
import { form, picture } from '../../../test/pictures.ts';
import { openTestShop, type TestShop } from '../../../test/test-shop.ts';
import { unzip } from '../../../test/unzip.ts';
import { exportRunner } from '../../serving/run-export.ts';
import { aBy, aDebit } from '../../store/contract-suite/builders.ts';

const HOSTILE = [
  '=1+2',
  '+91 98765',
  '-5',
  '@SUM(A1)',
  '\tx',
  '\rx',
  '＝1',
  'a"b,c\nd',
  "'=quoted",
  'सीता & <b>',
];

describe('exports', () => {
  let shop: TestShop;
  let asha: string;
  before(async () => {
    shop = await openTestShop({ accessTokenSeconds: 30 * 86_400 });
    for (const [index, name] of HOSTILE.entries()) {
      await addPerson(shop, { name, address: name, phone: `+9198000000${String(index).padStart(2, '0')}` });
    }
    asha = await addPerson(shop, { name: 'Asha', creditLimitPaise: 10_050 });
    const ring = await addPiece(shop);
    for (let n = 0; n < 3; n++) {
      shop.clock.now += 86_400_000;
      const send = (path: string, body: object) => shop.send('POST', path, { body });
      const line = { product_id: ring, quantity: n + 1 };
      await send('/api/khata/transactions', {
        customer_id: asha,
        transaction_type: 'debit',
        amount: 10.05 + n,
      });
      await send('/api/sales', { customer_id: asha, products: [{ ...line, price_at_sale: 99.5 }] });
      await send('/api/orders', { customer_id: asha, items: [line, line, line, line], notes: `=note ${n}` });
      await send('/api/prices/gold', { price_per_gram: 6500.25 + n });
      await send('/api/prices/diamond', {
        carat: 1.5,
        cut: 'Ideal',
        color: 'D',
        clarity: 'IF',
        price: 500000 + n,
      });
    }
  });
  after(() => shop.close());

  const download = async (path: string, token = shop.adminToken) => {
    const response = await fetch(shop.origin + path, { headers: { authorization: `Bearer ${token}` } });
    return { response, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  const readCsv = async (path: string): Promise<Record<string, string>[]> => {
    const { response, bytes } = await download(path);
    assert.equal(response.status, 200, bytes.toString());
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    return parse(bytes, { columns: true, bom: true, record_delimiter: '\r\n' });
  };
  const LISTS = {
    '/api/sales': 'sales_report',
    '/api/orders': 'orders',
    '/api/khata/transactions': 'khata_transactions',
    '/api/customers': 'customers',
    '/api/products/admin': 'products',
    '/api/prices/gold/history': 'prices_gold',
    '/api/prices/diamond/history': 'prices_diamond',
  } as const;

  it('are named, typed and kept out of caches, and hold the rows of the list in its order', async () => {
    for (const [path, name] of Object.entries(LISTS)) {
      const list = (await shop.send('GET', `${path}?per_page=100`)).body.data;
      assert.ok(list.length > 0, path);
      const { response, bytes } = await download(`${path}?format=json`);
      assert.equal(
        response.headers.get('content-disposition'),
        `attachment; filename="${name}_2026-01-18.json"`,
      );
      assert.equal(response.headers.get('cache-control'), 'private, no-store');
      assert.deepEqual(JSON.parse(bytes.toString()), { success: true, data: list });
    }
  });

  it('begin with the columns of the contract, and give its numbers plainly', async () => {
    const entries = await readCsv('/api/khata/transactions?format=csv');
    const [entry] = entries;
    const list = (await shop.send('GET', '/api/khata/transactions')).body.data;
    assert.deepEqual(
      entries.map((row) => [row['Transaction ID'], Number(row.Amount)]),
      list.map((row: { id: string; amount: number }) => [row.id, row.amount]),
    );
    const headers = 'Transaction ID,Customer Name,Type,Amount,Balance After,Description,Payment Method,Date';
    assert.equal(
      Object.keys(entry ?? {})
        .slice(0, 8)
        .join(),
      headers,
    );
    assert.deepEqual(
      [entry?.Type, entry?.Amount, entry?.['Balance After'], entry?.Date, entry?.['Created At']],
      ['debit', '12.05', '33.15', '2026-01-18', '2026-01-18T10:30:00.123Z'],
    );
    const [order] = await readCsv('/api/orders?format=csv');
    assert.equal(order?.Items, 'Gold Ring, Gold Ring, Gold Ring (+1 more)');
    assert.deepEqual([order?.['Item Count'], order?.['Total Amount']], ['4', '300000']);
    assert.equal(order?.Notes, "'=note 2");
    const [customer] = await readCsv('/api/customers?format=csv');
    assert.deepEqual([customer?.['Current Balance'], customer?.['Credit Limit']], ['33.15', '100.5']);
  });

  it('obey the filters of the list and its bad input', async () => {
    assert.equal(
      (await readCsv('/api/khata/transactions?format=csv&start_date=2026-01-17&end_date=2026-01-17')).length,
      1,
    );
    assert.equal((await readCsv('/api/customers?format=csv&search=Asha&limit=1&skip=5')).length, 1);
    assert.equal((await readCsv(`/api/orders?format=csv&customer_id=${'a'.repeat(24)}`)).length, 0);
    assert.equal((await readCsv('/api/sales?format=csv&date_from=2026-01-17&page=9')).length, 2);
    for (const path of Object.keys(LISTS)) {
      for (const format of ['pdf', 'CSV', 'xls', '..%2f']) {
        const { status, body } = await shop.send('GET', `${path}?format=${format}`);
        assert.equal(status, 400, path);
        assert.equal(body.error.fields[0].field, 'format');
        assert.match(body.error.fields[0].limit, /csv, xlsx, json/);
      }
    }
    const bad = await shop.send('GET', '/api/khata/transactions?format=csv&start_date=2026-02-30');
    assert.equal(bad.status, 400);
  });

  it('hold no text that a spreadsheet would run, in CSV by an apostrophe, in XLSX as marked text', async () => {
    const names = (await readCsv('/api/customers?format=csv&search=')).map(({ Name }) => Name);
    for (const name of HOSTILE) {
      const isMarked = /^'?[=+\-@\t\r＝]/.test(name);
      assert.ok(names.includes(isMarked ? `'${name}` : name), JSON.stringify(name));
    }
    const { response, bytes } = await download('/api/customers?format=xlsx');
    assert.match(response.headers.get('content-type') ?? '', /spreadsheetml\.sheet$/);
    const files = unzip(bytes);
    const sheet = files.get('xl/worksheets/sheet1.xml')?.toString() ?? '';
    assert.doesNotMatch(sheet, /<f[ >]/);
    assert.match(sheet, /<c r="B\d+" s="6" t="inlineStr"><is><t xml:space="preserve">=1\+2<\/t>/);
    assert.match(
      sheet,
      /<c r="B\d+" s="0" t="inlineStr"><is><t xml:space="preserve">सीता &amp; &lt;b&gt;<\/t>/,
    );
    assert.match(sheet, /<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"\/>/);
    assert.match(sheet, /<autoFilter ref="A1:J12"\/><\/worksheet>$/);
    assert.match(sheet, /<c r="F2" s="2"><v>33.15<\/v>/, 'rupees');
    assert.match(sheet, /<c r="G2" s="4"><v>46037<\/v>/, 'the day 2026-01-15');
  });

  it('are downloads for a ticket, for who may read the list, and stand in the journal', async () => {
    const token = await shop.signIn('staff');
    const { body } = await shop.send('POST', '/api/tickets', { body: { path: '/api/customers' }, token });
    const address = `${shop.origin}/api/customers?format=csv&search=Asha&ticket=${body.data.ticket}`;
    const first = await fetch(address);
    assert.match(await first.text(), /Asha/);
    assert.equal((await fetch(address)).status, 401);
    const { body: journal } = await shop.send('GET', '/api/journal?action=export.made&limit=1');
    assert.deepEqual(journal.data[0].after, {
      table: 'customers',
      format: 'csv',
      filter: { search: 'Asha' },
      rows: 1,
    });
    assert.match(journal.data[0].actor.name, /^staff_/);
    assert.equal((await shop.send('GET', '/api/orders?format=csv', { token })).status, 403);
    const gold = '/api/prices/gold/history?format=csv';
    assert.equal((await shop.send('GET', gold, { token: null })).status, 401);
    assert.equal((await shop.send('GET', gold, { token: await shop.signIn('user') })).status, 403);
    assert.equal((await shop.send('GET', gold, { token })).status, 200);
  });

  it('say by HEAD what a file would be, and note nothing: nothing left the shop', async () => {
    const { journal } = shop.shop.store;
    const position = await journal.position();
    const statement = `/api/customers/${asha}/khata/statement`;
    for (const path of [
      ...Object.keys(LISTS).map((list) => `${list}?format=csv`),
      '/api/export/all',
      statement,
    ]) {
      const headers = { authorization: `Bearer ${shop.adminToken}` };
      const response = await fetch(shop.origin + path, { method: 'HEAD', headers });
      assert.equal(response.status, 200, path);
      assert.match(response.headers.get('content-disposition') ?? '', /^attachment; filename=".+"$/, path);
      assert.equal(response.headers.get('content-length'), null, path);
      assert.equal(await response.text(), '');
    }
    assert.equal(await journal.position(), position);
    assert.equal((await download(statement)).response.status, 200);
    assert.equal(await journal.position(), position + 1);
  });

  it('give everything in one zip, with sums that are right and no secret', async () => {
    await shop.send('POST', '/api/uploads/image', { body: form(await picture('png')) });
    await shop.send('DELETE', `/api/customers/${await addPerson(shop, { name: 'Gone' })}`);
    const { response, bytes } = await download('/api/export/all?images=true');
    assert.equal(response.headers.get('content-disposition'), 'attachment; filename="shop_2026-01-18.zip"');
    const files = unzip(bytes);
    const manifest = JSON.parse(files.get('manifest.json')?.toString() ?? '');
    assert.equal(manifest.files.length, files.size - 1);
    for (const { name, rows, bytes: size, sha256 } of manifest.files) {
      const content = files.get(name) ?? assert.fail(name);
      assert.equal(content.length, size, name);
      assert.equal(createHash('sha256').update(content).digest('hex'), sha256, name);
      if (!name.endsWith('.csv')) continue;
      assert.equal(parse(content, { bom: true, record_delimiter: '\r\n' }).length - 1, rows, name);
    }
    const rowsOf = (name: string) =>
      manifest.files.find((file: { name: string }) => file.name === `${name}.csv`)?.rows;
    assert.deepEqual(
      ['customers', 'customers_removed', 'order_lines', 'khata_transactions', 'sale_lines'].map(rowsOf),
      [11, 1, 12, 3, 3],
    );
    assert.ok([...files.keys()].some((name) => name.startsWith('images/')));
    assert.doesNotMatch([...files.values()].join('\n'), /"?password_?hash/i);
    const without = unzip((await download('/api/export/all')).bytes);
    assert.ok(![...without.keys()].some((name) => name.startsWith('images/')));
    assert.equal((await shop.send('GET', '/api/export/all?images=maybe')).status, 400);
    assert.equal(
      (await shop.send('GET', '/api/export/all', { token: await shop.signIn('staff') })).status,
      403,
    );
  });

  it('leave nothing behind when the caller hangs up', async () => {
    for (let n = 0; n < 8; n++) {
      const socket = connect(Number(new URL(shop.origin).port), '127.0.0.1');
      socket.write(
        `GET /api/export/all HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer ${shop.adminToken}\r\n\r\n`,
      );
      await once(socket, 'connect');
      if (n % 2 === 0) await once(socket, 'data');
      socket.destroy();
    }
    let status = 503;
    while (status === 503) status = (await download('/api/sales?format=csv')).response.status;
    assert.equal(status, 200);
    const left = () => readdirSync(shop.dataDir).filter((name) => name.startsWith('export-'));
    // Of those that were hung up on, one made room; the others may still be ending.
    for (const until = performance.now() + 10_000; left().length > 0 && performance.now() < until; ) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.deepEqual(left(), []);
  });

  it('that fails before it is noted in the journal is refused, and the shop goes on', async () => {
    const { runExport, store } = shop.shop;
    const { made } = store.exports;
    let ended: Promise<void> | undefined;
    const fails: typeof runExport = (job, to) => {
      const bytes = exportRunner({ dataDir: join(shop.dataDir, 'nowhere'), cluster: null })(job, to);
      // Not by `once` of events, which listens for errors.
      ended = new Promise((resolve) => bytes.on('close', resolve));
      return bytes;
    };
    Object.assign(shop.shop, { runExport: fails });
    store.exports.made = async (...args) => {
      await ended;
      return made(...args);
    };
    try {
      const { response } = await download('/api/customers?format=csv');
      assert.equal(response.status, 500);
    } finally {
      Object.assign(shop.shop, { runExport });
      store.exports.made = made;
    }
    assert.equal((await download('/api/customers?format=csv')).response.status, 200);
  });

  // Last, since the database stays damaged.
  it('break off where a row cannot be read, and never end as if they were whole', {
    skip: process.env.TEST_STORE !== undefined && 'damages a file of the embedded database',
  }, async () => {
    const { khata } = shop.shop.store;
    // More than is on its way at any time; the oldest comes last.
    for (let n = 0; n < 12; n++) {
      await Promise.all(Array.from({ length: 250 }, () => khata.post(aDebit(asha, 100), aBy())));
    }
    const db = new DatabaseSync(join(shop.dataDir, 'shop.db'));
    const guards = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?`);
    for (const { name } of guards.all('khata_entries')) db.exec(`DROP TRIGGER ${name}`);
    const noTime = 'created_at = -9e15';
    db.exec(`UPDATE khata_entries SET ${noTime} WHERE position = (SELECT min(position) FROM khata_entries)`);
    db.exec(`UPDATE customers SET ${noTime} WHERE id = '${asha}'`);
    db.close();
    for (const format of ['csv', 'json']) {
      const path = `${shop.origin}/api/khata/transactions?format=${format}`;
      const response = await fetch(path, { headers: { authorization: `Bearer ${shop.adminToken}` } });
      assert.equal(response.status, 200);
      await assert.rejects(response.arrayBuffer(), /terminated/, format);
    }
    // What is made before it leaves is refused as a whole.
    assert.equal((await download('/api/customers?format=csv')).response.status, 500);
  });
});
