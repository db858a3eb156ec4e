import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Early } from '../../../domain/actor.ts';
import { refuse } from '../../../domain/shop-error.ts';
import { Callers } from './callers.ts';
import type { Answer } from './door.ts';
import { pack } from './parcel.ts';

const made = (value: string): Answer => ({ outcome: { ok: true, value }, position: 7, requestId: 'r' });
const refused: Answer = {
  outcome: { ok: false, refusal: { code: 'customer_not_found' } },
  position: 7,
  requestId: 'r',
};
const parcels = (...answers: Answer[]) => answers.map((answer, index) => pack({ id: index + 1, answer }));

describe('callers of the writer', () => {
  /** What each has heard so far. */
  function wait(callers: Callers, kinds: readonly ('early' | 'plain')[]) {
    return kinds.map((kind, index) => {
      const heard: string[] = [];
      const early: Early | undefined = kind === 'early' ? { durable: undefined } : undefined;
      callers.add(index + 1, {
        early,
        resolve: ({ value }) => heard.push(`made ${value}`),
        reject: ({ message }) => heard.push(message),
      });
      return { heard, early };
    });
  }
  /** More turns of the event loop than any group of these tests needs. */
  const turns = async () => {
    for (let n = 0; n < 20; n++) await new Promise((resolve) => setImmediate(resolve));
  };

  it('hear nothing of what is announced, but for those who get their answers ready, and only of what was made', async () => {
    const callers = new Callers();
    const told = wait(callers, ['plain', 'early', 'early', 'early']);
    callers.hear({
      kind: 'announced',
      answers: parcels(made('a'), made('b'), refused, { defect: 'a defect' }),
    });
    await turns();
    assert.deepEqual(
      told.map(({ heard }) => heard),
      [[], ['made b'], [], []],
    );
    const durable = told[1]?.early?.durable;
    let isDurable = false;
    void durable?.then(() => {
      isDurable = true;
    });
    await turns();
    assert.deepEqual([isDurable, callers.size], [false, 4]);
    callers.hear({ kind: 'durable' });
    await turns();
    assert.deepEqual(
      told.map(({ heard }) => heard),
      [['made a'], ['made b'], ['customer_not_found'], ['a defect']],
    );
    assert.deepEqual([isDurable, callers.size], [true, 0]);
    assert.deepEqual([told[2]?.early?.durable, told[3]?.early?.durable], [undefined, undefined]);
  });

  it('hear after all that was put off in this turn of the event loop, such as forgetting what was kept for it', async () => {
    const callers = new Callers();
    const told = wait(callers, ['plain', 'plain']);
    let whenForgotten: string[][] = [];
    setImmediate(() => {
      whenForgotten = told.map(({ heard }) => [...heard]);
    });
    callers.hear({ kind: 'answers', answers: parcels(made('a'), made('b')) });
    await Promise.resolve();
    assert.deepEqual(told[0]?.heard, []);
    await turns();
    assert.deepEqual(whenForgotten, [[], []]);
    assert.deepEqual([told[0]?.heard, told[1]?.heard], [['made a'], ['made b']]);
  });

  it('hear why, when what was announced was not made', async () => {
    const callers = new Callers();
    const [early, plain] = wait(callers, ['early', 'plain']);
    callers.hear({ kind: 'announced', answers: parcels(made('a'), made('b')) });
    await turns();
    const full: Answer = {
      outcome: { ok: false, refusal: { code: 'storage_full' } },
      position: 0,
      requestId: 'r',
    };
    callers.hear({ kind: 'answers', answers: parcels(full, full) });
    await assert.rejects(early?.early?.durable ?? Promise.resolve(), { code: 'storage_full' });
    assert.deepEqual([early?.heard, plain?.heard], [['made a'], ['storage_full']]);
  });

  it('hear that nobody knows, when the thread ended between the announcement and the commit', async () => {
    const callers = new Callers();
    const [early, plain, unannounced] = wait(callers, ['early', 'plain', 'plain']);
    callers.hear({ kind: 'announced', answers: parcels(made('a'), made('b')) });
    callers.end(refuse('outcome_unknown', { retryAfterSeconds: 1 }));
    await assert.rejects(early?.early?.durable ?? Promise.resolve(), { code: 'outcome_unknown' });
    assert.deepEqual([plain?.heard, unannounced?.heard], [['outcome_unknown'], ['outcome_unknown']]);
    assert.equal(callers.size, 0);
  });

  it('of a large group are told a few in a turn, all of them, in their order', async () => {
    const callers = new Callers();
    const many = Array.from({ length: 40 }, (_, n) => n);
    const told = wait(
      callers,
      many.map((n) => (n % 2 === 0 ? 'early' : 'plain')),
    );
    callers.hear({ kind: 'announced', answers: parcels(...many.map((n) => made(String(n)))) });
    callers.hear({ kind: 'durable' });
    assert.ok(callers.size === 40, 'all at once');
    await turns();
    assert.deepEqual(
      told.map(({ heard }) => heard.join()),
      many.map((n) => `made ${n}`),
    );
    await Promise.all(told.map(({ early }) => early?.durable));
  });
});
