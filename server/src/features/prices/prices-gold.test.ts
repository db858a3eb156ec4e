// Contract 2.9: gold rates.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';

const PATH = '/api/prices/gold';

describe('gold prices', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop();
  });
  after(() => shop.close());

  it('answers 404 before there is a rate', async () => {
    for (const name of ['latest', 'current', 'latest/']) {
      const { status, body } = await shop.send('GET', `${PATH}/${name}`, { token: null });
      assert.equal(status, 404);
      assert.equal(body.error.message, 'No gold price data found');
      assert.equal(body.error.type, 'no_gold_price');
    }
  });

  it('records a rate with all defaults, dated now', async () => {
    const { status, body, headers } = await shop.send('POST', PATH, {
      body: { price_per_gram: '6500.50', unknown: [], date: '' },
    });
    assert.equal(status, 201);
    assert.match(body.data.id, /^[0-9a-f]{24}$/);
    assert.deepEqual(
      { ...body, data: { ...body.data, id: '' } },
      {
        success: true,
        data: {
          id: '',
          metal_type: 'gold',
          purity: '916',
          price_per_gram: 6500.5,
          currency: 'INR',
          date: '2026-01-15T10:30:00.123Z',
          source: 'manual',
          held: false,
        },
        held: false,
        released: [],
        retrain_triggered: false,
        message: 'Gold price added successfully',
      },
    );
    assert.ok(Number(headers.get('x-journal-position')) > 0);
    const latest = await shop.send('GET', `${PATH}/current`, { token: null });
    assert.deepEqual(latest.body, { success: true, data: body.data });
  });

  it('dates a row by UTC midnight of the day given, in every purity', async () => {
    for (const purity of ['999', '995', '750', '585']) {
      const { status, body } = await shop.send('POST', PATH, {
        body: { price_per_gram: 7000, purity, date: '2026-01-14', source: 'IBJA' },
      });
      assert.equal(status, 201, purity);
      assert.equal(body.data.date, '2026-01-14T00:00:00.000Z');
      assert.equal(body.data.source, 'IBJA');
      const latest = await shop.send('GET', `${PATH}/latest?purity=${purity}`);
      assert.equal(latest.body.data.id, body.data.id);
    }
  });

  it('names every field that is wrong, in the words of the contract', async () => {
    const [none, positive, value] = [
      'price_per_gram field is required',
      'Price must be positive',
      'Invalid price value',
    ];
    const date = 'Invalid date format. Use YYYY-MM-DD';
    const purity = 'Invalid purity. Must be 916, 999, 750, or 585';
    const cases: [unknown, string, string | null][] = [
      [{}, 'Request body is required', null],
      [{ purity: '916' }, none, 'price_per_gram'],
      [{ price_per_gram: null }, none, 'price_per_gram'],
      ...[0, -1, -0.01, '0', '0.00'].map((p): [unknown, string, string] => [
        { price_per_gram: p },
        positive,
        'price_per_gram',
      ]),
      ...['5g', 'NaN', 'Infinity', '', ' 5', '-5', '1e3', '9'.repeat(60), true, [1], {}, 1e308].map(
        (p): [unknown, string, string] => [{ price_per_gram: p }, value, 'price_per_gram'],
      ),
      [{ price_per_gram: 6500.123 }, value, 'price_per_gram'],
      [{ price_per_gram: '6500.123' }, value, 'price_per_gram'],
      [{ price_per_gram: 10_000_000.01 }, value, 'price_per_gram'],
      ...[
        '15-01-2026',
        '2026-02-30',
        '2026-13-01',
        '2026-01-15T00:00:00',
        'today',
        7,
        true,
        ['2026-01-15'],
      ].map((d): [unknown, string, string] => [{ price_per_gram: 6500, date: d }, date, 'date']),
      ...['917', '', 916, null, true, ['916'], '22K'].map((p): [unknown, string, string] => [
        { price_per_gram: 6500, purity: p },
        purity,
        'purity',
      ]),
      [{ price_per_gram: 6500, source: 7 }, 'Validation error', 'source'],
      [{ price_per_gram: 6500, source: 'x'.repeat(201) }, 'Validation error', 'source'],
      [{ price_per_gram: 6500, confirm: 'true' }, 'Validation error', 'confirm'],
      [{ price_per_gram: 6500, confirm: 1 }, 'Validation error', 'confirm'],
      [{ purity: '1', date: 'x', source: 7 }, none, null],
      [{ price_per_gram: -1, purity: '1', date: 'x' }, positive, null],
    ];
    const before = (await shop.send('GET', `${PATH}/history?limit=1000`)).body.count;
    for (const [body, message, field] of cases) {
      const answer = await shop.send('POST', PATH, { body });
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.equal(answer.body.error.message, message, JSON.stringify(body));
      if (field !== null) assert.equal(answer.body.error.fields[0].field, field, JSON.stringify(body));
    }
    const wrongPurity = await shop.send('POST', PATH, { body: { price_per_gram: 1, purity: '1' } });
    assert.match(wrongPurity.body.error.details.purity, /995/);
    for (const raw of ['{"price_per_gram": Infinity}', '{"price_per_gram": NaN}', '[]x', '']) {
      const answer = await shop.send('POST', PATH, {
        body: raw,
        headers: { 'content-type': 'application/json' },
      });
      assert.equal(answer.status, 400, raw);
      assert.equal(answer.body.error.message, 'Invalid JSON format', raw);
    }
    const overflow = await shop.send('POST', PATH, {
      body: '{"price_per_gram": 1e999}',
      headers: { 'content-type': 'application/json' },
    });
    assert.equal(overflow.body.error.message, value);
    assert.equal((await shop.send('GET', `${PATH}/history?limit=1000`)).body.count, before);
  });

  it('rounds float noise, and nothing else', async () => {
    const { status, body } = await shop.send('POST', PATH, {
      body: { price_per_gram: 0.1 + 0.2, purity: '585', date: '2020-01-01' },
    });
    assert.equal(status, 201);
    assert.equal(body.data.price_per_gram, 0.3);
  });

  it('lets only those record who may set prices', async () => {
    const body = { price_per_gram: 6501 };
    assert.equal((await shop.send('POST', PATH, { body, token: null })).status, 401);
    for (const token of [await shop.signIn('user'), await shop.signIn('staff')]) {
      const answer = await shop.send('POST', PATH, { body, token });
      assert.equal(answer.status, 403);
      assert.equal(answer.body.error.message, 'Admin access required');
      assert.match(answer.body.error.details, /prices\.set/);
    }
    const granted = await shop.signIn('staff', ['prices.set']);
    assert.equal((await shop.send('POST', PATH, { body, token: granted })).status, 201);
  });

  it('records once for a repeated key', async () => {
    const headers = { 'idempotency-key': 'rate-1' };
    const body = { price_per_gram: 6502, purity: '750', date: '2026-01-13' };
    const answers = await Promise.all([1, 2, 3].map(() => shop.send('POST', PATH, { body, headers })));
    assert.equal(new Set(answers.map(({ text }) => text)).size, 1);
    const history = await shop.send('GET', `${PATH}/history?purity=750&end_date=2026-01-13`);
    assert.equal(history.body.count, 1);
  });

  it('leaves one journal entry for each rate', async () => {
    const { body } = await shop.send('POST', PATH, { body: { price_per_gram: 6502 } });
    const [entry] = await shop.shop.store.journal.list({ subject: `metal_price:${body.data.id}` }, 10);
    assert.equal(entry?.action, 'metal_price.recorded');
    assert.equal(entry?.after?.paisePerGram, 650_200);
  });
});

describe('gold price history', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop();
    const rows = [
      ['2026-01-10', 6400],
      ['2026-01-12', 6420],
      ['2026-01-12', 6430],
      ['2026-01-14', 6440],
    ] as const;
    for (const [date, price] of rows) {
      await shop.send('POST', PATH, { body: { price_per_gram: price, date } });
    }
    await shop.send('POST', PATH, { body: { price_per_gram: 6450 } });
    await shop.send('POST', PATH, { body: { price_per_gram: 7000, purity: '999' } });
  });
  after(() => shop.close());

  const prices = async (query: string): Promise<number[]> => {
    const { status, body } = await shop.send('GET', `${PATH}/history${query}`, { token: null });
    assert.equal(status, 200);
    assert.equal(body.count, body.data.length);
    return body.data.map((row: { price_per_gram: number }) => row.price_per_gram);
  };

  it('lists 916 newest first, and of one day the latest recorded first', async () => {
    assert.deepEqual(await prices(''), [6450, 6440, 6430, 6420, 6400]);
    assert.deepEqual(await prices('/'), [6450, 6440, 6430, 6420, 6400]);
    assert.deepEqual(await prices('?limit=2'), [6450, 6440]);
    assert.deepEqual(await prices('?limit=x'), [6450, 6440, 6430, 6420, 6400]);
    assert.deepEqual(await prices('?purity=999'), [7000]);
    assert.deepEqual(await prices('?purity=nonsense'), []);
  });

  it('takes both ends of a range with all their rows', async () => {
    assert.deepEqual(await prices('?start_date=2026-01-12&end_date=2026-01-12'), [6430, 6420]);
    // The row of now was recorded at 10:30, in the middle of the last day.
    assert.deepEqual(await prices('?start_date=2026-01-14&end_date=2026-01-15'), [6450, 6440]);
    assert.deepEqual(await prices('?start_date=2026-01-14&end_date=9999-12-31'), [6450, 6440]);
    assert.deepEqual(await prices('?end_date=2026-01-10'), [6400]);
    assert.deepEqual(await prices('?start_date=2026-01-16'), []);
    assert.deepEqual(await prices('?start_date=&end_date='), [6450, 6440, 6430, 6420, 6400]);
  });

  it('refuses limits and dates in the words of the contract', async () => {
    const cases: [string, string][] = [
      ['limit=0', 'Limit must be at least 1'],
      ['limit=-5', 'Limit must be at least 1'],
      ['limit=1001', 'Limit cannot exceed 1000'],
      ['start_date=x', 'Invalid start_date format. Use YYYY-MM-DD'],
      ['start_date=2026-02-30', 'Invalid start_date format. Use YYYY-MM-DD'],
      ['end_date=2026-01-15T10:00:00Z', 'Invalid end_date format. Use YYYY-MM-DD'],
    ];
    for (const [query, message] of cases) {
      const { status, body } = await shop.send('GET', `${PATH}/history?${query}`, { token: null });
      assert.equal(status, 400, query);
      assert.equal(body.error.message, message);
    }
  });

  it('takes one value where a parameter is sent twice', async () => {
    const { status } = await shop.send(
      'GET',
      `${PATH}/history?purity=916&purity=999&start_date=x&start_date=`,
    );
    assert.ok(status === 200 || status === 400, String(status));
    assert.equal((await shop.send('GET', `${PATH}/latest?purity=1&purity=2`)).status, 404);
  });
});
