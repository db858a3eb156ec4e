import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { balanceAfter, foldBalance, isOverLimit, opposite } from './khata.ts';

const paise = fc.integer({ min: 1, max: 1_000_000_000_000 });
const entry = fc.record({ type: fc.constantFrom('debit' as const, 'credit' as const), amountPaise: paise });

describe('khata', () => {
  it('a debit raises the balance, a credit lowers it, also below 0', () => {
    assert.equal(balanceAfter(74_945, 'debit', 10), 74_955);
    assert.equal(balanceAfter(100, 'credit', 250), -150);
    assert.equal(foldBalance([]), 0);
  });

  it('the fold is debits minus credits, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 50 }), (entries) => {
        const sum = (type: string): bigint =>
          entries.reduce((total, one) => total + (one.type === type ? BigInt(one.amountPaise) : 0n), 0n);
        assert.equal(BigInt(foldBalance(entries)), sum('debit') - sum('credit'));
        assert.equal(foldBalance([...entries].reverse()), foldBalance(entries));
      }),
    );
  });

  it('the opposite of an entry leaves the balance as it was', () => {
    fc.assert(
      fc.property(fc.integer(), entry, (balance, { type, amountPaise }) => {
        const after = balanceAfter(balance, type, amountPaise);
        assert.equal(balanceAfter(after, opposite(type), amountPaise), balance);
      }),
    );
  });

  it('only what raises a balance can be over a limit', () => {
    assert.equal(isOverLimit(0, 100, null), false);
    assert.equal(isOverLimit(0, 100, 100), false);
    assert.equal(isOverLimit(0, 101, 100), true);
    assert.equal(isOverLimit(500, 400, 100), false, 'paying while over the limit');
    assert.equal(isOverLimit(0, 1, 0), true, 'a limit of 0 is no credit at all');
    assert.equal(isOverLimit(-500, -100, 0), false);
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.option(fc.nat()), (before, after, limit) => {
        if (after <= before) assert.equal(isOverLimit(before, after, limit), false);
      }),
    );
  });
});
