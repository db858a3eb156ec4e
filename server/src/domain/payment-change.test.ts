import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Order, OrderPaymentStatus } from './order.ts';
import type { Payment } from './payment.ts';
import { paymentsOnChange, standingInKhata } from './payment-change.ts';

const row = (method: string | null, amountPaise: number, byStatus = false): Payment => ({
  method,
  amountPaise,
  reference: null,
  at: 0,
  byStatus,
});
const orderOf = (paymentStatus: OrderPaymentStatus, ...payments: Payment[]) =>
  ({ version: 7, totalPaise: 100_010, paymentMethod: '', paymentStatus, payments }) as Order;

function booked(order: Order, status: OrderPaymentStatus, inKhata: boolean): number {
  return paymentsOnChange(order, { status }, inKhata).reduce((sum, { amountPaise }) => sum + amountPaise, 0);
}

describe('a change of the payment status', () => {
  it('books what is missing, or takes back what came in', () => {
    assert.equal(booked(orderOf('unpaid'), 'paid', false), 100_010);
    assert.equal(booked(orderOf('partial', row('upi', 40_000)), 'paid', false), 60_010);
    assert.equal(booked(orderOf('partial', row('upi', 40_000)), 'unpaid', false), -40_000);
    assert.equal(booked(orderOf('paid', row('upi', 100_010)), 'partial', false), 0);
    const takenBack = orderOf('unpaid', row('upi', 100_010), row('upi', -100_010));
    assert.equal(booked(takenBack, 'paid', false), 100_010);
  });

  it('books nothing to the status that the order has, whatever is missing', () => {
    assert.equal(booked(orderOf('paid'), 'paid', false), 0);
    assert.equal(booked(orderOf('unpaid', row('cash', 500)), 'unpaid', false), 0);
  });

  it('counts the khata for as long as its debit stands, and what a status added beside it', () => {
    const parts = [row(null, 40_000), row('khata', 60_010)];
    assert.equal(booked(orderOf('unpaid', ...parts), 'paid', true), 0);
    assert.equal(booked(orderOf('unpaid', ...parts), 'paid', false), 60_010);
    assert.equal(booked(orderOf('paid', ...parts), 'unpaid', true), 0);
    assert.equal(booked(orderOf('paid', ...parts), 'unpaid', false), -40_000);
    const later = [row(null, 40_000), row('khata', 30_000), row(null, 30_010, true)];
    assert.equal(booked(orderOf('paid', ...later), 'unpaid', true), -30_010);
  });

  it('books a part that came in, as often as one does, for as long as it is less than what is missing', () => {
    const part = (order: Order, partPaise: number, inKhata = false) =>
      paymentsOnChange(order, { status: 'partial', method: 'cash', partPaise }, inKhata);
    const one = { method: 'cash', reference: null };
    assert.deepEqual(part(orderOf('unpaid'), 40_000), [{ ...one, amountPaise: 40_000 }]);
    const second = orderOf('partial', row('upi', 40_000));
    assert.deepEqual(part(second, 60_009), [{ ...one, amountPaise: 60_009 }]);
    assert.deepEqual(paymentsOnChange(second, { status: 'partial', partPaise: 1, amountPaise: 1 }, false), [
      { method: null, reference: null, amountPaise: 1 },
    ]);
    const told = () => paymentsOnChange(second, { status: 'partial', partPaise: 1, amountPaise: 2 }, false);
    assert.throws(told, { code: 'stale_version' });
    const onKhata = orderOf('partial', row('khata', 100_010));
    for (const [order, partPaise, inKhata] of [
      [second, 60_010, false],
      [second, 60_011, false],
      [orderOf('paid', row('upi', 100_010)), 1, false],
      [onKhata, 1, true],
    ] as const) {
      assert.throws(() => part(order, partPaise, inKhata), { code: 'invalid_input' }, `${partPaise}`);
    }
    assert.equal(part(onKhata, 1, false).length, 1);
    assert.throws(() => part({ ...second, status: 'cancelled' }, 1), { code: 'order_is_cancelled' });
  });

  it('is refused where it comes to another amount than the caller was told', () => {
    const order = orderOf('partial', row('upi', 40_000));
    const told = (status: OrderPaymentStatus, amountPaise: number) => () =>
      paymentsOnChange(order, { status, amountPaise }, false);
    assert.equal(told('paid', 60_010)().length, 1);
    assert.deepEqual(told('partial', 0)(), []);
    for (const [status, amountPaise] of [
      ['paid', 60_009],
      ['paid', 0],
      ['partial', 1],
      ['unpaid', 40_000],
    ] as const) {
      assert.throws(told(status, amountPaise), { code: 'stale_version' }, `${status} ${amountPaise}`);
    }
  });
});

it('of a cancelled order only what went to the khata is credited there', () => {
  const order = orderOf('paid', row('cash', 100), row('khata', 300), row('khata', 50), row(null, 549));
  assert.equal(standingInKhata(order, true), 350);
  assert.equal(standingInKhata(order, false), 0);
});
