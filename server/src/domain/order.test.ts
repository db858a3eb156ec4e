import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addNote, mayChangeStatus, methodOf, ORDER_STATUSES, orderNumbers } from './order.ts';

const AT = Date.parse('2026-01-15T23:59:59.999Z');

describe('orders', () => {
  it('are numbered by the UTC date', () => {
    assert.deepEqual([...orderNumbers(AT, '7K2QAB12')], ['ORD-20260115-7K2Q', 'ORD-20260115-AB12']);
    assert.deepEqual([...orderNumbers(AT + 1, '7K2Q')], ['ORD-20260116-7K2Q']);
    assert.deepEqual([...orderNumbers(AT, '')], []);
  });

  it('may go anywhere but out of cancelled', () => {
    for (const from of ORDER_STATUSES) {
      for (const to of ORDER_STATUSES) {
        assert.equal(mayChangeStatus(from, to), from !== 'cancelled' || to === 'cancelled');
      }
    }
  });

  it('know the khata in any spelling of the free text', () => {
    assert.equal(methodOf('khata'), 'khata');
    assert.equal(methodOf(' KHATA '), 'khata');
    assert.equal(methodOf('khata later'), 'khata later');
    assert.equal(methodOf(''), null);
    assert.equal(methodOf('  '), null);
    assert.equal(methodOf('Cash'), 'Cash');
  });

  it('keep notes one a line, stamped in UTC', () => {
    const once = addNote('', 'size 14', AT);
    assert.equal(once, '[2026-01-15 23:59:59] size 14');
    assert.equal(addNote(once, 'paid', AT + 1), `${once}\n[2026-01-16 00:00:00] paid`);
  });
});
