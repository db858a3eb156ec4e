import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Type } from 'typebox';
import { NumberOrText } from '../contract/fields.ts';
import { ShopError } from '../domain/shop-error.ts';
import { bodyChecker } from './validation.ts';

describe('the check of a body', () => {
  it('looks at no more of a list than it may have', () => {
    const view = Type.Object({ name: Type.String() });
    const check = bodyChecker(Type.Object({ views: Type.Array(view, { maxItems: 3 }) }));
    let looked = 0;
    const wrong = (): object =>
      Object.defineProperty({}, 'name', {
        get: () => {
          looked++;
          return null;
        },
      });
    assert.throws(
      () => check({ views: Array.from({ length: 10_000 }, wrong) }),
      (error: ShopError) => {
        assert.ok(error instanceof ShopError);
        assert.deepEqual(error.refusal.fields?.[0], {
          field: 'views',
          rule: 'maxItems',
          limit: 'must have at most 3',
        });
        return true;
      },
    );
    assert.ok(looked < 100, `${looked} looks`);
    check({ views: Array.from({ length: 3 }, () => ({ name: 'mine' })) });
  });

  it('says what is wrong with a text that stands for no number as it says it of all else', () => {
    const check = bodyChecker(Type.Object({ amount: NumberOrText(Type.Number()) }));
    assert.throws(
      () => check({ amount: 'ten' }),
      ({ refusal }: ShopError) => {
        assert.deepEqual(refusal.fields, [{ field: 'amount', rule: 'type', limit: 'must be a number' }]);
        return true;
      },
    );
  });
});
