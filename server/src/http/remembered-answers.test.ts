import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ReadyHead } from './ready-head.ts';
import { type Asked, RememberedAnswers, type Repeatable } from './remembered-answers.ts';

const NOBODY: Asked = { encoding: undefined, origin: undefined, authorization: undefined };
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

function answer(holds: () => boolean, asked: Partial<Asked> = {}, body = ''): Repeatable {
  return {
    ...NOBODY,
    ...asked,
    source: { holds },
    tag: '"a"',
    place: 0,
    body,
    head: null,
    shortHead: new ReadyHead(304, {}),
    forAnybody: true,
  };
}
const always = () => true;

describe('answers that were given', () => {
  it('are found by all that they depend on', () => {
    const answers = new RememberedAnswers();
    const ways = [{}, { encoding: 'gzip' }, { origin: 'https://a.example' }, { authorization: 'Bearer a' }];
    const given = ways.map((asked) => answer(always, asked));
    for (const one of given) answers.put('/', one);
    for (const [n, asked] of ways.entries())
      assert.equal(answers.find('/', { ...NOBODY, ...asked }), given[n]);
    assert.equal(answers.find('/', { ...NOBODY, encoding: 'br' }), undefined);
    assert.equal(answers.find('/a', NOBODY), undefined);
  });

  it('are asked once in a turn whether they hold, and all go with one that does not', async () => {
    const answers = new RememberedAnswers();
    let isNew = true;
    let asked = 0;
    const one = answer(() => {
      asked++;
      return isNew;
    });
    answers.put('/', one);
    answers.put('/other', answer(always));
    assert.deepEqual([answers.find('/', NOBODY), answers.find('/', NOBODY), asked], [one, one, 1]);
    isNew = false;
    await nextTurn();
    assert.deepEqual([answers.find('/', NOBODY), asked], [undefined, 2]);
    assert.equal(answers.find('/other', NOBODY), undefined);
  });

  it('give way to a newer one, which counts once', () => {
    const answers = new RememberedAnswers();
    const megabyte = 'a'.repeat(1024 * 1024);
    answers.put('/first', answer(always));
    for (let n = 0; n < 100; n++) answers.put('/', answer(always, {}, megabyte));
    assert.notEqual(answers.find('/first', NOBODY), undefined);
    for (let n = 0; n < 16; n++) answers.put(`/${n}`, answer(always, {}, megabyte));
    assert.equal(answers.find('/first', NOBODY), undefined);
    assert.notEqual(answers.find('/15', NOBODY), undefined);
  });

  it('are a bounded number, in how many ways ever one address is asked', () => {
    const answers = new RememberedAnswers();
    for (let n = 0; n < 1_001; n++) answers.put('/', answer(always, { encoding: String(n) }));
    assert.equal(answers.find('/', { ...NOBODY, encoding: '999' }), undefined);
    assert.notEqual(answers.find('/', { ...NOBODY, encoding: '1000' }), undefined);
  });
});
