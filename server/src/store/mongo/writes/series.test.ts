// What the guard looks back on: the same days whoever keeps them, and never a series of decades as a whole.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addDays } from '../../../domain/period.ts';
import { type DailyRate, GUARD_DAYS } from '../../../domain/rate-guard.ts';
import { aBy, newId, START } from '../../contract-suite/builders.ts';
import type { MetalRow } from '../rows.ts';
import { dailyRates, latestFirst } from './series.ts';
import type { Tx } from './tx.ts';
import { type AnyQuery, GroupView, RowsNeeded } from './view.ts';

const TODAY = '2026-01-15';
const SERIES = { metal: 'gold', purity: '916' } as const;

/** So many rates for each of these days before today, and some that do not count. */
function ratesOf(days: number, ofDay: (index: number) => number): MetalRow[] {
  const rows: MetalRow[] = [];
  for (let index = 0; index < days; index++) {
    for (let n = 0; n < ofDay(index); n++) rows.push(rate(addDays(TODAY, index - days + 1), rows.length + 1));
  }
  const none = { ...rate(TODAY, rows.length + 1), id: newId() };
  return [...rows, { ...none, purity: '999' }, { ...none, held: true }, { ...none, day: addDays(TODAY, 1) }];
}

function rate(day: string, position: number): MetalRow {
  const price = { ...SERIES, paisePerGram: position, at: START, day, source: 'x', held: false };
  return { id: newId(), shopId: 'main', ...price, position, place: 0, createdAt: START };
}

/** Asks as the door does; how many rows came over the wire, in how many readings. */
function ask(stored: readonly MetalRow[], own: readonly MetalRow[] = []) {
  const view = new GroupView();
  let read = 0;
  for (let readings = 0; ; readings++) {
    view.restart();
    for (const row of own) view.add('price_history', row);
    try {
      const tx = { by: aBy(), find: (query: never) => view.find(query) } as unknown as Tx;
      return { days: dailyRates(tx, SERIES), read, readings };
    } catch (error) {
      if (!(error instanceof RowsNeeded)) throw error;
    }
    for (const query of view.takeNeeded()) {
      const rows = answer(query, stored);
      read += rows.length;
      for (const row of rows) view.addRead('price_history', row);
    }
  }
}

function answer({ matches, first }: AnyQuery, stored: readonly MetalRow[]): MetalRow[] {
  const rows = stored.filter(matches as (row: MetalRow) => boolean).sort(latestFirst);
  return rows.slice(0, first?.limit);
}

/** The same, read whole. */
function lastOfEachDay(stored: readonly MetalRow[]): DailyRate[] {
  const counted = stored.filter(({ purity, held, day }) => purity === '916' && !held && day <= TODAY);
  const last = new Map(
    counted
      .sort(latestFirst)
      .reverse()
      .map((row) => [row.day, row.paisePerGram]),
  );
  return [...last].map(([day, paisePerGram]) => ({ day, paisePerGram })).slice(-GUARD_DAYS);
}

describe('the days that the guard looks back on', () => {
  it('are read without the decades behind them', () => {
    const stored = ratesOf(11_000, () => 1);
    const { days, read, readings } = ask(stored);
    assert.deepEqual(days, lastOfEachDay(stored));
    assert.deepEqual([days.length, read, readings], [GUARD_DAYS, 2 * GUARD_DAYS, 1]);
  });

  it('are as many where each has many rates, or some have, or there are fewer', () => {
    for (const stored of [
      ratesOf(500, () => 9),
      ratesOf(500, (index) => (index % 7 === 0 ? 30 : 1)),
      ratesOf(100, () => 20),
      ratesOf(3, () => 1),
      ratesOf(0, () => 0),
    ]) {
      const { days, readings } = ask(stored);
      assert.deepEqual(days, lastOfEachDay(stored));
      assert.ok(readings <= 3);
    }
  });

  it('hold what the group itself has written', () => {
    const stored = ratesOf(1_000, () => 1);
    const own = [rate(TODAY, 5_000), rate(addDays(TODAY, -1), 5_001), rate(addDays(TODAY, -390), 5_002)];
    assert.deepEqual(ask(stored, own).days, lastOfEachDay([...stored, ...own]));
  });
});
