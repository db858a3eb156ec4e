import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toInstant, toInstantOrNull } from './wire.ts';

const DAY = 86_400_000;

test('an instant is written as Date writes it, whatever day it falls on', () => {
  const days = Array.from({ length: 12_000 }, (_, n) => (n - 3_000) * DAY);
  const edges = days.flatMap((day) => [day - 1, day, day + 1, day + 45_296_789]);
  // Twice: more days than are kept, so that each is learnt, forgotten and learnt again.
  for (const at of [...edges, ...edges]) assert.equal(toInstant(at), new Date(at).toISOString());
});

test('instants far away, and none', () => {
  for (const at of [0, -62_198_755_200_000, 253_402_300_800_000, 8_640_000_000_000_000]) {
    assert.equal(toInstant(at), new Date(at).toISOString());
  }
  assert.equal(toInstantOrNull(null), null);
  assert.throws(() => toInstant(Number.NaN), RangeError);
});
