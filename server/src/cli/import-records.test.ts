// `swati import customers|products`: what was exported comes back as it was, and what is wrong is named by its line.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { runSwati } from '../../test/kill-anywhere.ts';
import { exportBytes } from '../features/exports/export-bytes.ts';
import {
  ALL,
  aBy,
  aCredit,
  aCustomer,
  aDebit,
  aProduct,
  EVERY_CUSTOMER_FIELD,
  EVERY_PRODUCT_FIELD,
} from '../store/contract-suite/builders.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store } from '../store/store.ts';

const HOSTILE = [
  '=1+2',
  '+91 98',
  '-5',
  '@SUM(A1)',
  "'=x",
  'सीता पाटिल',
  'a "b", c',
  'line one\nline two',
  "O'Neil",
  'a\0b, \uFFFD',
];

describe('swati import of customers and products', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'swati-import-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (dataDir: string, ...args: string[]) => runSwati(join(folder, dataDir), 'import', ...args);
  const file = (content: string | Uint8Array, name = 'file.csv'): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const inStore = async <T>(dataDir: string, work: (store: Store) => Promise<T>): Promise<T> => {
    // The command makes the folder as the server does.
    await run(dataDir, 'customers', file('name,phone\n'));
    const store = await openSqliteStore({
      dataDir: join(folder, dataDir),
      now: Date.now(),
      onDeath: assert.fail,
    });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };
  const exported = async (store: Store, table: 'customers' | 'products'): Promise<Buffer> => {
    const reader = await store.exports.open('moment');
    const chunks: Buffer[] = [];
    for await (const chunk of exportBytes(reader, { table, filter: {}, format: 'csv', at: 0 }))
      chunks.push(chunk);
    await reader.close();
    return Buffer.concat(chunks);
  };

  it('brings exported customers back as they were, and changes nothing where they are', async () => {
    const csv = await inStore('old', async (store) => {
      for (const [n, text] of HOSTILE.entries()) {
        const phone = `+91 98000 0000${n}`;
        const fields = {
          name: text,
          address: text,
          email: text,
          phone,
          phoneE164: phone.replaceAll(' ', ''),
        };
        await store.customers.add(
          aCustomer({ ...EVERY_CUSTOMER_FIELD, ...fields, creditLimitPaise: 1_050 + n }),
          aBy(),
        );
      }
      const { rows } = await store.customers.list({}, ALL);
      await store.khata.post(aDebit(rows[0]?.id ?? '', 150_050), aBy());
      await store.khata.post(aCredit(rows[1]?.id ?? '', 99), aBy());
      return exported(store, 'customers');
    });
    const again = await run('old', 'customers', file(csv));
    assert.equal(again.code, 0, again.err);
    assert.match(again.out, /imported +0 rows; 10 were there already/);
    const agreed = await run('old', 'customers', file(csv), '--opening-balances');
    assert.deepEqual([agreed.code, agreed.err], [0, ''], 'what they owe here is what the file says');

    const moved = await run('new', 'customers', file(csv), '--opening-balances');
    assert.equal(moved.code, 0, moved.err);
    assert.match(moved.out, /balances +2, ₹1,499.51 in all, become entries of the khata/);
    const fieldsOf = (store: Store) =>
      store.customers
        .list({}, ALL)
        .then(({ rows }) =>
          rows
            .map(({ version, createdAt, updatedAt, ...fields }) => fields)
            .sort((a, b) => (a.phone < b.phone ? -1 : 1)),
        );
    const [old, fresh] = [await inStore('old', fieldsOf), await inStore('new', fieldsOf)];
    assert.deepEqual(fresh, old);
    assert.equal(fresh.length, HOSTILE.length);
    const entries = await inStore('new', (store) => store.khata.list({}, ALL));
    assert.deepEqual(
      entries.rows.map(({ description }) => description),
      ['Opening balance', 'Opening balance'],
    );
    assert.deepEqual((await inStore('new', (store) => store.journal.verify())).problems, []);
  });

  it('brings exported pieces back as they were, and changes nothing where they are', async () => {
    const csv = await inStore('old', async (store) => {
      const makings = [
        { kind: 'percent', basisPoints: 1_250 },
        { kind: 'per_gram', paisePerGram: 45_050 },
        { kind: 'fixed', paise: 250_000 },
        null,
      ] as const;
      for (const [n, makingCharge] of makings.entries()) {
        const fields = { name: HOSTILE[n] ?? '', description: HOSTILE[n + 4] ?? '', stonesPaise: n * 101 };
        await store.products.add(
          aProduct({
            ...EVERY_PRODUCT_FIELD,
            ...fields,
            makingCharge,
            status: n < 2 ? 'draft' : 'published',
          }),
          aBy(),
        );
      }
      return exported(store, 'products');
    });
    assert.match((await run('old', 'products', file(csv))).out, /imported +0 rows; 4 were there already/);
    const moved = await run('new', 'products', file(csv));
    assert.equal(moved.code, 0, moved.err);
    const fieldsOf = (store: Store) =>
      store.products
        .list({}, ALL)
        .then(({ rows }) =>
          rows
            .map(({ version, createdAt, updatedAt, publishedAt, ...fields }) => fields)
            .sort((a, b) => (a.id < b.id ? -1 : 1)),
        );
    assert.deepEqual(await inStore('new', fieldsOf), await inStore('old', fieldsOf));
  });

  it('names every wrong row by its line, with what is allowed, and imports none of them', async () => {
    await inStore('shop', (store) =>
      store.customers.add(
        aCustomer({ name: 'Ravi', phone: '9811111111', phoneE164: '+919811111111' }),
        aBy(),
      ),
    );
    const csv = [
      'Name,Mobile,Language,Limit,Balance',
      'Asha,98000 00001,,,',
      ',98000 00002,,,',
      '"two\nlines",12345,fr,1.234,x',
      'Asha again,+91-9800000001,,,',
      'Another,098111 11111,,,',
      'Short,9800000003,,',
      'Good,9800000004,hi,"₹1,00,000.50",-20',
    ].join('\n');
    const { code, err, out } = await run('shop', 'customers', file(csv));
    assert.equal(code, 1);
    assert.deepEqual(
      err.split('\n').map((line) => line.replace(/: .*/, '')),
      ['line 3', 'line 4', 'line 6', 'line 7', 'line 8', 'swati import'],
    );
    assert.match(err, /line 3: name is empty/);
    assert.match(err, /line 4: .*credit_limit "1.234" must be rupees.*language "fr" must be en, hi, mr/);
    assert.match(err, /line 6: phone "\+91-9800000001" is that of line 2 too/);
    assert.match(err, /line 7: phone "098111 11111" belongs to "Ravi" already/);
    assert.match(err, /line 8: 4 cells, where the header has 5 columns/);
    assert.match(out, /read +7 rows of file.csv, 5 of them wrong/);
    const names = () =>
      inStore('shop', async (store) => (await store.customers.list({}, ALL)).rows.map(({ name }) => name));
    assert.deepEqual(await names(), ['Ravi']);
    const dry = await run('shop', 'customers', file(csv), '--skip-bad', '--dry-run');
    assert.match(dry.out, /dry run +2 rows would be imported, 0 are there already; nothing was changed/);
    assert.match(
      dry.out,
      /balances +1, -₹20.00 in all, are not taken over \(--opening-balances posts them, with the import that brings the customers in\)/,
    );
    assert.deepEqual(await names(), ['Ravi']);
    assert.equal((await run('shop', 'customers', file(csv), '--skip-bad')).code, 0);
    assert.deepEqual((await names()).sort(), ['Asha', 'Good', 'Ravi']);
    const late = await run('shop', 'customers', file(csv), '--skip-bad', '--opening-balances');
    assert.equal(late.code, 1);
    assert.match(late.err, /the balances of 1 rows were NOT posted: those customers were here already/);
  });

  it('names an unknown category, a piece that is not the same here, and an id that comes twice', async () => {
    const piece = aProduct({ name: 'Ring' });
    await inStore('shop', (store) => store.products.add(piece, aBy()));
    const row = (id: string, name: string, category = 'Ring') => `${id},${name},${category},25000,5.5 g,22K`;
    const csv = [
      'id,name,category,price,weight,karat',
      row('', 'No id', 'Anklet'),
      row(piece.id, 'Changed ring'),
      row('65f0c0ffee0123456789abcd', 'First'),
      row('65f0c0ffee0123456789abcd', 'Second'),
    ].join('\n');
    const { code, err } = await run('shop', 'products', file(csv));
    assert.equal(code, 1);
    assert.match(err, /line 2: category "Anklet" must be one of Nath, Pendant Set/);
    assert.match(err, /line 3: product_id ".*" is of a piece that is not the same here/);
    assert.match(err, /line 5: product_id ".*" is that of line 4 too/);
    assert.equal(await inStore('shop', async (store) => (await store.products.list({}, ALL)).total), 1);
    const mapped = file('Was,Art,category,base_price,weight\nRing,x,Ring,1,1\n');
    assert.equal((await run('shop', 'products', mapped, '--map', 'name=Was')).code, 0);
    assert.equal((await run('shop', 'products', mapped, '--opening-balances')).code, 64);
    assert.equal((await run('shop', 'people', mapped)).code, 64);
  });
});
