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

describe('what was written by hand', () => {
  it('a number or a time that stands there as text is what it says, and is counted', () => {
    const row = new OlderRow({
      price: ' 1234.5 ',
      count: '3',
      day: '2025-06-01',
      time: '2025-06-01 05:00:00.123456',
    });
    assert.equal(row.rupees('price', 0), 123_450);
    assert.equal(row.count('count', 0), 3);
    assert.equal(row.instant('day'), Date.UTC(2025, 5, 1));
    // Without a zone it is UTC, as the older program wrote it.
    assert.equal(row.instant('time'), Date.UTC(2025, 5, 1, 5, 0, 0, 123));
    assert.equal(row.typed, 4);
    const zoned = new OlderRow({ at: '2025-06-01T10:30:00+05:30' });
    assert.equal(zoned.instant('at'), Date.UTC(2025, 5, 1, 5));
    for (const text of ['1,234', '₹5', '1e3', '', 'ten', '0x10']) {
      assert.throws(() => new OlderRow({ price: text }).rupees('price', 0), Unfit, text);
    }
    for (const text of ['01/06/2025', '2025-13-45', 'yesterday', '']) {
      assert.throws(() => new OlderRow({ at: text }).instant('at'), Unfit, text);
    }
  });

  it('a phone or a purity may be a number', () => {
    const row = new OlderRow({ phone: 9820098200, purity: 916, half: 9.5 });
    assert.equal(row.text('phone', 40), '9820098200');
    assert.equal(row.oneOf('purity', ['916', '750']), '916');
    assert.throws(() => row.text('half', 40), Unfit);
  });

  it('a time that no calendar of ours has is refused by name, and stops nothing else', () => {
    for (const at of [new Date(Number.NaN), new Date(-1), 8.64e15 + 1, Date.UTC(10_000, 0, 1), Number.NaN]) {
      assert.throws(() => new OlderRow({ at }).instant('at'), /at is .*, it must be a date from 1970 on/);
    }
    assert.equal(new OlderRow({ at: 1.5 }).instant('at'), 1);
  });

  it('a balance that is no amount is compared with the entries like any other', () => {
    for (const current_balance of [Number.NaN, Number.POSITIVE_INFINITY, 'much']) {
      assert.equal(new OlderRow({ current_balance }).balance('current_balance'), null);
    }
    assert.throws(
      () => new OlderRow({ amount: Number.NaN }).rupees('amount', 0),
      /amount is NaN, it must be/,
    );
    assert.equal(new OlderRow({}).balance('current_balance'), 0);
    assert.equal(new OlderRow({ current_balance: -0.005 }).balance('current_balance'), -1);
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
