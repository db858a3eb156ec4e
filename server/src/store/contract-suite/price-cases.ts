import assert from 'node:assert/strict';
import { dayOf } from '../../domain/shop-day.ts';
import { ALL, aBy, aDiamondPrice, aGoldRate, aProduct, DAY, HOUR, newId, START } from './builders.ts';
import { type ContractCase, refused, refusedWithoutTrace } from './contract-case.ts';

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
    name: 'a rate dated in the future prices nothing before its day',
    run: async ({ prices, products }) => {
      const tomorrow = aGoldRate(700_000, START + DAY);
      await prices.record(tomorrow, aBy({ at: START }));
      assert.equal(await prices.latest('gold', '916', START), null);
      assert.deepEqual(await prices.goldBoard(START), []);
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
        (await prices.goldBoard(at)).map(({ id }) => id),
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
      const board = (await prices.goldBoard(START)).map(({ purity, paisePerGram }) => [purity, paisePerGram]);
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
      assert.deepEqual(value, { ...small, createdAt: START });
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
