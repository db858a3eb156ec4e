// What a training refuses to bring: anything that is no number, without harm to the other target.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { trainPriceModel } from '../../ml/backtest.ts';
import type { PricePoint } from '../../ml/price-series.ts';
import type { OwnStone } from './stone-rows.ts';
import { refuseUnfit } from './train-series.ts';
import { type FromThread, runTask, type StonesTask } from './training-task.ts';

const points: PricePoint[] = Array.from({ length: 60 }, (_, index) => ({
  day: 20_000 + index,
  price: 7000 + index,
}));
const stones: OwnStone[] = Array.from({ length: 60 }, (_, index) => ({
  carat: 0.3 + index / 50,
  grades: [index % 5, index % 7, index % 8],
  rupees: 50_000 + 1000 * index,
}));
const diamond: StonesTask = {
  source: 'shop',
  own: stones,
  rupeesPerDollar: null,
  training: { seed: 1, withBands: false, trees: 3 },
};

async function endsOf(task: Parameters<typeof runTask>[0]): Promise<FromThread[]> {
  const messages: FromThread[] = [];
  await runTask(task, (message) => messages.push(message));
  return messages.filter(({ kind }) => kind !== 'progress');
}

describe('a training', () => {
  it('fails on rows that are no numbers, and goes on with the other target', async () => {
    const spoiledSeries = {
      name: 'gold-916' as const,
      isGold: true,
      points: [...points, { day: 20_100, price: Number.NaN }],
    };
    const ends = await endsOf({ gold: { parity: [], series: [spoiledSeries] }, diamond });
    assert.deepEqual(
      ends.map((end) => (end.kind === 'progress' ? '' : `${end.kind} ${end.target}`)),
      ['failed gold', 'trained diamond'],
    );
    const spoiled = { ...diamond, own: [...stones, { ...(stones[0] as OwnStone), rupees: Number.NaN }] };
    assert.equal((await endsOf({ gold: null, diamond: spoiled }))[0]?.kind, 'failed');
  });

  it('brings the other series where one is not fit to serve, and says which', async () => {
    const spoiled = [...points, { day: 20_100, price: Number.NaN }];
    const series = [
      { name: 'gold-916' as const, isGold: true, points },
      { name: 'platinum-999' as const, isGold: false, points: spoiled },
      { name: 'silver-999' as const, isGold: false, points },
    ];
    const ends = await endsOf({ gold: { parity: [], series }, diamond: null });
    const [trained, failed] = ends;
    assert.ok(trained?.kind === 'trained' && failed?.kind === 'failed' && ends.length === 2);
    assert.deepEqual(
      trained.models.map(({ name }) => name),
      ['gold-916', 'silver-999'],
    );
    assert.match(failed.error, /NaN/);
  });

  it('learns a rate that never changed: nothing beats no change there', async () => {
    const still = Array.from({ length: 400 }, (_, index) => ({ day: 20_000 + index, price: 7000 }));
    const series = [{ name: 'gold-916' as const, isGold: true, points: still }];
    const [end] = await endsOf({ gold: { parity: [], series }, diamond: null });
    assert.equal(end?.kind, 'trained', JSON.stringify(end));
    const { model, scores } = trainPriceModel(still);
    assert.equal(model.driftShares[0], 0);
    assert.ok(scores.every((score) => Object.values(score).every(Number.isFinite)));
  });

  it('learns the open monthly series, as it stands in the program', async () => {
    const text = await readFile(new URL('../../../data/gold_inr_monthly.csv', import.meta.url), 'utf8');
    const months = text.trim().split('\n').slice(1);
    const parity = months.map((line) => {
      const [date = '', , , price] = line.split(',');
      return { day: Date.parse(date) / 86_400_000, price: Number(price) };
    });
    const [end] = await endsOf({ gold: { parity, series: [] }, diamond: null });
    assert.ok(end?.kind === 'trained', JSON.stringify(end));
    const [model] = end.models;
    assert.deepEqual([model?.name, model?.dataPoints], ['gold-reference', parity.length]);
    assert.ok((model?.metrics.coverage_80_at_12_months ?? 0) > 0.7);
  });

  it('gives equal bytes for equal rows', async () => {
    const [first, second] = [await endsOf({ gold: null, diamond }), await endsOf({ gold: null, diamond })];
    assert.deepEqual(first, second);
  });

  it('brings no model that gives no sane prices, or whose ranges never held', () => {
    const trained = trainPriceModel(points);
    refuseUnfit('gold-916', trained);
    const model = { ...trained.model, variance: Number.NaN };
    assert.throws(() => refuseUnfit('gold-916', { ...trained, model }), /gold-916 is not fit to serve/);
    const scores = trained.scores.map((score) => ({ ...score, independent: 50, coverage95: 0.2 }));
    assert.throws(() => refuseUnfit('gold-916', { ...trained, scores }), /95% range over 1 steps held 20%/);
  });
});
