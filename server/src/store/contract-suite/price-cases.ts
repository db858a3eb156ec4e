import assert from 'node:assert/strict';
import { RATE_PURITIES } from '../../domain/price.ts';
import { type ImportedRate, MAX_IMPORT_ROWS } from '../../domain/price-import.ts';
import { dayOf } from '../../domain/shop-day.ts';
import { ALL, aBy, aDiamondPrice, aGoldRate, aProduct, DAY, HOUR, newId, START } from './builders.ts';
import { type ContractCase, refused, refusedWithoutTrace } from './contract-case.ts';

const FILE = { name: 'rates.csv', sha256: 'ab'.repeat(32) };

function anImportedRate(paisePerGram: number, at: number, purity = '916'): ImportedRate {
  const { metal: _, confirm: __, ...row } = aGoldRate(paisePerGram, at, { purity, source: 'import' });
  return row;
}

export const priceCases: ContractCase[] = [
  {
    name: 'the latest day’s rate is in force, of one day the last recorded, whatever the order of recording',
    run: async ({ prices }) => {
      const today = aGoldRate(700_000, START);
      await prices.record(today, aBy({ at: START }));
      await prices.record(aGoldRate(699_000, START - DAY), aBy({ at: START + 1 }));
      assert.equal((await prices.latest('gold', '916', START))?.id, today.id);
      const corrected = aGoldRate(701_000, START - HOUR);
      const { value } = await prices.record(corrected, aBy({ at: START + 2 }));
      assert.deepEqual([value.price.held, value.released, value.previous?.id], [false, [], today.id]);
      assert.equal((await prices.latest('gold', '916', START))?.id, corrected.id);
      assert.equal((await prices.latest('gold', '916', START - DAY))?.paisePerGram, 699_000);
      assert.equal(await prices.latest('gold', '916', START - 3 * DAY), null);
      assert.equal(await prices.latest('gold', '999', START), null);
      assert.equal(await prices.latest('silver', '925', START), null);
    },
  },
  {
    name: 'the rate in force comes with the one of the day before it, however often that day was corrected',
    run: async ({ prices }) => {
      const latestTwo = async (at: number) =>
        (await prices.latestTwo('gold', '916', at)).map(({ paisePerGram }) => paisePerGram);
      assert.deepEqual(await latestTwo(START), []);
      await prices.record(aGoldRate(700_000, START - 9 * DAY), aBy({ at: START }));
      assert.deepEqual(await latestTwo(START), [700_000]);
      for (const [n, day] of [START - 2 * DAY, START, START].entries()) {
        await prices.record(aGoldRate(700_001 + n, day), aBy({ at: START + n }));
      }
      assert.deepEqual(await latestTwo(START), [700_003, 700_001]);
      assert.deepEqual(await latestTwo(START - DAY), [700_001, 700_000]);
      const held = await prices.record(aGoldRate(770_000, START), aBy({ at: START + 4 }));
      assert.equal(held.value.price.held, true);
      await prices.record(aGoldRate(700_009, START - DAY, { purity: '999' }), aBy({ at: START + 5 }));
      await prices.record(aGoldRate(700_010, START + DAY), aBy({ at: START + 6 }));
      assert.deepEqual(await latestTwo(START), [700_003, 700_001], 'held, of another purity, of tomorrow');
      const corrections = Array.from({ length: 25 }, (_, n) => anImportedRate(700_100 + n, START));
      await prices.import('gold', corrections, FILE, aBy({ at: START + 7 }));
      assert.deepEqual(await latestTwo(START), [700_124, 700_001]);
    },
  },
  {
    name: 'a rate dated in the future prices nothing before its day',
    run: async ({ prices, products }) => {
      const tomorrow = aGoldRate(700_000, START + DAY);
      await prices.record(tomorrow, aBy({ at: START }));
      assert.equal(await prices.latest('gold', '916', START), null);
      assert.deepEqual((await prices.board(START)).rates, []);
      const add = async (at: number) => (await products.add(aProduct(), aBy({ at }))).value.price.rate?.id;
      assert.equal(await add(START), undefined);
      assert.equal(await add(START + DAY), tomorrow.id);
      assert.equal((await prices.latest('gold', '916', START + DAY))?.id, tomorrow.id);
    },
  },
  {
    name: 'a doubtful rate is held: it prices nothing until it is confirmed, once',
    run: async (store) => {
      const { prices } = store;
      const first = aGoldRate(700_000, START);
      await prices.record(first, aBy({ at: START }));
      const doubtful = aGoldRate(770_000, START + DAY);
      const at = START + DAY;
      const { value } = await prices.record(doubtful, aBy({ at }));
      assert.deepEqual([value.price.held, value.previous?.paisePerGram], [true, 700_000]);
      assert.equal((await prices.latest('gold', '916', at))?.id, first.id);
      assert.deepEqual(
        (await prices.board(at)).rates.map(({ id }) => id),
        [first.id],
      );
      assert.equal((await prices.list({ metal: 'gold' }, ALL)).total, 1);
      assert.equal((await prices.list({ metal: 'gold', includeHeld: true }, ALL)).total, 2);
      const confirmed = (await prices.confirm('gold', doubtful.id, aBy({ at }))).value;
      assert.equal(confirmed.held, false);
      assert.equal((await prices.latest('gold', '916', at))?.id, doubtful.id);
      await refusedWithoutTrace(store, () => prices.confirm('gold', doubtful.id, aBy()), 'rate_not_held');
      await refused(prices.confirm('gold', newId(), aBy()), 'price_not_found');
      await refused(prices.confirm('silver', doubtful.id, aBy()), 'price_not_found');
    },
  },
  {
    name: 'all held rates near a second one on another day are released by it, however often one was tried',
    run: async ({ prices }) => {
      await prices.record(aGoldRate(700_000, START), aBy({ at: START }));
      const at = START + DAY;
      const tried = Array.from({ length: 15 }, (_, more) => aGoldRate(770_000 + more, at));
      for (const rate of tried) assert.ok((await prices.record(rate, aBy({ at }))).value.price.held);
      const { value } = await prices.record(aGoldRate(771_000, at + DAY), aBy({ at: at + DAY }));
      assert.deepEqual(
        value.released,
        tried.map(({ id }) => id),
      );
    },
  },
  {
    name: 'a held rate is released by a second one near it on another day',
    run: async ({ prices }) => {
      await prices.record(aGoldRate(700_000, START), aBy({ at: START }));
      const doubtful = aGoldRate(770_000, START + DAY);
      await prices.record(doubtful, aBy({ at: START + DAY }));
      const second = aGoldRate(771_000, START + 2 * DAY);
      const { value } = await prices.record(second, aBy({ at: START + 2 * DAY }));
      assert.deepEqual([value.price.held, value.released], [false, [doubtful.id]]);
      assert.equal((await prices.latest('gold', '916', START + 2 * DAY))?.id, second.id);
      assert.equal((await prices.latest('gold', '916', START + DAY))?.id, doubtful.id);
    },
  },
  {
    name: 'a rate far off is refused unless confirmed; an older day’s is never doubted; nor another metal’s',
    run: async (store) => {
      const { prices } = store;
      await prices.record(aGoldRate(700_000, START), aBy({ at: START }));
      const far = aGoldRate(1_000_000, START + DAY);
      const at = START + DAY;
      await refusedWithoutTrace(store, () => prices.record(far, aBy({ at })), 'rate_too_far');
      const old = (await prices.record(aGoldRate(300_000, START - 90 * DAY), aBy({ at }))).value.price;
      const silver = aGoldRate(9_000, at, { metal: 'silver', purity: '999' });
      assert.deepEqual(
        [old.held, (await prices.record(silver, aBy({ at }))).value.price.held],
        [false, false],
      );
      const { price } = (await prices.record({ ...far, confirm: true }, aBy({ at }))).value;
      assert.deepEqual([price.held, price.paisePerGram], [false, 1_000_000]);
    },
  },
  {
    name: 'the board has one rate a purity of gold',
    run: async ({ prices }) => {
      const rates = [
        aGoldRate(700_000, START - DAY),
        aGoldRate(702_000, START),
        aGoldRate(765_000, START, { purity: '999' }),
        aGoldRate(9_000, START, { metal: 'silver', purity: '999' }),
      ];
      for (const rate of rates) await prices.record(rate, aBy({ at: rate.at }));
      const board = (await prices.board(START)).rates.map(({ purity, paisePerGram }) => [
        purity,
        paisePerGram,
      ]);
      assert.deepEqual(board.toSorted(), [
        ['916', 702_000],
        ['999', 765_000],
      ]);
    },
  },
  {
    name: 'rates are listed by metal, purity and day, newest first',
    run: async ({ prices }) => {
      const days = [0, 1, 2].map((n) => aGoldRate(700_000 + n, START + n * DAY));
      const fine = aGoldRate(765_000, START, { purity: '999' });
      for (const rate of [...days, fine]) await prices.record(rate, aBy({ at: START + 2 * DAY }));
      const list = async (filter: Omit<Parameters<typeof prices.list>[0], 'metal'>) => {
        const { rows, total } = await prices.list({ metal: 'gold', ...filter }, ALL);
        assert.equal(total, rows.length);
        return rows.map(({ id }) => id);
      };
      const [a, b, c] = days.map(({ id }) => id);
      assert.deepEqual(await list({}), [c, b, fine.id, a]);
      assert.deepEqual(await list({ purity: '916' }), [c, b, a]);
      assert.deepEqual(await list({ fromDay: dayOf(START + DAY) }), [c, b]);
      assert.deepEqual(await list({ purity: '916', toDay: dayOf(START + DAY) }), [b, a]);
      assert.equal((await prices.list({ metal: 'platinum' }, ALL)).total, 0);
    },
  },
  {
    name: 'stones are listed as they were recorded, filtered by what is named',
    run: async ({ prices }) => {
      const small = aDiamondPrice({ milliCarat: 300, cut: 'Good' });
      const large = aDiamondPrice({ milliCarat: 1_500, color: 'D', clarity: 'IF' });
      const { value } = await prices.recordDiamond(small, aBy({ at: START }));
      assert.deepEqual(value, { price: { ...small, createdAt: START }, retrainTriggered: false });
      await prices.recordDiamond(large, aBy({ at: START }));
      const expected: [Parameters<typeof prices.listDiamonds>[0], string[]][] = [
        [{}, [large.id, small.id]],
        [{ cut: 'Good' }, [small.id]],
        [{ color: 'D', clarity: 'IF' }, [large.id]],
        [{ minMilliCarat: 301 }, [large.id]],
        [{ maxMilliCarat: 300 }, [small.id]],
        [{ toDay: dayOf(START - DAY) }, []],
      ];
      for (const [filter, ids] of expected) {
        const { rows, total } = await prices.listDiamonds(filter, ALL);
        assert.deepEqual([rows.map(({ id }) => id), total], [ids, ids.length], JSON.stringify(filter));
      }
    },
  },
  {
    name: 'one file may bring the rates of every purity',
    run: async ({ prices }) => {
      const days = Array.from({ length: 31 }, (_, back) => START - back * DAY);
      const rows = RATE_PURITIES.gold.flatMap((purity) =>
        days.map((at, back) => anImportedRate(650_000 + back, at, purity)),
      );
      const { value } = await prices.import('gold', rows, FILE, aBy());
      assert.equal(value.added, rows.length);
      const board = await prices.board(START);
      assert.equal(board.rates.length, RATE_PURITIES.gold.length);
    },
  },
  {
    name: 'an import adds what is not there, in its order, held by nobody, with one journal entry',
    run: async ({ prices, journal }) => {
      await prices.record(aGoldRate(700_000, START), aBy({ at: START }));
      const known = anImportedRate(700_000, START);
      const rows = [
        anImportedRate(300_000, START - DAY),
        known,
        anImportedRate(1_400_000, START),
        anImportedRate(1_400_000, START),
        anImportedRate(701_000, START),
        anImportedRate(765_000, START, '999'),
      ];
      const before = await journal.position();
      assert.deepEqual(await prices.countNew('gold', rows), { added: 4, known: 2 });
      assert.equal(await journal.position(), before);
      const { value, position } = await prices.import('gold', rows, FILE, aBy({ at: START }));
      assert.deepEqual([value, position], [{ added: 4, known: 2 }, before + 1]);
      const { rows: series } = await prices.list({ metal: 'gold', purity: '916' }, ALL);
      assert.deepEqual(
        series.map(({ paisePerGram, held }) => [paisePerGram, held]),
        [701_000, 1_400_000, 700_000, 300_000].map((paise) => [paise, false]),
      );
      assert.equal((await prices.latest('gold', '916', START))?.id, rows[4]?.id);
      const [entry] = await journal.list({}, 1);
      assert.deepEqual([entry?.action, entry?.after?.sha256], ['metal_prices.imported', FILE.sha256]);
      // What is compared with afterwards is the last one of the day.
      const next = await prices.record(aGoldRate(702_000, START), aBy({ at: START }));
      assert.deepEqual([next.value.previous?.id, next.value.price.held], [rows[4]?.id, false]);
      const again = await prices.import('gold', rows, FILE, aBy({ at: START }));
      assert.deepEqual([again.value, again.position], [{ added: 0, known: 6 }, next.position]);
    },
  },
  {
    name: 'an import of stones adds each stone, day and price once',
    run: async ({ prices, journal }) => {
      const stone = aDiamondPrice();
      const rows = [
        stone,
        aDiamondPrice(),
        aDiamondPrice({ color: 'D' }),
        aDiamondPrice({ pricePaise: 8_500_001 }),
        aDiamondPrice({ at: START - DAY, day: dayOf(START - DAY) }),
      ];
      assert.deepEqual(await prices.countNewDiamonds(rows), { added: 4, known: 1 });
      const { value, position } = await prices.importDiamonds(rows, FILE, aBy({ at: START }));
      assert.deepEqual([value, position], [{ added: 4, known: 1 }, await journal.position()]);
      const { rows: listed } = await prices.listDiamonds({}, ALL);
      assert.deepEqual(
        listed.map(({ id }) => id),
        [3, 2, 0, 4].map((place) => rows[place]?.id),
      );
      assert.deepEqual((await prices.importDiamonds(rows, FILE, aBy({ at: START }))).value, {
        added: 0,
        known: 5,
      });
      assert.equal(await journal.position(), position);
    },
  },
  {
    name: 'an import with one row of tomorrow, or with too many, writes nothing',
    run: async (store) => {
      const { prices } = store;
      const at = START;
      const good = anImportedRate(700_000, START);
      const tomorrow = [good, anImportedRate(700_000, START + DAY)];
      const by = () => aBy({ at });
      await refusedWithoutTrace(store, () => prices.import('gold', tomorrow, FILE, by()), 'invalid_input');
      const many = new Array(MAX_IMPORT_ROWS + 1).fill(good);
      await refusedWithoutTrace(store, () => prices.import('gold', many, FILE, by()), 'invalid_input');
      const stones = [aDiamondPrice(), aDiamondPrice({ day: dayOf(START + DAY) })];
      await refusedWithoutTrace(store, () => prices.importDiamonds(stones, FILE, by()), 'invalid_input');
      assert.equal((await prices.listDiamonds({}, ALL)).total, 0);
      // A row that the database itself refuses takes the others back with it.
      const twice = [good, { ...anImportedRate(700_001, START), id: good.id }];
      await assert.rejects(prices.import('gold', twice, FILE, by()));
      assert.equal((await prices.list({ metal: 'gold', includeHeld: true }, ALL)).total, 0);
    },
  },
  {
    name: 'reference data is loaded once and is nobody’s price',
    run: async ({ reference, prices }) => {
      const grades = { names: ['Ideal', 'Good'], codes: Uint8Array.from([0, 1]) };
      const numbers = Float64Array.from([61.5, 55]);
      const data = {
        gold: [{ month: '2025-01', paisePerGram: 770_000, rupeesPerDollar: 86.5 }],
        diamonds: {
          milliCarat: Uint16Array.from([230, 1_010]),
          cut: grades,
          color: { ...grades, names: ['E', 'F'] },
          clarity: { ...grades, names: ['SI1', 'VS2'] },
          depth: numbers,
          table: numbers,
          x: numbers,
          y: numbers,
          z: numbers,
          dollars: Uint16Array.from([326, 5_000]),
        },
      };
      assert.deepEqual(await reference.counts(), { goldMonths: 0, diamonds: 0 });
      const expected = { goldMonths: 1, diamonds: 2 };
      assert.deepEqual((await reference.load(data, aBy())).value, expected);
      assert.deepEqual((await reference.load({ ...data, gold: [] }, aBy())).value, expected);
      assert.deepEqual(await reference.counts(), expected);
      assert.equal((await prices.list({ metal: 'gold', includeHeld: true }, ALL)).total, 0);
      assert.equal((await prices.listDiamonds({}, ALL)).total, 0);
    },
  },
];
