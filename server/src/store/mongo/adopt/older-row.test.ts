import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Decimal128, ObjectId } from 'mongodb';
import { OlderRow, toUnits, Unfit } from './older-row.ts';

describe('numbers of the older backend', () => {
  it('become the nearest whole unit of the number as it was written, halves away from zero', () => {
    const cases: [number, number, number, boolean][] = [
      [1000.3, 2, 100_030, true],
      [0.1 + 0.2, 2, 30, true],
      [1.005, 2, 101, false],
      [-1.005, 2, -101, false],
      [1000.304, 2, 100_030, false],
      [1e-7, 2, 0, false],
      [0.004, 2, 0, false],
      [5.5, 3, 5500, true],
      [5.0005, 3, 5001, false],
      [123456789.125, 2, 12_345_678_913, false],
    ];
    for (const [value, decimals, units, exact] of cases) {
      assert.deepEqual(toUnits(value, decimals), { units, exact }, String(value));
    }
  });

  it('and what is no such number says which field, and what is allowed', () => {
    const row = new OlderRow({ amount: 'ten', less: -1, big: 1e300, none: Number.NaN, many: [1] });
    for (const name of ['amount', 'less', 'big', 'none', 'missing', 'many']) {
      assert.throws(() => row.rupees(name, 0), new RegExp(`^Unfit: ${name} is .*, it must be`));
    }
    assert.equal(new OlderRow({ amount: Decimal128.fromString('12.34') }).rupees('amount', 0), 1234);
  });
});

describe('other fields of the older backend', () => {
  const id = new ObjectId('65f000000000000000000001');

  it('ids are plain or references; a time that is not written is that of the id', () => {
    const row = new OlderRow({ _id: id, plain: id, reference: { collection: 'customers', oid: id } });
    assert.equal(row.reference('plain'), id.toHexString());
    assert.equal(row.reference('reference'), id.toHexString());
    assert.equal(row.createdAt, id.getTimestamp().getTime());
    assert.throws(() => new OlderRow({ customer: id.toHexString() }).reference('customer'), Unfit);
  });

  it('what is rounded in the parts counts for the whole', () => {
    const row = new OlderRow({ items: [{ price: 1.005 }, { price: 2 }] });
    assert.deepEqual(
      row.each('items', (item) => item.rupees('price', 0)),
      [101, 200],
    );
    assert.equal(row.rounded, 1);
    assert.throws(() => new OlderRow({ items: [null] }).each('items', () => 0), Unfit);
  });
});
