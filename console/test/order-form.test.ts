// What a new order asks for before it is sent, and where the server's refusal of it stands.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import './page-globals.ts';
import { ApiError } from '../src/api/api-error.ts';
import { noteText } from '../src/features/orders/note-text.ts';
import {
  EMPTY_ORDER,
  type PricedLine,
  type PricedOrder,
  pricedOrder,
  toOrderBody,
} from '../src/features/orders/order-form.ts';

const { formatDateTime } = await import('../src/format/date.ts');
const { checkOrder, placeOrderErrors } = await import('../src/features/orders/check-order.ts');

function orderOf(...lines: Pick<PricedLine, 'quantity' | 'price'>[]): PricedOrder {
  return {
    ...EMPTY_ORDER,
    customer: { id: 'c', name: 'Meera Shah' },
    lines: lines.map((line) => ({ productId: 'p', name: 'Ring', ...line })),
  };
}

test('a line of a new order without its price or its number of pieces is refused beside the field', () => {
  const problems = checkOrder(
    orderOf(
      { quantity: 1, price: 1000 },
      { quantity: 1, price: '' },
      { quantity: '', price: 1000 },
      { quantity: 0, price: 1000 },
      { quantity: 1.5, price: 1000 },
      { quantity: 1, price: 0 },
    ),
  );
  assert.deepEqual(problems, {
    'lines.1.price': 'This is needed.',
    'lines.2.quantity': 'Must be at least 1.',
    'lines.3.quantity': 'Must be at least 1.',
    'lines.4.quantity': 'Must be at least 1.',
  });
  assert.deepEqual(Object.keys(checkOrder({ ...EMPTY_ORDER, lines: [] })), ['customer', 'lines']);
  assert.deepEqual(checkOrder({ ...orderOf({ quantity: 1, price: 100 }), discount: 100 }), {});
  assert.deepEqual(Object.keys(checkOrder({ ...orderOf({ quantity: 1, price: 100 }), discount: 101 })), [
    'discount',
  ]);
});

test('money that is paid now says how it came in, or the drawer and the limit of cash miss it', () => {
  const asked = (more: Partial<PricedOrder>) =>
    checkOrder({ ...orderOf({ quantity: 1, price: 1000 }), ...more });
  assert.deepEqual(asked({ paid: 500 }), { method: 'This is needed.' });
  assert.deepEqual(asked({ paid: 500, method: 'khata' }), { paidBy: 'This is needed.' });
  for (const known of [
    { paid: 500, method: 'cash' },
    { paid: 500, method: 'khata', paidBy: 'upi' },
    { method: 'khata' },
  ] as const) {
    assert.deepEqual(asked(known), {});
  }
  assert.deepEqual(asked({ paid: '' }), {});
});

test('the price of a line is that of its piece at the moment, until somebody types one', () => {
  const line = (productId: string, price: number | '' | null) => ({
    productId,
    name: '',
    quantity: 1,
    price,
  });
  const values = { ...EMPTY_ORDER, lines: [line('a', null), line('a', 0), line('a', ''), line('b', null)] };
  const pricesAt = (price: number) =>
    pricedOrder(values, new Map([['a', { current_price: price }]])).lines.map((each) => each.price);
  assert.deepEqual(pricesAt(1000), [1000, 0, '', '']);
  assert.deepEqual(pricesAt(1100), [1100, 0, '', '']);
});

test('too few pieces and too small a credit stand beside what they concern', () => {
  const refused = (type: string, field: string, rule: string, limit: string) =>
    placeOrderErrors(new ApiError({ type, status: 409, fields: [{ field, rule, limit }] }));
  assert.deepEqual(refused('out_of_stock', 'items.1.quantity', 'stock', 'only 3 in stock'), {
    'lines.1.quantity': 'Only 3 in stock.',
  });
  assert.deepEqual(refused('out_of_stock', 'items.0.quantity', 'stock', 'only 0 in stock'), {
    'lines.0.quantity': 'Sold out.',
  });
  const limit = 'must keep the balance within ₹1,500.00';
  assert.deepEqual(refused('credit_limit_exceeded', 'payment_method', 'credit_limit', limit), {
    method: 'This would go over the credit limit.',
  });
});

test('what the server refuses of a new order stands beside its field', () => {
  const refused = (...names: string[]) =>
    Object.keys(
      placeOrderErrors(
        new ApiError({
          type: 'invalid_input',
          status: 400,
          fields: names.map((field) => ({ field, rule: 'minimum', limit: 'at least 1' })),
        }),
      ),
    );
  assert.deepEqual(refused('items.0.quantity', 'items.2.unit_price', 'items', 'items.1.product_id'), [
    'lines.0.quantity',
    'lines.2.price',
    'lines',
  ]);
  assert.deepEqual(
    refused('customer_id', 'tax_amount', 'discount_amount', 'payment_method', 'amount_paid', 'notes'),
    ['customer', 'tax', 'discount', 'method', 'paid', 'notes'],
  );
});

test('a note that was added to an order has the time of the shop, and keeps whatever else stands in it', () => {
  const notes = [
    'Two rings [2026-11-28 18:36:17] of one size',
    '[2026-11-28 18:36:17] Size 14',
    '[2026-01-15 06:02:03] Called',
    '[2026-13-41 99:00:00] Not a time',
  ].join('\n');
  assert.equal(
    noteText(notes, (at) => formatDateTime(at, 'en')),
    [
      'Two rings [2026-11-28 18:36:17] of one size',
      '29 Nov 2026, 12:06 am: Size 14',
      '15 Jan 2026, 11:32 am: Called',
      '[2026-13-41 99:00:00] Not a time',
    ].join('\n'),
  );
});

test('what is paid now of an order on khata is sent with its method, where somebody says it', () => {
  const sent = (more: Partial<PricedOrder>) => {
    const values = { ...orderOf({ quantity: 3, price: 0.1 }), method: 'khata', ...more };
    const { payment_method, payment_status, amount_paid, payments } = toOrderBody(values);
    return [
      payment_method,
      payment_status,
      amount_paid,
      payments?.map(({ method, amount }) => [method, amount]),
    ];
  };
  const parts = [
    ['cash', 0.1],
    ['khata', 0.2],
  ];
  assert.deepEqual(sent({ paid: 0.1, paidBy: 'cash' }), ['khata', 'partial', undefined, parts]);
  assert.deepEqual(sent({ paid: 0.3, paidBy: 'upi' }), ['khata', 'paid', undefined, [['upi', 0.3]]]);
  assert.deepEqual(sent({ paid: 0.1 }), ['khata', 'partial', 0.1, undefined]);
  assert.deepEqual(sent({ paidBy: 'cash' }), ['khata', 'unpaid', undefined, undefined]);
  assert.deepEqual(sent({ method: 'upi', paid: 0.1, paidBy: 'cash' }), ['upi', 'partial', 0.1, undefined]);

  const refused = (field: string, rule: string) =>
    placeOrderErrors(
      new ApiError({ type: 'invalid_input', status: 400, fields: [{ field, rule, limit: '' }] }),
    );
  assert.deepEqual(Object.keys(refused('payments', 'maximum')), ['paid']);
  assert.deepEqual(Object.keys(refused('payments.0.amount', 'maximum')), ['paid']);
  assert.deepEqual(Object.keys(refused('payments.1.amount', 'credit_limit')), ['method']);
});
