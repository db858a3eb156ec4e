import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { it } from 'node:test';
import fc from 'fast-check';
import type { Order } from '../../domain/order.ts';
import type { Sale } from '../../domain/sale.ts';
import { dayOf } from '../../domain/shop-day.ts';
import { toInstant } from '../../http/wire.ts';
import { plainValue } from './column.ts';
import { ORDER_COLUMNS, SALE_COLUMNS } from './columns.ts';
import { csvBytes } from './write-csv.ts';

it('days and instants of cells are those of the API, in whatever order they come', () => {
  const at = fc.integer({ min: Date.parse('1901-01-01T00:00:00Z'), max: Date.parse('2199-12-31T23:59:59Z') });
  fc.assert(
    fc.property(fc.array(at, { minLength: 1 }), (instants) => {
      for (const instant of instants) {
        assert.equal(plainValue('day', instant), dayOf(instant));
        assert.equal(plainValue('instant', instant), toInstant(instant));
      }
    }),
  );
});

it('an order number that an older shop brought along is text as any other', async () => {
  const columns = ORDER_COLUMNS.filter(({ name }) => name === 'Order Number');
  const older = { orderNumber: '=1,2' } as Order;
  const file = await Readable.from(csvBytes(columns, Readable.from([[older]]))).toArray();
  assert.equal(Buffer.concat(file).toString(), '\uFEFFOrder Number\r\n"\'=1,2"\r\n');
});

it('a sale says how it was paid, also where each of its payments says it', () => {
  const column = SALE_COLUMNS.find(({ name }) => name === 'Payment Method');
  const paidBy = (paymentMethod: Sale['paymentMethod'], ...methods: (string | null)[]) =>
    column?.of({ paymentMethod, payments: methods.map((method) => ({ method })) } as Sale);
  assert.equal(paidBy('card', 'card'), 'card');
  assert.equal(paidBy(null, 'upi'), 'upi');
  assert.equal(paidBy(null, 'upi', 'cash', 'upi', 'khata'), 'upi, cash, khata');
  assert.equal(paidBy(null, null), null);
  assert.equal(paidBy(null), null);
});
