import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  divideHalfUp,
  formatRupees,
  MAX_PAISE,
  share,
  sumPaise,
  toPaise,
  toRupees,
  toSmallestUnit,
} from './money.ts';

const amount = fc.integer({ min: -MAX_PAISE, max: MAX_PAISE });

describe('money', () => {
  it('goes from paise to the wire and back without a loss', () => {
    fc.assert(
      fc.property(amount, (paise) => {
        assert.equal(toPaise(toRupees(paise)), paise);
        assert.equal(toPaise(JSON.parse(JSON.stringify(toRupees(paise)))), paise);
      }),
    );
  });

  it('reads what people write, with float noise but without a third decimal', () => {
    assert.equal(toPaise(749.45 + 0.1), 74_955);
    assert.equal(toPaise(0.1 + 0.2), 30);
    assert.equal(toPaise(1.005 * 100), 10_050);
    assert.equal(toSmallestUnit(1.005, 2), null);
    assert.equal(toSmallestUnit(33.333, 2), null);
    assert.equal(toSmallestUnit(33.333, 3), 33_333);
    assert.equal(toSmallestUnit(1e-7, 2), null);
    assert.equal(toSmallestUnit(9_999_999_999.99, 2), 999_999_999_999);
    assert.equal(toSmallestUnit(9_999_999_999.994, 2), null);
  });

  it('reads no value that is no number, and no negative zero', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      assert.equal(toSmallestUnit(value, 2), null);
      assert.throws(() => toPaise(value), RangeError);
    }
    assert.ok(Object.is(toPaise(-0), 0));
    assert.ok(Object.is(toSmallestUnit(-1e-12, 2), 0));
  });

  it('refuses each third decimal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), fc.integer({ min: 1, max: 9 }), (paise, digit) => {
        assert.equal(
          toSmallestUnit(
            Number(`${Math.floor(paise / 100)}.${String(paise % 100).padStart(2, '0')}${digit}`),
            2,
          ),
          null,
        );
      }),
    );
  });

  it('divides half-up, away from zero, like fractions on paper', () => {
    assert.equal(divideHalfUp(5n, 2n), 3);
    assert.equal(divideHalfUp(-5n, 2n), -3);
    assert.equal(divideHalfUp(4n, 3n), 1);
    assert.throws(() => divideHalfUp(1n, 0n), RangeError);
    assert.throws(() => divideHalfUp(10n ** 30n, 1n), RangeError);
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        fc.bigInt({ min: 1n, max: 10n ** 6n }),
        (a, b) => {
          const error = 2n * (BigInt(divideHalfUp(a, b)) * b - a);
          const magnitude = error < 0n ? -error : error;
          assert.ok(magnitude <= b, 'at most half a unit off');
          if (magnitude === b) assert.equal(error > 0n, a > 0n, 'a half goes away from zero');
        },
      ),
    );
  });

  it('takes shares that products of floats would get wrong', () => {
    assert.equal(share(10_005, 1500, 10_000), 1501);
    assert.equal(share(MAX_PAISE, 99_999, 100_000), 999_990_000_000);
    fc.assert(
      fc.property(amount, (paise) => {
        assert.equal(share(paise, 1, 1), paise);
        assert.equal(share(paise, 10_000, 10_000), paise);
        assert.equal(share(-paise, 1500, 10_000) + share(paise, 1500, 10_000), 0);
      }),
    );
  });

  it('sums exactly or not at all', () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 50 }), (amounts) => {
        assert.equal(
          BigInt(sumPaise(amounts)),
          amounts.reduce((sum, one) => sum + BigInt(one), 0n),
        );
      }),
    );
    assert.throws(() => sumPaise([Number.MAX_SAFE_INTEGER, 1]), RangeError);
  });

  it('writes rupees with Indian grouping', () => {
    const cases: [number, string][] = [
      [0, '₹0.00'],
      [5, '₹0.05'],
      [12_345_670, '₹1,23,456.70'],
      [100_000, '₹1,000.00'],
      [-99_999, '-₹999.99'],
      [MAX_PAISE, '₹10,00,00,00,000.00'],
    ];
    for (const [paise, text] of cases) assert.equal(formatRupees(paise), text);
    fc.assert(
      fc.property(amount, (paise) => {
        assert.equal(Number(formatRupees(paise).replace(/[₹,.]/g, '')), paise);
      }),
    );
  });
});
