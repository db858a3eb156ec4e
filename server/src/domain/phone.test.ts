import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { normalisePhone, searchedDigits } from './phone.ts';

describe('phone numbers', () => {
  it('are the same in every spelling', () => {
    const spellings = [
      '9876543210',
      '98765 43210',
      '+91 98765-43210',
      '+91 (98765) 43210',
      '919876543210',
      '09876543210',
      '00919876543210',
      ' 98765.43210 ',
      '(+91) 98765 43210',
      '+91 098765 43210',
      '091 98765 43210',
      '0091 (0) 98765 43210',
      '91-098765-43210',
    ];
    for (const typed of spellings) assert.equal(normalisePhone(typed), '+919876543210', typed);
  });

  it('of other countries stay theirs', () => {
    assert.equal(normalisePhone('+1 (415) 555-2671'), '+14155552671');
    assert.equal(normalisePhone('0044 20 7946 0958'), '+442079460958');
    assert.equal(normalisePhone('+971 50 123 4567'), '+971501234567');
  });

  it('are searched for by what every spelling has in common', () => {
    for (const typed of ['+91 98765 43210', '091 98765 43210', '+91 098765 43210', '91 0 98765 43210']) {
      assert.equal(searchedDigits(typed), '919876543210', typed);
    }
    assert.equal(searchedDigits('098765'), '98765');
    assert.equal(searchedDigits('9104'), '9104');
    assert.equal(searchedDigits('Asha 98'), '');
  });

  it('of fewer than 10 or more than 15 digits are none', () => {
    for (const typed of ['', 'abc', '12345', '987654321', '1234567890123456', '+']) {
      assert.equal(normalisePhone(typed), null, typed);
    }
  });

  it('of 10 to 15 digits are never refused', () => {
    const digits = fc.array(fc.constantFrom(...'0123456789'), { minLength: 10, maxLength: 15 });
    fc.assert(
      fc.property(digits, fc.boolean(), (numerals, plus) => {
        const normal = normalisePhone((plus ? '+' : '') + numerals.join(''));
        assert.match(normal ?? '', /^\+\d{10,15}$/);
      }),
    );
  });

  it('stay as they are when normalised again, and do not mind separators', () => {
    const digits = fc.array(fc.constantFrom(...'123456789'), { minLength: 10, maxLength: 15 });
    const gaps = fc.array(fc.constantFrom('', ' ', '-', '.', '(', ')'), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(digits, gaps, (numerals, between) => {
        const plain = normalisePhone(numerals.join(''));
        assert.equal(normalisePhone(numerals.map((digit, i) => digit + between[i]).join('')), plain);
        assert.equal(normalisePhone(plain ?? ''), plain);
      }),
    );
  });
});
