import assert from 'node:assert/strict';
import { DAY_MS, dayOf } from '../../domain/shop-day.ts';
import type { StonePlace } from '../prediction-store.ts';
import { aBy, aDiamondPrice, aGoldRate, DAY, START } from './builders.ts';
import type { ContractCase } from './contract-case.ts';

const TODAY = dayOf(START);
const FIRST_DAY = Date.parse(`${TODAY}T00:00:00Z`) / DAY_MS - 2;

export const learningCases: ContractCase[] = [
  {
    name: 'a series is every rate in force of its metal and purity up to a day, oldest first',
    run: async ({ prices, learning }) => {
      const empty = await learning.seriesMark('gold', '916', TODAY, 0);
      assert.deepEqual([empty.rows, empty.newRows], [0, 0]);
      await prices.record(aGoldRate(701_000, START), aBy());
      await prices.record(aGoldRate(699_000, START - 2 * DAY), aBy());
      await prices.record(aGoldRate(702_000, START), aBy());
      await prices.record(aGoldRate(703_000, START + DAY), aBy());
      await prices.record(aGoldRate(690_000, START, { purity: '999' }), aBy());
      const { days, paisePerGram } = await learning.series('gold', '916', TODAY);
      assert.deepEqual([...days], [FIRST_DAY, FIRST_DAY + 2, FIRST_DAY + 2]);
      assert.deepEqual([...paisePerGram], [699_000, 701_000, 702_000]);
      assert.equal((await learning.seriesMark('gold', '916', TODAY, 0)).rows, 3);
      assert.equal((await learning.series('silver', '999', TODAY)).days.length, 0);
    },
  },
  {
    name: 'the mark of a series changes with a new rate, a confirmed one and a new day, and counts what is new',
    run: async ({ prices, learning }) => {
      const markOn = async (day = TODAY, position = 0) => learning.seriesMark('gold', '916', day, position);
      const first = await prices.record(aGoldRate(700_000, START - DAY), aBy());
      const one = await markOn(TODAY, first.position);
      assert.deepEqual([one.rows, one.newRows], [1, 0]);
      const held = aGoldRate(770_000, START);
      await prices.record(held, aBy());
      assert.deepEqual(await markOn(TODAY, first.position), one);
      await prices.confirm('gold', held.id, aBy());
      const two = await markOn(TODAY, first.position);
      assert.deepEqual([two.rows, two.newRows], [2, 1]);
      assert.notEqual(two.mark, one.mark);
      assert.equal((await markOn(TODAY)).newRows, 2);
      await prices.record(aGoldRate(700_000, START + DAY, { confirm: true }), aBy());
      assert.equal((await markOn()).mark, two.mark);
      assert.notEqual((await markOn(dayOf(START + DAY))).mark, two.mark);
    },
  },
  {
    name: 'the pages of the stones are all of them, once, in the order of recording',
    run: async ({ prices, learning }) => {
      const carats = [500, 300, 900, 700];
      for (const milliCarat of carats) await prices.recordDiamond(aDiamondPrice({ milliCarat }), aBy());
      const late = await prices.recordDiamond(aDiamondPrice({ milliCarat: 100, day: '2199-01-01' }), aBy());
      const seen: number[] = [];
      let after: StonePlace | null = null;
      do {
        const page = await learning.stones(after, 2, TODAY);
        seen.push(...page.stones.map(({ milliCarat }) => milliCarat));
        after = page.next;
      } while (after !== null);
      assert.deepEqual(seen, carats);
      assert.deepEqual(await learning.countStones(TODAY, 0), { rows: 4, newRows: 4 });
      assert.deepEqual(await learning.countStones(TODAY, late.position), { rows: 4, newRows: 0 });
      assert.deepEqual(await learning.countStones('2199-01-01', late.position - 1), { rows: 5, newRows: 1 });
    },
  },
];
