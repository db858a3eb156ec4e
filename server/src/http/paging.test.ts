import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPage, wholeNumber } from './paging.ts';

test('a number of any length is that number, or the largest that counts; a text is none', () => {
  assert.deepEqual(
    [' +7 ', '-3', '999999999999999', '9'.repeat(16), `-${'9'.repeat(400)}`].map((text) =>
      wholeNumber(text, 1),
    ),
    [7, -3, 999_999_999_999_999, 999_999_999_999_999, -999_999_999_999_999],
  );
  assert.deepEqual(
    [undefined, '', '7.5', '1e3', 'abc'].map((text) => wholeNumber(text, 20)),
    Array(5).fill(20),
  );
});

test('a page beyond all numbers is beyond the end, not the first', () => {
  const { page, skip } = readPage({ page: '9'.repeat(20) });
  assert.ok(page > 1 && skip > 0 && Number.isSafeInteger(skip));
  assert.throws(() => readPage({ page: `-${'9'.repeat(20)}` }), {
    message: 'Page number must be greater than 0',
  });
});
