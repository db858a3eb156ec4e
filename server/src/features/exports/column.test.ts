import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { dayOf } from '../../domain/shop-day.ts';
import { toInstant } from '../../http/wire.ts';
import { plainValue } from './column.ts';

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
