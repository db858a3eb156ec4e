import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { it } from 'node:test';
import fc from 'fast-check';
import type { Order } from '../../domain/order.ts';
import { dayOf } from '../../domain/shop-day.ts';
import { toInstant } from '../../http/wire.ts';
import { plainValue } from './column.ts';
import { ORDER_COLUMNS } from './columns.ts';
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
