// The bounded queue before the hashing: strangers have a room and a turn of their own.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ShopError } from '../../domain/shop-error.ts';
import { PasswordQueue } from './password-queue.ts';

/** Work that ends when told, and notes when it began. */
function makeWork(order: string[], name: string) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const work = () => {
    order.push(name);
    return promise;
  };
  return { work, end: resolve };
}

describe('password queue', () => {
  it('runs two at a time, each room in turn', async () => {
    const queue = new PasswordQueue();
    const order: string[] = [];
    const jobs = ['s1', 's2', 's3', 's4'].map((name) => makeWork(order, name));
    const owner = makeWork(order, 'owner');
    const all = jobs.map(({ work }, i) => queue.run('strangers', `name ${i}`, work));
    all.push(queue.run('familiar', 'owner', owner.work));
    await Promise.resolve();
    assert.deepEqual(order, ['s1', 's2']);
    jobs[0]?.end();
    await all[0];
    assert.deepEqual(order, ['s1', 's2', 'owner'], 'the owner is next, although two strangers came before');
    for (const { end } of [...jobs, owner]) end();
    await Promise.all(all);
    assert.deepEqual(order, ['s1', 's2', 'owner', 's3', 's4']);
  });

  it('turns strangers away with a time to come back, and still lets the owner in', async () => {
    const queue = new PasswordQueue();
    const { work, end } = makeWork([], '');
    const flood = Array.from({ length: 100 }, (_, i) =>
      queue.run('strangers', `name ${i}`, work).catch((error: unknown) => error),
    );
    const owner = queue.run('familiar', 'owner', async () => 'in');
    end();
    assert.equal(await owner, 'in');
    const refused = (await Promise.all(flood)).filter((one) => one instanceof ShopError);
    assert.equal(refused.length, 100 - 2 - 32);
    assert.equal(refused[0]?.code, 'throttled');
    assert.ok((refused[0]?.refusal.retryAfterSeconds ?? 0) > 0);
  });

  it('leaves places in a room when one account is flooded', async () => {
    const queue = new PasswordQueue();
    const { work, end } = makeWork([], '');
    const flood = Array.from({ length: 200 }, () => queue.run('appointed', 'asha', work).catch(() => null));
    const other = queue.run('appointed', 'ravi', async () => 'in');
    end();
    assert.equal(await other, 'in');
    await Promise.all(flood);
  });

  it('goes on after work that failed', async () => {
    const queue = new PasswordQueue();
    const fail = () => Promise.reject(new Error('broken'));
    for (let i = 0; i < 5; i++) await assert.rejects(queue.run('strangers', 'x', fail), /broken/);
    assert.equal(await queue.run('strangers', 'x', async () => 1), 1);
  });
});
