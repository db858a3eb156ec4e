import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { DAY_MS, dayOf, endOfDay, isCalendarDay, isDay, parseInstant, startOfDay } from './shop-day.ts';

const instant = fc.integer({ min: Date.parse('1990-01-01'), max: Date.parse('2100-01-01') });

describe('the days of the shop', () => {
  it('begin at midnight in India', () => {
    assert.equal(dayOf(Date.parse('2026-01-14T18:29:59.999Z')), '2026-01-14');
    assert.equal(dayOf(Date.parse('2026-01-14T18:30:00.000Z')), '2026-01-15');
    // Back again: the day asked for last is no day of another instant.
    assert.equal(dayOf(Date.parse('2026-01-14T18:29:59.999Z')), '2026-01-14');
    assert.equal(new Date(startOfDay('2026-01-15')).toISOString(), '2026-01-14T18:30:00.000Z');
    assert.equal(new Date(endOfDay('2026-12-31')).toISOString(), '2026-12-31T18:30:00.000Z');
  });

  it('hold each instant once, as the clock of India shows it', () => {
    const indian = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata', dateStyle: 'short' });
    fc.assert(
      fc.property(instant, (at) => {
        const day = dayOf(at);
        assert.equal(day, indian.format(at));
        assert.ok(startOfDay(day) <= at && at < endOfDay(day));
        assert.equal(endOfDay(day) - startOfDay(day), DAY_MS);
        assert.ok(isDay(day));
      }),
    );
  });

  it('are days of the calendar', () => {
    for (const day of ['2026-01-15', '2024-02-29', '1900-01-01', '2200-12-31']) assert.ok(isDay(day), day);
    const none = [
      '2026-02-29',
      '2026-02-30',
      '2026-13-01',
      '2026-00-10',
      '2026-1-5',
      '15-01-2026',
      '',
      'today',
    ];
    for (const day of [...none, '1899-12-31', '2201-01-01', '2026-01-15T00:00:00Z', '٢٠٢٦-٠١-١٥']) {
      assert.equal(isDay(day), false, day);
    }
  });
});

describe('instants from outside', () => {
  it('are read with their offset, without one as UTC', () => {
    const cases: [string, string][] = [
      ['2026-01-15T10:30:00Z', '2026-01-15T10:30:00.000Z'],
      ['2026-01-15T10:30:00.123456', '2026-01-15T10:30:00.123Z'],
      ['2026-01-15 10:30', '2026-01-15T10:30:00.000Z'],
      ['2026-01-15T16:00:00+05:30', '2026-01-15T10:30:00.000Z'],
      ['2026-01-15T16:00:00+0530', '2026-01-15T10:30:00.000Z'],
    ];
    for (const [text, expected] of cases) {
      const at = parseInstant(text);
      assert.equal(at === null ? null : new Date(at).toISOString(), expected, text);
    }
  });

  it('of any year, as the open ends of a range are', () => {
    for (const day of ['0001-01-01', '1899-12-31', '9999-12-31']) {
      assert.deepEqual([isCalendarDay(day), isDay(day)], [true, false], day);
      assert.ok(parseInstant(`${day}T23:59:59Z`) !== null, day);
    }
    assert.deepEqual([isCalendarDay('9999-02-30'), isCalendarDay('2026-1-1')], [false, false]);
  });

  it('are no days and no nonsense', () => {
    for (const text of [
      '2026-01-15',
      '2026-02-30T10:00:00Z',
      '2026-01-15T25:00:00Z',
      '2026-01-15T10:60:00Z',
      'now',
      '',
    ]) {
      assert.equal(parseInstant(text), null, text);
    }
  });

  it('come back from the wire as they went out', () => {
    fc.assert(fc.property(instant, (at) => assert.equal(parseInstant(new Date(at).toISOString()), at)));
  });
});
