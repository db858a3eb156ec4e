// Gathers what a training learns from. Pages of rows, between which requests are served.

import { METALS, RATE_PURITIES } from '../../domain/price.ts';
import { dayOf } from '../../domain/shop-day.ts';
import { seriesModelName } from '../../domain/trained-model.ts';
import { LEAST_ROWS } from '../../domain/training-job.ts';
import type { Shop } from '../../http/shop.ts';
import { LARGEST_SIZE } from '../../ml/grade-grid.ts';
import { finePoints, LEAST_WITH_PRIOR, parityPoints } from './series-source.ts';
import { type OwnStone, toOwnStone } from './stone-rows.ts';
import type { SeriesTask } from './train-series.ts';
import type { StoneTraining } from './train-stones.ts';
import type { StonesTask } from './training-task.ts';

const PAGE_STONES = 1000;

type Source = Pick<Shop, 'store' | 'now'>;

/** What there is to learn from; `insufficient` says in the older service's words why it is not enough. */
export interface Gathered<T> {
  task: T | null;
  insufficient: string | null;
}

/** All board series with rates enough. Silver is trained with gold; without any gold the answer is that it lacks. */
export async function gatherSeries({ store, now }: Source): Promise<Gathered<SeriesTask>> {
  const today = dayOf(now());
  const parity = parityPoints(await store.reference.gold(), today);
  const series: SeriesTask['series'] = [];
  let mostGold = 0;
  for (const metal of METALS) {
    for (const purity of RATE_PURITIES[metal]) {
      const points = finePoints(await store.learning.series(metal, purity, today), purity);
      const isGold = metal === 'gold';
      if (isGold) mostGold = Math.max(mostGold, points.length);
      if (points.length < (isGold && parity.length > 0 ? LEAST_WITH_PRIOR : LEAST_ROWS.gold)) continue;
      series.push({ name: seriesModelName(metal, purity), isGold, points });
    }
  }
  const hasGold = parity.length > 0 || series.some(({ isGold }) => isGold);
  return {
    task: hasGold || series.length > 0 ? { parity, series } : null,
    insufficient: hasGold ? null : tooFew(mostGold, LEAST_ROWS.gold),
  };
}

export async function gatherStones(source: Source, training: StoneTraining): Promise<Gathered<StonesTask>> {
  const { diamonds } = await source.store.reference.counts();
  // The models know nothing of larger ones.
  const own = (await readOwnStones(source)).filter(({ carat }) => carat <= LARGEST_SIZE);
  if (diamonds === 0 && own.length < LEAST_ROWS.diamond) {
    return { task: null, insufficient: tooFew(own.length, LEAST_ROWS.diamond) };
  }
  const rate = await rupeesPerDollar(source);
  const basis = diamonds > 0 ? 'reference' : 'shop';
  return { task: { source: basis, own, rupeesPerDollar: rate?.rate ?? null, training }, insufficient: null };
}

/** The latest month of the reference series that has begun. */
export async function rupeesPerDollar({
  store,
  now,
}: Source): Promise<{ month: string; rate: number } | null> {
  const today = dayOf(now());
  const last = (await store.reference.gold()).filter(({ month }) => `${month}-01` <= today).at(-1);
  return last ? { month: last.month, rate: last.rupeesPerDollar } : null;
}

export async function readOwnStones({ store, now }: Source): Promise<OwnStone[]> {
  const today = dayOf(now());
  const own: OwnStone[] = [];
  let page = await store.learning.stones(null, PAGE_STONES, today);
  for (;;) {
    own.push(...page.stones.map(toOwnStone));
    if (page.next === null) return own;
    // The store answers at once: without this nobody else would get a turn between two pages.
    await new Promise<void>((resolve) => setImmediate(resolve));
    page = await store.learning.stones(page.next, PAGE_STONES, today);
  }
}

function tooFew(found: number, least: number): string {
  return `Insufficient data for training. Found ${found} records, need at least ${least}`;
}
