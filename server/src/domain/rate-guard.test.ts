import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  bearsOut,
  changeInBasisPoints,
  type DailyRate,
  dailyVariance,
  type GuardShares,
  judgeRate,
  weekdaysBetween,
} from './rate-guard.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

const shares: GuardShares = DEFAULT_SETTINGS;
const rate = (day: string, rupees: number): DailyRate => ({ day, paisePerGram: rupees * 100 });

/** A series that stands still for `days` weekdays and more, so that a usual move is all but nothing. */
function calm(days: number): DailyRate[] {
  const start = Date.parse('2025-01-01T00:00:00Z');
  return Array.from({ length: days }, (_, index) =>
    rate(new Date(start + index * 86_400_000).toISOString().slice(0, 10), 6500),
  );
}

const dayText = fc
  .integer({ min: 0, max: 40_000 })
  .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
const paise = fc.integer({ min: 1, max: 1_000_000_000 });

describe('the rate guard', () => {
  const friday = rate('2026-01-16', 6500);

  it('accepts the first rate of a series, whatever it is', () => {
    assert.equal(judgeRate(rate('2026-01-16', 1), null, [], shares, false), 'accepted');
  });

  it('holds what is beyond both the share and the usual moves, and refuses what is far beyond', () => {
    const history = calm(400);
    const judge = (rupees: number): string =>
      judgeRate(rate('2026-01-19', rupees), friday, history, shares, false);
    assert.equal(judge(6760), 'accepted', 'exactly 4% is not beyond 4%');
    assert.equal(judge(6760.01), 'held');
    assert.equal(judge(6239.99), 'held');
    assert.equal(judge(8125), 'held', 'exactly 25% is not beyond 25%');
    assert.equal(judge(8125.01), 'refused');
    assert.equal(judge(4874.99), 'refused');
  });

  it('lets six usual moves of an unknown series pass: 6% after a weekday, times the root of the gap', () => {
    const judge = (day: string, rupees: number): string =>
      judgeRate(rate(day, rupees), friday, [friday], shares, false);
    assert.equal(judge('2026-01-19', 6889), 'accepted');
    assert.equal(judge('2026-01-19', 6891), 'held');
    assert.equal(judge('2026-01-18', 6891), 'held', 'a weekend counts as one weekday');
    assert.equal(judge('2026-01-22', 7279), 'accepted', 'four weekdays: 12%');
    assert.equal(judge('2026-01-22', 7281), 'held');
  });

  it('never holds an older day, and nothing that is confirmed', () => {
    assert.equal(judgeRate(rate('2026-01-15', 65), friday, [friday], shares, false), 'accepted');
    assert.equal(judgeRate(rate('2026-01-16', 65), friday, [friday], shares, false), 'refused');
    assert.equal(judgeRate(rate('2026-01-16', 65), friday, [friday], shares, true), 'accepted');
  });

  it('counts a second rate only on another day and within 1%', () => {
    const held = rate('2026-01-19', 7000);
    assert.equal(bearsOut(rate('2026-01-20', 7070), held, shares), true);
    assert.equal(bearsOut(rate('2026-01-20', 7070.01), held, shares), false);
    assert.equal(bearsOut(rate('2026-01-20', 6930), held, shares), true);
    assert.equal(bearsOut(rate('2026-01-19', 7000), held, shares), false);
  });

  it('follows the worked variance', () => {
    assert.equal(dailyVariance([]), 1e-4);
    const still = dailyVariance([rate('2026-01-19', 100), rate('2026-01-20', 100)]);
    assert.ok(Math.abs(still - 0.97e-4) < 1e-18);
    // A week's gap steps five times; a wild change counts for 16 times the variance at most.
    const week = dailyVariance([rate('2026-01-12', 100), rate('2026-01-19', 100)]);
    assert.ok(Math.abs(week - 1e-4 * 0.97 ** 5) < 1e-18);
    const wild = dailyVariance([rate('2026-01-19', 100), rate('2026-01-20', 300)]);
    assert.ok(Math.abs(wild - (0.97 + 0.48) * 1e-4) < 1e-18);
    const years = dailyVariance([rate('2020-01-01', 100), rate('2026-01-01', 100)]);
    assert.ok(Math.abs(years - 1e-4 * 0.97 ** 20) < 1e-18);
  });

  it('counts weekdays as a calendar does', () => {
    fc.assert(
      fc.property(dayText, fc.integer({ min: 0, max: 60 }), (from, length) => {
        let expected = 0;
        let to = from;
        for (let n = 1; n <= length; n++) {
          const date = new Date(Date.parse(`${from}T00:00:00Z`) + n * 86_400_000);
          if (date.getUTCDay() % 6 !== 0) expected++;
          to = date.toISOString().slice(0, 10);
        }
        assert.equal(weekdaysBetween(from, to), expected);
        assert.equal(weekdaysBetween(to, from), 0);
      }),
    );
  });

  it('keeps the variance positive and finite on any series', () => {
    const series = fc.array(fc.record({ day: dayText, paisePerGram: paise }), { maxLength: 60 });
    fc.assert(
      fc.property(series, (rates) => {
        const variance = dailyVariance(rates.sort((a, b) => (a.day < b.day ? -1 : 1)));
        assert.ok(Number.isFinite(variance) && variance > 0);
      }),
    );
  });

  it('judges a farther rate never milder than a nearer one on the same side', () => {
    const rank = { accepted: 0, held: 1, refused: 2 };
    fc.assert(
      fc.property(paise, paise, paise, dayText, (base, a, b, day) => {
        if (a >= base !== b >= base) return;
        const [near, far] = Math.abs(a - base) <= Math.abs(b - base) ? [a, b] : [b, a];
        const inForce = { day: '2010-06-01', paisePerGram: base };
        const verdict = (paisePerGram: number): number =>
          rank[judgeRate({ day, paisePerGram }, inForce, [inForce], shares, false)];
        assert.ok(verdict(near) <= verdict(far));
      }),
    );
  });

  it('states the change in basis points, at any size', () => {
    assert.equal(changeInBasisPoints(650000, 700000), 769);
    assert.equal(changeInBasisPoints(650000, 600000), -769);
    fc.assert(
      fc.property(paise, paise, (from, to) => {
        const exact = ((to - from) / from) * 10_000;
        assert.ok(Math.abs(changeInBasisPoints(from, to) - exact) <= 0.5 + Math.abs(exact) * 1e-12);
      }),
    );
  });
});
