import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fitOrder, fitSale, shareOut } from './older-bills.ts';
import { toUnits, Unfit } from './older-row.ts';

const paise = (rupees: number): number => toUnits(rupees, 2).units;

describe('bills of the older backend', () => {
  it('have parts that make the total, whatever rounding did to each', () => {
    for (let n = 0; n < 300; n++) {
      const [subtotal, tax, discount] = [n * 1.017 + 10.0049, n * 0.0305, (n % 7) * 0.3335] as const;
      const given = {
        ...{ subtotalPaise: paise(subtotal), taxPaise: paise(tax), discountPaise: paise(discount) },
        totalPaise: paise(subtotal + tax - discount),
      };
      const { subtotalPaise, taxPaise, discountPaise, totalPaise } = fitOrder(given);
      assert.equal(subtotalPaise + taxPaise - discountPaise, totalPaise);
      assert.deepEqual([taxPaise, totalPaise], [given.taxPaise, given.totalPaise]);
      assert.ok(Math.abs(subtotalPaise - given.subtotalPaise) <= 2);
      const final = Math.max(0, subtotal - discount * 20);
      const sale = fitSale({
        ...{ totalPaise: paise(subtotal), discountPaise: paise(discount * 20) },
        finalPaise: paise(final),
      });
      assert.equal(Math.max(0, sale.totalPaise - sale.discountPaise), sale.finalPaise);
      assert.equal(sale.finalPaise, paise(final));
    }
  });

  it('that say something else than their parts cannot be taken', () => {
    const order = { subtotalPaise: 15_000, taxPaise: 450, discountPaise: 0, totalPaise: 15_500 };
    assert.throws(() => fitOrder(order), /^Unfit: total_amount is ₹155.00, but its parts make ₹154.50$/);
    assert.throws(() => fitOrder({ subtotalPaise: 1, taxPaise: 2, discountPaise: 0, totalPaise: 1 }), Unfit);
    const sale = { totalPaise: 10_000, discountPaise: 1_000, finalPaise: 9_500 };
    assert.throws(() => fitSale(sale), /^Unfit: final_amount is ₹95.00, but its parts make ₹90.00$/);
    assert.throws(() => fitSale({ ...sale, finalPaise: 0 }), Unfit);
    assert.deepEqual(fitSale({ totalPaise: 100, discountPaise: 500, finalPaise: 0 }).totalPaise, 100);
  });

  it('have lines of whole paise that cost what was charged', () => {
    assert.deepEqual(shareOut(2, 300), [{ quantity: 2, unitPricePaise: 150 }]);
    assert.deepEqual(shareOut(3, 10_001), [
      { quantity: 1, unitPricePaise: 3333 },
      { quantity: 2, unitPricePaise: 3334 },
    ]);
    assert.deepEqual(shareOut(3, 0), [{ quantity: 3, unitPricePaise: 0 }]);
    for (let quantity = 1; quantity < 50; quantity++) {
      const lines = shareOut(quantity, 98_765);
      assert.equal(
        lines.reduce((sum, line) => sum + line.quantity * line.unitPricePaise, 0),
        98_765,
      );
      assert.equal(
        lines.reduce((sum, line) => sum + line.quantity, 0),
        quantity,
      );
    }
  });
});
