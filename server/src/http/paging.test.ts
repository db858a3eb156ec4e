import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bothPageInfo, readEither, readPage, wholeNumber } from './paging.ts';

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

test('both shapes agree, also where the rows begin in the middle of a page', () => {
  const info = (query: Record<string, string>, rows: number) => {
    const { has_next, has_prev, has_more } = bothPageInfo(
      { rows: Array(rows).fill(0), total: 46 },
      readEither(query, 100, 1000),
    );
    return { has_next, has_prev, has_more };
  };
  assert.deepEqual(info({ limit: '5', skip: '42' }, 4), { has_next: false, has_prev: true, has_more: false });
  assert.deepEqual(info({ limit: '5', skip: '4' }, 5), { has_next: true, has_prev: true, has_more: true });
  assert.deepEqual(info({}, 46), { has_next: false, has_prev: false, has_more: false });
  assert.deepEqual(info({ page: '3', per_page: '20' }, 6), {
    has_next: false,
    has_prev: true,
    has_more: false,
  });
  assert.deepEqual(info({ page: '9' }, 0), { has_next: false, has_prev: true, has_more: false });
});
