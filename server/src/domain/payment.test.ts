import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  type NewPayment,
  type Payment,
  type PaymentTerms,
  paymentsOnStatus,
  planPayments,
  standingPayments,
} from './payment.ts';

const paise = fc.integer({ min: 0, max: 1_000_000_000_000 });
const method = fc.constantFrom('cash', 'upi', 'card', 'khata', null);
const terms: fc.Arbitrary<PaymentTerms> = fc.record({
  method,
  isPaid: fc.boolean(),
  amountPaidPaise: paise,
  payments: fc.option(
    fc.array(
      fc.record({
        method,
        amountPaise: fc.integer({ min: 1, max: 100_000_000_000 }),
        reference: fc.constant(null),
      }),
      { minLength: 1, maxLength: 20 },
    ),
  ),
});

function sum(rows: readonly NewPayment[], inKhata?: boolean): number {
  return rows
    .filter((row) => inKhata === undefined || (row.method === 'khata') === inKhata)
    .reduce((total, row) => total + row.amountPaise, 0);
}

describe('payments', () => {
  it('never come to more than the total, and the khata rows are the debit', () => {
    fc.assert(
      fc.property(paise, terms, (total, said) => {
        const plan = planPayments(total, said);
        if (plan === null) return sum(said.payments ?? []) > total || said.amountPaidPaise > total;
        assert.equal(sum(plan.rows, true), plan.khataPaise);
        assert.ok(sum(plan.rows) <= total);
        assert.ok(plan.rows.every((row) => row.amountPaise > 0));
        if (said.payments === null && said.method === 'khata') assert.equal(sum(plan.rows), total);
        if (said.payments === null && said.isPaid) assert.equal(sum(plan.rows), total);
        return true;
      }),
    );
  });

  it('come to the total when paid, and to nothing but the first khata deal when unpaid', () => {
    const statuses = fc.array(fc.constantFrom('paid', 'partial', 'unpaid'), { maxLength: 8 });
    fc.assert(
      fc.property(paise, terms, statuses, fc.boolean(), (total, said, changes, inKhata) => {
        const plan = planPayments(total, said);
        if (plan === null) return;
        let rows: Payment[] = plan.rows.map((row) => ({ ...row, at: 0, byStatus: false }));
        const atFirst = rows;
        for (const status of changes) {
          const standing = standingPayments(rows, inKhata);
          const added = paymentsOnStatus(total, said.method, standing, status as 'paid');
          assert.equal(sum(added, true), 0, 'the khata is never touched');
          rows = [...rows, ...added.map((row) => ({ ...row, at: 1, byStatus: true }))];
          const now = standingPayments(rows, inKhata);
          if (status === 'paid') assert.equal(sum(now), total);
          const onCredit = now.some((row) => row.method === 'khata');
          if (status === 'unpaid') assert.equal(sum(now, false), onCredit ? sum(atFirst, false) : 0);
          assert.ok(sum(now, false) >= 0);
        }
      }),
    );
  });

  it('are taken back by the method they came in', () => {
    const row = (of: string | null, amountPaise: number, byStatus = false): Payment => ({
      method: of,
      amountPaise,
      reference: null,
      at: 0,
      byStatus,
    });
    assert.deepEqual(
      paymentsOnStatus(500, 'cash', [row('cash', 100), row('upi', 300), row('cash', 100)], 'unpaid'),
      [
        { method: 'cash', amountPaise: -200, reference: null },
        { method: 'upi', amountPaise: -300, reference: null },
      ],
    );
    assert.deepEqual(paymentsOnStatus(500, 'khata', [row('khata', 500)], 'paid'), []);
    assert.deepEqual(paymentsOnStatus(500, 'khata', [row(null, 100), row('khata', 400)], 'unpaid'), []);
  });
});
