// Cells as people in India write them: understood exactly, or not at all.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formatRupees } from '../../domain/money.ts';
import { isAmbiguousDay, quoted, readAmount, readDay, readName, readPurity } from './import-cells.ts';

describe('cells of an imported file', () => {
  it('reads days, always day first', () => {
    const days: [string, string | null][] = [
      ['2026-01-15', '2026-01-15'],
      ['15/01/2026', '2026-01-15'],
      ['15-01-2026', '2026-01-15'],
      ['15.1.2026', '2026-01-15'],
      ['15/01/2026 10:30', '2026-01-15'],
      ['3/4/2026', '2026-04-03'],
      ['15 Jan 2026', '2026-01-15'],
      ['15-Jan-2026', '2026-01-15'],
      ['1 SEPT 2025', '2025-09-01'],
      ['15 January, 2026', '2026-01-15'],
      ['2026-01-15T00:00:00.000Z', '2026-01-15'],
      ['2026-01-15T18:30:00Z', '2026-01-16'],
      ['2026-01-15 23:59:59', '2026-01-15'],
      ['29/02/2024', '2024-02-29'],
      ['29/02/2026', null],
      ['01/15/2026', null],
      ['31/04/2026', null],
      ['15/01/26', null],
      ['15/01-2026', null],
      ['15 Janvier 2026', null],
      ['15 Marmalade 2026', null],
      ['46037', null],
      ['yesterday', null],
      ['0000-00-00', null],
      ['2026-01-15T25:00:00Z', null],
    ];
    for (const [text, day] of days) assert.equal(readDay(text), day, text);
    assert.deepEqual(
      ['03/04/2026', '13/04/2026', '4/4/2026', '2026-04-03', '3 Apr 2026'].map(isAmbiguousDay),
      [true, false, false, false, false],
    );
  });

  it('reads amounts with the grouping of India, a rupee sign, and no float', () => {
    const amounts: [string, number | null][] = [
      ['6500', 650_000],
      ['6500.5', 650_050],
      ['0.07', 7],
      ['6500.500', 650_050],
      ['1,23,456.00', 12_345_600],
      ['₹1,23,456', 12_345_600],
      ['₹ 6,500/-', 650_000],
      ['Rs. 6,500.50', 650_050],
      ['INR 123,456.10', 12_345_610],
      ['8.29', 829],
      ['1.005', null],
      ['6500,50', null],
      ['1,2,3', null],
      ['12,34', null],
      ['-5', null],
      ['1e3', null],
      ['0x10', null],
      ['Infinity', null],
      ['NaN', null],
      ['5g', null],
      ['$5', null],
      ['.5', null],
      ['9999999999999', null],
    ];
    for (const [text, paise] of amounts) assert.equal(readAmount(text, 2), paise, text);
    assert.equal(readAmount('1.005', 3), 1005);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (paise) => readAmount(formatRupees(paise), 2) === paise),
    );
  });

  it('reads marks that name one purity, and grades in any case', () => {
    const gold = ['916', '999', '995', '750', '585'];
    assert.deepEqual(
      ['916', '22K', '22 kt', '18k', '14KT', '24K', '23K', '91.6', ''].map((text) =>
        readPurity(text, gold, true),
      ),
      ['916', '916', '916', '750', '585', null, null, null, null],
    );
    assert.equal(readPurity('22K', ['999', '925'], false), null);
    assert.equal(readName('very  GOOD', ['Good', 'Very Good']), 'Very Good');
    assert.equal(readName('Premium', ['Good', 'Very Good']), null);
  });

  it('shows a cell without what a terminal would obey', () => {
    assert.equal(quoted('\u001B[2J\u009B1m'), '"\\u001b[2J?1m"');
    assert.equal(quoted('x'.repeat(100)).length, 45);
  });
});
