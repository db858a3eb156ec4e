import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addPerson } from '../../test/builders.ts';
import { openSharedTestShop } from '../../test/shared-test-shop.ts';
import type { TestShop } from '../../test/test-shop.ts';
import { FreshCache } from './fresh-cache.ts';

describe('answers that are kept', () => {
  let shop: TestShop;
  let made = 0;
  before(async () => {
    shop = await openSharedTestShop();
  });
  after(() => shop.close());

  const ask = (cache: FreshCache, key = 'question'): Promise<string> =>
    cache.answer(key, async (today) => `${key} ${today} ${++made}`);

  it('are reused until the books change, whoever changed them', async () => {
    const cache = new FreshCache(shop.shop);
    const first = await ask(cache);
    assert.equal(await ask(cache), first);
    await addPerson(shop);
    assert.notEqual(await ask(cache), first);
  });

  it('do not outlive the day of the shop, nor come back when the clock is set back', async () => {
    const cache = new FreshCache(shop.shop);
    shop.clock.now = Date.parse('2026-01-15T18:29:59.999Z');
    const before = await ask(cache);
    assert.ok(before.includes('2026-01-15'));
    shop.clock.now += 1;
    const after = await ask(cache);
    assert.ok(after.includes('2026-01-16'));
    shop.clock.now -= 1;
    assert.notEqual(await ask(cache), before);
  });

  it('do not outlive the store they were made from', async () => {
    let epoch = 'before the restore';
    const { store, now, meters } = shop.shop;
    const journal = { ...store.journal, epoch: async () => epoch };
    const cache = new FreshCache({ now, meters, store: { ...store, journal } });
    const first = await ask(cache);
    epoch = 'after it';
    assert.notEqual(await ask(cache), first);
  });

  it('are made once for many who ask at once, and not kept when making them fails', async () => {
    const cache = new FreshCache(shop.shop);
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(cache)));
    assert.equal(new Set(answers).size, 1);
    const failing = (): Promise<string> =>
      cache.answer('fails', () => Promise.reject(new Error('no answer')));
    await assert.rejects(failing(), /no answer/);
    assert.match(await ask(cache, 'fails'), /^fails/);
  });

  it('are at most so many', async () => {
    const cache = new FreshCache(shop.shop, 2);
    const first = await ask(cache, 'a');
    await ask(cache, 'b');
    assert.equal(await ask(cache, 'a'), first);
    await ask(cache, 'c');
    assert.notEqual(await ask(cache, 'a'), first);
  });
});
