// What is said of many pieces that were changed at once, where not all of them went through, and what Undo takes back.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import './page-globals.ts';
import type { ProductWire } from '../../server/src/contract/product.ts';

const { changeMany, manyText, putBack } = await import('../src/features/products/change-many.ts');

interface Sent {
  ids: string[];
  action: string;
  changes?: object;
}

/** A shop in whose catalogue `stood` is as asked already and `gone` is not there; it answers so many calls, then `ends`. */
function shopThat(t: TestContext, calls: number, ends: () => Response | Promise<Response>): Sent[] {
  const sent: Sent[] = [];
  t.mock.method(globalThis, 'fetch', async (_path: string, { body }: { body: string }) => {
    sent.push(JSON.parse(body) as Sent);
    if (sent.length > calls) return ends();
    const data = sent.at(-1)?.ids.map((id) => ({ id, success: id !== 'gone', changed: id !== 'stood' }));
    return Response.json({ success: true, data });
  });
  return sent;
}

const noAnswer = () => Promise.reject(new TypeError('no line'));
const refused = () => Response.json({ error: { type: 'forbidden' } }, { status: 403 });
const pieces = (count: number) => Array.from({ length: count }, (_, index) => `piece ${index}`);

test('of more pieces than one call takes, those that a refused call left are counted and stay chosen', async (t) => {
  const sent = shopThat(t, 1, refused);
  const ids = pieces(1200);
  const result = await changeMany(ids, 'publish');
  assert.deepEqual(
    sent.map((each) => each.ids.length),
    [500, 500],
    'and nothing is sent after it',
  );
  assert.deepEqual(result.done, ids.slice(0, 500));
  assert.deepEqual(result.left, ids.slice(500));
  assert.equal(
    manyText('publishedMany', result),
    '500 pieces published. 700 were not. Your account may not do this. The owner can allow it.',
  );
});

test('where no answer came it is not said that nothing was done; where the first call fails nothing is said to be', async (t) => {
  shopThat(t, 1, noAnswer);
  assert.equal(
    manyText('removedMany', await changeMany(pieces(501), 'delete')),
    '500 pieces removed. Of 1 more it is not known. The shop does not answer. Try again in a moment.',
  );
  await assert.rejects(changeMany(pieces(501), 'delete'), { type: 'unreachable' });
});

test('what stood so already is done and not taken back; what is gone is neither', async (t) => {
  shopThat(t, 1, noAnswer);
  const result = await changeMany(['draft', 'stood', 'gone'], 'publish');
  assert.deepEqual([result.done, result.changed, result.gone], [['draft', 'stood'], ['draft'], ['gone']]);
  assert.equal(manyText('publishedMany', result), '2 pieces published. 1 was not there any more.');
});

test('pieces get back what each had, those that had the same together, and the rest are told of', async (t) => {
  const sent = shopThat(t, 1, refused);
  const piece = (id: string, stock: number) => ({ id, stock_quantity: stock }) as ProductWire;
  const before = [piece('a', 1), piece('b', 2), piece('c', 1), piece('d', 3)];
  const back = await putBack(before, { stock_quantity: 9 });
  assert.deepEqual(sent, [
    { ids: ['a', 'c'], action: 'edit', changes: { stock_quantity: 1 } },
    { ids: ['b'], action: 'edit', changes: { stock_quantity: 2 } },
  ]);
  assert.deepEqual(
    [back.done, back.left],
    [
      ['a', 'c'],
      ['b', 'd'],
    ],
  );
  assert.match(manyText('putBackMany', back), /^2 pieces are as before\. 2 were not\. Your account/);
});
