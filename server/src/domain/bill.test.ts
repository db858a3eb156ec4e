import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { lineTotals, orderTotal, saleTotal } from './bill.ts';

const MAX = 1_000_000_000_000;
const lines = fc.array(
  fc.record({
    quantity: fc.integer({ min: 1, max: 10_000 }),
    unitPricePaise: fc.integer({ min: 0, max: MAX }),
  }),
  { minLength: 1, maxLength: 200 },
);
const cheapLines = fc.array(
  fc.record({
    quantity: fc.integer({ min: 1, max: 100 }),
    unitPricePaise: fc.integer({ min: 0, max: 10_000_000 }),
  }),
  { minLength: 1, maxLength: 200 },
);

describe('the arithmetic of orders', () => {
  it('equals a BigInt oracle, and refuses what is over the limit', () => {
    fc.assert(
      fc.property(fc.oneof(lines, cheapLines), (of) => {
        const oracle = of.map((line) => BigInt(line.quantity) * BigInt(line.unitPricePaise));
        const sum = oracle.reduce((a, b) => a + b, 0n);
        const totals = lineTotals(of);
        if (sum > BigInt(MAX)) return assert.equal(totals, null);
        assert.deepEqual(totals?.linesPaise.map(BigInt), oracle);
        assert.equal(BigInt(totals?.sumPaise ?? -1), sum);
      }),
      { numRuns: 1000 },
    );
  });

  it('adds tax and takes off a discount that is no larger', () => {
    const paise = fc.integer({ min: 0, max: MAX });
    fc.assert(
      fc.property(paise, paise, paise, (subtotal, tax, discount) => {
        const total = orderTotal(subtotal, tax, discount);
        if (discount > subtotal + tax) return assert.equal(total, 'discount_too_large');
        if (subtotal + tax - discount > MAX) return assert.equal(total, 'too_large');
        assert.equal(total, subtotal + tax - discount);
      }),
    );
    assert.equal(orderTotal(MAX, 1, 0), 'too_large');
    assert.equal(orderTotal(MAX, 1, 1), MAX);
    assert.equal(orderTotal(0, 0, 1), 'discount_too_large');
  });

  it('makes a sale free, never negative', () => {
    assert.equal(saleTotal(100, 30), 70);
    assert.equal(saleTotal(100, 300), 0);
  });
});
