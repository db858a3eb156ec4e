import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { randomText } from './random-text.ts';

const DIGITS = '0123456789';

describe('unpredictable text', () => {
  it('is as long as asked and of the alphabet alone, however much is drawn', () => {
    for (const length of [0, 1, 4, 64, 5_000]) {
      const text = randomText(length, DIGITS);
      assert.equal(text.length, length);
      assert.match(text, /^\d*$/);
    }
  });

  it('is another one each time', () => {
    const texts = Array.from({ length: 2_000 }, () => randomText(24, DIGITS));
    assert.equal(new Set(texts).size, texts.length);
  });

  it('has no character oftener than another where the alphabet does not divide a byte', () => {
    // Of 200 characters, the first 56 would come twice as often: 44 of 100 in place of 28.
    const alphabet = Array.from({ length: 200 }, (_, n) => String.fromCharCode(0x100 + n)).join('');
    const drawn = randomText(20_000, alphabet);
    const early = [...drawn].filter((character) => alphabet.indexOf(character) < 56).length;
    assert.ok(early > 4_800 && early < 6_400, `${early} of 20,000`);
  });
});
