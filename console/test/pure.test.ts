// The console's rules that need no browser: how a stream is cut into messages, how a statement asks for money.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { OrderDetailWire } from '../../server/src/contract/order.ts';
import { readMessages, watchSilence } from '../src/api/event-stream.ts';
import { exchange } from '../src/api/exchange.ts';
import { outdatedBy } from '../src/api/outdated-by.ts';
import { closeKey, openKey } from '../src/api/repeat-key.ts';
import { heldShare, waitingCount } from '../src/features/forecasts/past-record.ts';
import { readStones } from '../src/features/forecasts/read-stones.ts';
import { en as journalWords } from '../src/features/journal/words/en.ts';
import { mayBecome, receivedFor } from '../src/features/orders/order-money.ts';
import { PAYMENT_STATUSES, readOrderSearch } from '../src/features/orders/order-search.ts';
import { boardRows } from '../src/features/prices/board-rows.ts';
import type { Metal } from '../src/features/prices/price-series.ts';
import type { SeriesRates } from '../src/features/prices/rate-queries.ts';
import { standingRates } from '../src/features/prices/standing-rates.ts';
import { hasStrangers, latinDigits, readFigure } from '../src/format/figure.ts';
import { growth } from '../src/format/growth.ts';
import { formatPhone, looksLikePhone, readPhone } from '../src/format/phone.ts';
import { goldPurity } from '../src/format/purity.ts';
import { withoutComma } from '../src/format/without-comma.ts';
import { onlyKnown } from '../src/frame/only-known.ts';
import { toCsv } from '../src/ui/chart/download-csv.ts';
import { laidOver, touched } from '../src/ui/form/laid-over.ts';
import { namedFirst } from '../src/ui/picker/named-first.ts';
import { offered, withdrawn } from '../src/ui/toast/undo-offers.ts';

describe('the live stream', () => {
  test('is cut into whole messages wherever the line broke it', () => {
    const sent =
      'retry: 2000\n\n:\n\nevent: sale.created\nid: 41\ndata: {"a":1}\n\nevent: hello\ndata: {}\n\n';
    for (let cut = 0; cut <= sent.length; cut++) {
      const first = readMessages(sent.slice(0, cut));
      const second = readMessages(first.rest + sent.slice(cut));
      assert.deepEqual(
        [...first.messages, ...second.messages],
        [
          { event: 'sale.created', id: '41', data: '{"a":1}' },
          { event: 'hello', id: null, data: '{}' },
        ],
        `cut at ${cut}`,
      );
      assert.equal(first.retryMs ?? second.retryMs, 2000);
      assert.equal(second.rest, '');
    }
  });
});

test('whatever is done elsewhere makes some answer out of date beside the journal', () => {
  const ofTheJournalOnly = ['export.made', 'shop.moved', 'shop.restored', 'shop.returned'];
  const actions = Object.keys(journalWords).filter((word) => word.includes('.'));
  assert.deepEqual(actions.filter((action) => outdatedBy(action).length === 1).sort(), ofTheJournalOnly);
  assert.deepEqual(outdatedBy('metal_prices.imported'), outdatedBy('metal_price.recorded'));
  // The market factor of stones stands in their estimates.
  assert.ok(outdatedBy('settings.changed').includes('predictions'));
});

test('a read waits for what was changed here, and not after the shop has signed this page out', async ({
  mock,
}) => {
  const wanted: unknown[] = [];
  let answer = { status: 200, position: '41' };
  mock.method(
    globalThis,
    'fetch',
    async (_path: string, { headers }: { headers: Record<string, string> }) => {
      wanted.push(headers['X-Journal-At-Least']);
      const { status, position } = answer;
      return Response.json({}, { status, headers: { 'X-Journal-Position': position } });
    },
  );
  const ask = () => exchange({ method: 'GET', path: '/api/orders' }).catch(({ status }) => status);
  await ask();
  await ask();
  answer = { status: 401, position: '' };
  assert.equal(await ask(), 401);
  await ask();
  assert.deepEqual(wanted, [undefined, '41', '41', undefined]);
});

test('a live line that falls silent is noticed whenever it does, also after it was heard', ({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  let silent = 0;
  const silence = watchSilence(45_000, () => silent++);
  mock.timers.tick(44_000);
  silence.heard();
  mock.timers.tick(44_000);
  assert.equal(silent, 0);
  mock.timers.tick(1_000);
  assert.equal(silent, 1);
  silence.heard();
  silence.end();
  mock.timers.tick(90_000);
  assert.equal(silent, 1);
});

test('a phone is read in either alphabet, also copied with marks of direction, and told from a name', () => {
  assert.equal(readPhone(' ९८२५०-७७८८९ '), '98250-77889');
  assert.equal(readPhone('\u202a+91 98250 77889\u202c'), '+91 98250 77889');
  for (const phone of ['९८२५', '+91 98250', '(022) 2445', '98250.77889'])
    assert.ok(looksLikePhone(phone), phone);
  for (const name of ['सुनीता', 'Shop 9825', '9 Gems', '']) assert.ok(!looksLikePhone(name), name);
});

test('phones are grouped as people read them', () => {
  assert.equal(formatPhone('+919825077889'), '+91 98250 77889');
  assert.equal(formatPhone('+14155550123'), '+14155550123');
});

describe('a figure', () => {
  test('is read in either alphabet, grouped as India does or not at all', () => {
    const read: Record<string, string> = {
      '9,30,451.20': '930451.20',
      '9,30,451.2': '930451.2',
      '930451': '930451',
      '९,३०,४५१': '930451',
      '₹ ९,३०,४५१.२०': '930451.20',
      'Rs. 1,20,000/-': '120000',
      '12,34,56,789': '123456789',
      '930,451.5': '930451.5',
      ' 12.345 g\n': '12.345',
      '०.७१': '0.71',
      '.5': '.5',
      '5.': '5.',
    };
    for (const [text, figure] of Object.entries(read)) assert.equal(readFigure(text), figure, text);
  });

  test('is none where the groups or the point are elsewhere, or words stand with it', () => {
    const none = [
      '',
      ' ',
      '.',
      '9,30,45',
      '9.30.451',
      '9.30,451',
      ',451',
      '9,,451',
      '1,2',
      'about 50',
      '-5',
      '1e5',
      '५ तोळे',
    ];
    for (const text of none) assert.equal(readFigure(text), null, text);
  });

  test('in one alphabet keeps every other letter and its place', () => {
    assert.equal(latinDigits('₹९,३०,४५१.2'), '₹9,30,451.2');
    assert.equal(latinDigits('०१२३४५६७८९'), '0123456789');
  });

  test('being typed may lack its end, and holds no strangers', () => {
    for (const typed of ['', '9,', '9,30,4512', '₹ ९.', '12.'])
      assert.equal(hasStrangers(typed), false, typed);
    for (const typed of ['9a', '1.2.3', '५ तो', '-5', '1e5']) assert.equal(hasStrangers(typed), true, typed);
  });
});

test('a piece of that name comes before one that only tells of it', () => {
  const found = [
    'Rani Haar, jhumkas with it',
    'Bridal set',
    'Silver-jhumka',
    'Kundan jhumka',
    'Jhumka, plain',
  ];
  assert.deepEqual(
    namedFirst(found, ' jhumka', (name) => name),
    ['Jhumka, plain', 'Rani Haar, jhumkas with it', 'Kundan jhumka', 'Silver-jhumka', 'Bridal set'],
  );
  assert.deepEqual(
    namedFirst(['Earrings', 'Ring, large', 'Ring'], 'ring', (name) => name),
    ['Ring', 'Ring, large', 'Earrings'],
  );
  // Found in the other script.
  assert.deepEqual(
    namedFirst(['Natasha', 'आशा', 'Ravi', 'Asha'], 'asha', (name) => name),
    ['Asha', 'आशा', 'Natasha', 'Ravi'],
  );
  assert.deepEqual(
    namedFirst(['नताशा', 'Asha', 'आशा'], 'आशा', (name) => name),
    ['आशा', 'Asha', 'नताशा'],
  );
});

test('what was typed here is laid over what somebody else saved, and their other changes stay', () => {
  const from = { name: 'Swati', phone: '020', limit: '' };
  const theirs = { name: 'Swati and Sons', phone: '020', limit: 500 };
  assert.deepEqual(laidOver<object>({ ...from, phone: '021' }, from, theirs), { ...theirs, phone: '021' });
  // A list that came back from a draft is another list with the same in it.
  assert.deepEqual(touched<object>({ lines: [{ id: 'a' }], note: 'x' }, { lines: [{ id: 'a' }], note: '' }), {
    note: 'x',
  });
});

test('one draft has one key in every tab until it is refused, another text or another draft has its own', () => {
  const kept = new Map<string, string>();
  const held = Object.getOwnPropertyDescriptor(globalThis, 'localStorage');
  const localStorage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  };
  Object.defineProperty(globalThis, 'localStorage', { value: localStorage, configurable: true });
  try {
    const first = openKey('sale', 'draft');
    // Another tab that has not read what this one kept.
    kept.clear();
    assert.equal(openKey('sale', 'draft'), first);
    assert.notEqual(openKey('edited sale', 'draft'), first);
    closeKey('sale', 'refused', 'draft');
    const second = openKey('sale', 'draft');
    assert.notEqual(second, first);
    closeKey('sale', 'done', 'draft');
    assert.equal(openKey('sale', 'draft'), second, 'what was done is done once');
    closeKey('sale', 'done', 'draft');
    const next = openKey('sale', 'next draft');
    assert.ok(next !== first && next !== second);
    // While its outcome is not known, the same change is the same one, though its draft was thrown away.
    assert.equal(openKey('sale', 'third draft'), next);
    closeKey('sale', 'done', 'third draft');
    assert.equal(openKey('sale', 'third draft'), next);
    closeKey('sale', 'done', 'third draft');
    assert.notEqual(openKey('sale'), next);
  } finally {
    if (held === undefined) Reflect.deleteProperty(globalThis, 'localStorage');
    else Object.defineProperty(globalThis, 'localStorage', held);
  }
});

test('gold is named as it is stamped, and what no carat is known of as it is', () => {
  assert.deepEqual(['999', '916', '585', '800', ''].map(goldPurity), [
    '24K 999',
    '22K 916',
    '14K 585',
    '800',
    '',
  ]);
});

test('growth is told where there was something to grow from', () => {
  assert.deepEqual([growth(150, 100), growth(50, 100), growth(100, 100)], [50, -50, 0]);
  // More was taken back than came in: from there no per cent leads up to a good day.
  assert.deepEqual([growth(500, -1000), growth(-500, -1000), growth(5, 0)], [null, null, null]);
});

test('what is said of past forecasts is known', () => {
  assert.equal(heldShare({ coverage_80_backtest: 0.81, n_eff: 20 }), 0.81);
  assert.equal(heldShare({ coverage_80_backtest: 1, n_eff: 0.1 }), null);
  assert.equal(heldShare({ coverage_80_backtest: null, n_eff: 0 }), null);
  assert.equal(heldShare(undefined), null);
  assert.equal(waitingCount({ published: 9, scored: 2, unknown: 3 }), 4);
});

test('stones are read one a line in any order, and a line that is none keeps its number', () => {
  const read = (text: string) =>
    readStones(text).map(({ line, stone }) => [line, stone && Object.values(stone).join(' ')]);
  assert.deepEqual(read('1.00 Ideal G VS2\n\n0.5ct, g; vvs1, VERY  good\r\n२.१०\tPoor\tm\ti3\n'), [
    [1, '1 Ideal G VS2'],
    [3, '0.5 Very Good G VVS1'],
    [4, '2.1 Poor M I3'],
  ]);
  const wrong = [
    '1 Ideal G',
    '1 Ideal G VS2 IF',
    'Ideal G VS2',
    '0 Ideal G VS2',
    '1 2 Ideal G VS2',
    '-1 Ideal G VS2',
    '1 Ideal P VS2',
  ];
  for (const line of wrong) assert.deepEqual(read(line), [[1, null]], line);
});

const utcDay = (instant: string): string => instant.slice(0, 10);
const rateRow = (price_per_gram: number, day: number, held = false) => ({
  id: String(price_per_gram),
  metal_type: 'gold' as const,
  purity: '750',
  currency: 'INR' as const,
  source: 'manual',
  price_per_gram,
  date: `2026-01-${day}T00:00:00.000Z`,
  held,
});

test('a held rate is offered until a newer one is in force, also of the same day', () => {
  const held = rateRow(10_500, 15, true);
  assert.deepEqual(standingRates([held, rateRow(9700, 15)], utcDay).held, [held]);
  assert.deepEqual(standingRates([rateRow(9720, 15), held, rateRow(9700, 14)], utcDay).held, []);
  assert.deepEqual(standingRates([rateRow(9720, 16), held], utcDay).held, []);
  assert.deepEqual(standingRates([held], utcDay).held, [held]);
});

test('a rate is in force for the whole of its day, also by a clock that is behind', ({ mock }) => {
  mock.timers.enable({ apis: ['Date'], now: new Date('2026-01-15T08:58:00Z') });
  const set = { ...rateRow(9720, 15), date: '2026-01-15T09:00:00.000Z' };
  const rows = [rateRow(9800, 16), set, rateRow(9700, 14)];
  assert.equal(standingRates(rows, utcDay).rate, set);
});

test('a rate that was set again on its day is not what its change is reckoned from', () => {
  const [right, wrong, yesterday] = [rateRow(9720, 15), rateRow(9270, 15), rateRow(9700, 14)];
  const { rate, before } = standingRates([right, wrong, yesterday, rateRow(9600, 13)], utcDay);
  assert.deepEqual([rate, before], [right, yesterday]);
  assert.equal(standingRates([right, wrong], utcDay).before, null);
});

test('the board shows the rates that price pieces: gold of its latest day, the rest of it by fineness', () => {
  const set = (metal: Metal, purity: string, rupees: number, day: number) => ({
    metal,
    purity,
    ...standingRates([rateRow(rupees, day)], utcDay),
  });
  const unset = (purity: string) => ({ metal: 'gold' as const, purity, ...standingRates([], utcDay) });
  const shown = (...rates: SeriesRates[]) =>
    boardRows(rates, utcDay).map(({ purity, rupees, from }) => [purity, rupees, from?.purity ?? null]);
  const silver = set('silver', '999', 250, 10);
  // 18K was set five days before 22K: its pieces are priced by 22K, and so the board says.
  const usual = [unset('995'), set('gold', '916', 7000.01, 15), set('gold', '750', 5400, 10), unset('585')];
  assert.deepEqual(shown(...usual, silver), [
    ['916', 7000.01, null],
    ['750', 5731.45, '916'],
    ['585', 4470.53, '916'],
    ['999', 250, null],
  ]);
  assert.deepEqual(
    shown(set('gold', '999', 8000, 15), set('gold', '916', 7000, 14), set('gold', '750', 6000, 15)),
    [
      ['999', 8000, null],
      ['916', 7335.34, '999'],
      ['750', 6000, null],
    ],
  );
  assert.deepEqual(shown(unset('999'), unset('916'), silver), [['999', 250, null]]);
});

test('of a cancelled order the money that came in can be given back, and no more is booked', () => {
  const order = (status: OrderDetailWire['status'], unpaid: number) =>
    ({ status, would_book: { unpaid: [{ method: 'cash', amount: unpaid }] } }) as OrderDetailWire;
  const open = (of: OrderDetailWire) => PAYMENT_STATUSES.filter((to) => mayBecome(of, to));
  assert.deepEqual(open(order('completed', 0)), ['unpaid', 'partial', 'paid']);
  assert.deepEqual(open(order('cancelled', -4000)), ['unpaid']);
  assert.deepEqual(open(order('cancelled', 0)), []);
  const row = (method: string | null, amount: number) => ({ method, amount, reference: null, at: '' });
  const payments = [row('cash', 0.1), row(null, 0.2), row('khata', 500), row('cash', -0.1)];
  assert.equal(receivedFor({ payments }), 0.2);
});

test('a newer change of a thing withdraws the older Undo of it, and no other', () => {
  offered('first', ['a']);
  offered('second', ['b', 'c']);
  assert.deepEqual(withdrawn(['a', 'd']), ['first']);
  assert.deepEqual(withdrawn(['a']), []);
  assert.deepEqual(withdrawn(['c']), ['second']);
});

test('the table behind a chart holds nothing that a spreadsheet runs, as no file of the server does', () => {
  const rows = [
    ['Name', '=1', '＝1', '\n=1', "'=1"],
    ['Asha', -5, null, 'a,"b"', "'kept"],
  ];
  assert.equal(toCsv(rows), `\uFEFFName,'=1,'＝1,"'\n=1",''=1\r\nAsha,-5,,"a,""b""",'kept\r\n`);
});

test('a date is written without a comma before its year in every language', () => {
  const at = new Date('2026-11-28T00:00:00Z');
  const written = (tag: string) =>
    withoutComma(
      new Intl.DateTimeFormat(tag, {
        timeZone: 'UTC',
        day: 'numeric',
        month: 'short',
        year: 'numeric',
      }).format(at),
    );
  assert.deepEqual(['en-IN', 'hi-IN', 'mr-IN-u-nu-latn', 'mr-IN-u-nu-deva'].map(written), [
    '28 Nov 2026',
    '28 नव॰ 2026',
    '28 नोव्हें 2026',
    '२८ नोव्हें २०२६',
  ]);
});

test('what an address says that its screen does not take does not reach it', () => {
  const read = onlyKnown(readOrderSearch);
  // As the router does.
  const seen = (search: Record<string, unknown>) =>
    JSON.parse(JSON.stringify({ ...search, ...read(search) }));
  assert.deepEqual(seen({ from: 'abc', to: '2026-01-15', status: 'xyz', other: 1 }), { to: '2026-01-15' });
  assert.deepEqual(read({}), {});
  // A day that no calendar has.
  assert.deepEqual(seen({ from: '2026-99-99', to: '2026-02-30' }), {});
});
