import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pack, unpack } from './parcel.ts';

const crossed = (value: unknown): unknown => unpack(structuredClone(pack(value)));

describe('what crosses the thread', () => {
  it('goes as text where the text says all of it', () => {
    const plain = {
      id: 1,
      args: [{ name: 'नथ "22"\n\ud800', none: null, yes: true, list: [], paise: -12.5 }],
    };
    assert.equal(typeof pack(plain), 'string');
    assert.deepEqual(crossed(plain), plain);
  });

  it('arrives unchanged where JSON would have changed it', () => {
    const values = [
      new Uint8Array([1, 2]),
      new Float64Array([0.5]),
      undefined,
      Number.NaN,
      Number.NEGATIVE_INFINITY,
      -0,
      10n,
      new Date(0),
      new Map([['a', 1]]),
    ];
    for (const value of values) {
      assert.notEqual(typeof pack({ deep: [value] }), 'string', String(value));
      assert.deepEqual(crossed({ deep: [value] }), { deep: [value] });
    }
  });

  it('keeps a member that is undefined, a hole in a list, and a list of any length', () => {
    assert.deepEqual(crossed({ name: undefined }), { name: undefined });
    assert.deepEqual(crossed([1, undefined, 3]), [1, undefined, 3]);
    const long = Array.from({ length: 10_000 }, (_, n) => ({ n }));
    assert.notEqual(typeof pack(long), 'string');
    assert.deepEqual(crossed(long), long);
  });

  it('refuses at the sender what cannot be copied', () => {
    assert.throws(() => crossed({ name: () => 'x' }), { name: 'DataCloneError' });
  });
});
