import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { piecesByProduct, takeLines } from './stock.ts';

const product = fc.constantFrom('a', 'b', 'c');
const stocks = fc
  .array(fc.tuple(product, fc.integer({ min: 0, max: 20 })))
  .map((pairs) => new Map<string, number>(pairs));
const lines = fc.array(fc.record({ productId: product, quantity: fc.integer({ min: 1, max: 12 }) }), {
  maxLength: 10,
});

describe('stock', () => {
  it('never gives more than there is, and all that is asked for where it can', () => {
    fc.assert(
      fc.property(stocks, lines, fc.boolean(), (stock, wanted, strict) => {
        const taking = takeLines(stock, wanted, strict);
        const asked = piecesByProduct(wanted.map((line) => ({ ...line, takenQuantity: line.quantity })));
        const isShort = [...asked].some(([id, quantity]) => quantity > (stock.get(id) ?? 0));
        if ('short' in taking) {
          const { index, productId, available, wanted: all } = taking.short;
          assert.ok(strict && isShort);
          assert.equal(available, stock.get(productId) ?? 0);
          assert.equal(all, asked.get(productId));
          assert.ok(all > available);
          const until = wanted.slice(0, index + 1).filter((line) => line.productId === productId);
          const asFarAs = until.map(({ quantity }) => quantity);
          const sum = (of: number[]) => of.reduce((total, each) => total + each, 0);
          assert.equal(wanted[index]?.productId, productId);
          assert.ok(
            sum(asFarAs) > available && sum(asFarAs.slice(0, -1)) <= available,
            'the line that is short',
          );
          return;
        }
        assert.ok(!(strict && isShort));
        const took = wanted.map((line, index) => ({ ...line, takenQuantity: taking.taken[index] ?? -1 }));
        const taken = piecesByProduct(took);
        for (const [id, quantity] of asked) {
          assert.equal(taken.get(id) ?? 0, Math.min(quantity, stock.get(id) ?? 0));
        }
        assert.ok(took.every((line) => line.takenQuantity >= 0 && line.takenQuantity <= line.quantity));
      }),
    );
  });
});
