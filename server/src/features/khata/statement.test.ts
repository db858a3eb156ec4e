// A customer's statement as CSV.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import { TEST_START, type TestShop } from '../../../test/test-shop.ts';

const HEADER =
  'Transaction ID,Customer Name,Type,Amount,Balance After,Description,Payment Method,Date,Reference Number,Reverses';

describe('the statement of a customer', () => {
  let shop: TestShop;
  let id: string;
  let ids: string[];

  const postAt = async (at: string, type: 'debit' | 'credit', paise: number, description: string | null) => {
    const entryId = shop.shop.newId();
    await shop.shop.store.khata.post(
      {
        id: entryId,
        customerId: id,
        type,
        amountPaise: paise,
        description,
        paymentMethod: type === 'credit' ? 'cash' : null,
        referenceNumber: null,
      },
      { ...shop.by(), at: Date.parse(at) },
    );
    return entryId;
  };
  const statement = async (query = '') => {
    const answer = await shop.send('GET', `/api/customers/${id}/khata/statement${query}`);
    assert.equal(answer.status, 200, answer.text);
    return { ...answer, lines: answer.text.split('\r\n') };
  };

  before(async () => {
    shop = await openSharedTestShop();
    const { body } = await shop.send('POST', '/api/customers', {
      body: { name: 'Asha "A", पाटील', phone: '9000000001' },
    });
    id = body.data.id;
    ids = [
      await postAt('2025-12-31T18:29:59.999Z', 'debit', 150_050, 'Nath, 916'),
      await postAt('2025-12-31T18:30:00.000Z', 'credit', 175_055, '=HYPERLINK("http://x")'),
      await postAt('2026-01-10T05:00:00.000Z', 'debit', 1, 'two\nlines'),
    ];
  });
  after(() => shop.close());

  it('is in the journal with who took it, also by a ticket; a refused one is not', async () => {
    const token = await shop.signIn('staff', ['khata.read']);
    const path = `/api/customers/${id}/khata/statement`;
    const { ticket } = (await shop.send('POST', '/api/tickets', { token, body: { path } })).body.data;
    assert.equal((await shop.send('GET', `${path}?ticket=${ticket}`, { token: null })).status, 200);
    const { journal } = shop.shop.store;
    const [entry] = await journal.list({}, 1);
    const { data: me } = (await shop.send('GET', '/api/auth/me', { token })).body;
    assert.deepEqual([entry?.action, entry?.actor.name], ['export.made', me.username]);
    assert.deepEqual(entry?.after, {
      table: 'khata_statement',
      format: 'csv',
      filter: { customerId: id },
      rows: 3,
    });
    assert.equal((await shop.send('GET', `${path}?format=pdf`)).status, 400);
    assert.equal(await journal.position(), entry?.seq);
  });

  it('has a mark, a header, the opening balance, the entries and the closing balance', async () => {
    const { headers, text, lines } = await statement();
    assert.equal(headers.get('content-type'), 'text/csv; charset=utf-8');
    assert.equal(
      headers.get('content-disposition'),
      `attachment; filename="khata_Asha-A_${new Date(TEST_START).toISOString().slice(0, 10)}.csv"`,
    );
    assert.equal(headers.get('cache-control'), 'private, no-store');
    const name = '"Asha ""A"", पाटील"';
    assert.equal(lines[0]?.replace(/^\uFEFF/, ''), HEADER);
    assert.deepEqual(lines.slice(1), [
      `,${name},opening balance,,0,,,,,`,
      `${ids[0]},${name},debit,1500.5,1500.5,"Nath, 916",,2025-12-31,,`,
      `${ids[1]},${name},credit,1750.55,-250.05,"'=HYPERLINK(""http://x"")",cash,2026-01-01,,`,
      `${ids[2]},${name},debit,0.01,-250.04,"two\nlines",,2026-01-10,,`,
      `,${name},closing balance,,-250.04,,,,,`,
      '',
    ]);
    assert.ok(text.endsWith('\r\n'));
  });

  it('begins with a byte order mark, so that spreadsheets read every script', async () => {
    const response = await fetch(`${shop.origin}/api/customers/${id}/khata/statement?format=csv`, {
      headers: { authorization: `Bearer ${shop.adminToken}` },
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    assert.deepEqual([...bytes.slice(0, 3)], [0xef, 0xbb, 0xbf]);
  });

  it('carries the balance over from before the time asked for', async () => {
    const types = async (query: string) => {
      const { lines } = await statement(query);
      const rows = lines.slice(1, -1).filter((line) => line.includes(','));
      const [opening, closing] = [rows[0], rows.at(-1)].map((row) => row?.split(',').slice(-6)[0]);
      return { entries: lines.filter((line) => /^[0-9a-f]{24},/.test(line)).length, opening, closing };
    };
    assert.deepEqual(await types('?from=2026-01-01'), { entries: 2, opening: '1500.5', closing: '-250.04' });
    assert.deepEqual(await types('?to=2025-12-31'), { entries: 1, opening: '0', closing: '1500.5' });
    assert.deepEqual(await types('?from=2026-01-01&to=2026-01-01'), {
      entries: 1,
      opening: '1500.5',
      closing: '-250.05',
    });
    assert.deepEqual(await types('?from=2026-02-01'), { entries: 0, opening: '-250.04', closing: '-250.04' });
    assert.deepEqual(await types('?to=2024-01-01'), { entries: 0, opening: '0', closing: '0' });
    assert.deepEqual(await types('?from=2026-01-02&to=2026-01-03'), {
      entries: 0,
      opening: '-250.05',
      closing: '-250.05',
    });
    assert.deepEqual(await types('?from=2025-12-31T18:30:00Z'), {
      entries: 2,
      opening: '1500.5',
      closing: '-250.04',
    });
  });

  it('makes every hostile text harmless', async () => {
    const hostile = [
      '=1+1',
      '+1',
      '-1',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '\n=1',
      '＝1+1',
      '"=1',
      'a,=1',
      ' plain',
    ];
    for (const text of hostile) await postAt('2026-01-11T05:00:00Z', 'debit', 100, text);
    const { text } = await statement('?from=2026-01-11');
    const cells = parseCsv(text.replace(/^\uFEFF/, '')).filter((row) => /^[0-9a-f]{24}$/.test(row[0] ?? ''));
    assert.equal(cells.length, hostile.length);
    for (const [index, row] of cells.entries()) {
      assert.equal(row.length, 10);
      assert.doesNotMatch(row[5] as string, /^[=+\-@\t\r\n＝]/);
      assert.equal((row[5] as string).replace(/^'/, ''), hostile[index]);
    }
  });

  it('reads a long ledger by pages, all of it, in order', async () => {
    const { body } = await shop.send('POST', '/api/customers', {
      body: { name: 'हरि', phone: '9000000002' },
    });
    id = body.data.id;
    const count = 1201;
    // Two halves: the door lets at most 1,000 changes wait.
    for (const half of [601, 600]) {
      await Promise.all(Array.from({ length: half }, () => postAt('2026-01-12T05:00:00Z', 'debit', 1, null)));
    }
    const { lines, headers } = await statement();
    assert.equal(headers.get('content-disposition'), 'attachment; filename="khata_2026-01-15.csv"');
    const balances = lines.filter((line) => /^[0-9a-f]{24},/.test(line)).map((line) => line.split(',')[4]);
    assert.deepEqual(
      balances,
      Array.from({ length: count }, (_, i) => String((i + 1) / 100)),
    );
  });

  it('can be downloaded with a ticket, once, for its own path', async () => {
    const path = `/api/customers/${id}/khata/statement`;
    const { body } = await shop.send('POST', '/api/tickets', { body: { path } });
    const withTicket = (address: string) =>
      shop.send('GET', `${address}?ticket=${body.data.ticket}&from=2026-01-01`, { token: null });
    assert.equal((await withTicket(`/api/customers/${'d'.repeat(24)}/khata/statement`)).status, 401);
    assert.equal((await withTicket(path)).status, 200);
    assert.equal((await withTicket(path)).status, 401);
  });

  it('names what cannot be read, and a customer that is not there', async () => {
    const cases: [string, string][] = [
      ['format=pdf', 'format'],
      ['from=x', 'from'],
      ['to=2026-13-01', 'to'],
    ];
    for (const [query, field] of cases) {
      const { status, body } = await shop.send('GET', `/api/customers/${id}/khata/statement?${query}`);
      assert.equal(status, 400);
      assert.equal(body.error.fields[0].field, field);
    }
    assert.equal((await shop.send('GET', '/api/customers/12/khata/statement')).status, 400);
    assert.equal((await shop.send('GET', `/api/customers/${'e'.repeat(24)}/khata/statement`)).status, 404);
    assert.equal((await shop.send('HEAD', `/api/customers/${id}/khata/statement`)).status, 200);
  });
});

/** RFC 4180, to the letter: an oracle that shares nothing with the writer. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /("((?:[^"]|"")*)"|[^,"\r\n]*)(,|\r\n|$)/gy;
  for (let match = cell.exec(text); match && match.index < text.length; match = cell.exec(text)) {
    const value = match[2] === undefined ? (match[1] as string) : match[2].replaceAll('""', '"');
    (rows.at(-1) as string[]).push(value);
    if (match[3] === '\r\n') rows.push([]);
    if (match[3] === '') break;
  }
  return rows;
}
