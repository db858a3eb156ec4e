import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSharedTestShop } from '../../test/shared-test-shop.ts';
import type { Answer, TestShop } from '../../test/test-shop.ts';
import { allRoutes } from '../app.ts';
import { ShopError } from '../domain/shop-error.ts';
import { networkOf, RATES, type RateKind, RateLimiter } from './rate-limit.ts';

/** How many of the tries came through, and what the first refused one was told to wait. */
function tries(
  limiter: RateLimiter,
  count: number,
  address: string,
): { through: number; wait: number | null } {
  let through = 0;
  for (let n = 0; n < count; n++) {
    try {
      limiter.take('sign-in', address);
      through++;
    } catch (error) {
      assert.ok(error instanceof ShopError && error.code === 'rate_limited');
      return { through, wait: error.refusal.retryAfterSeconds ?? null };
    }
  }
  return { through, wait: null };
}

describe('the limit of an address', () => {
  const { burst, perSecond } = RATES['sign-in'];

  it('lets a burst through, then as many as time gives back, and counts each address alone', () => {
    let now = 1_000_000;
    const limiter = new RateLimiter(() => now);
    assert.deepEqual(tries(limiter, burst + 1, '203.0.113.1'), { through: burst, wait: 1 });
    assert.deepEqual(tries(limiter, burst, '203.0.113.2'), { through: burst, wait: null });
    now += 3_000;
    assert.equal(tries(limiter, burst, '203.0.113.1').through, 3 * perSecond);
    now -= 60_000;
    assert.equal(tries(limiter, 1, '203.0.113.1').through, 0, 'a clock set back gives nothing');
    now += 3_600_000;
    assert.equal(tries(limiter, burst * 2, '203.0.113.1').through, burst, 'and an hour no more than a burst');
  });

  it('tells how long to wait where one is given back slowly', () => {
    const limiter = new RateLimiter(() => 0);
    for (let n = 0; n < RATES['sign-up'].burst; n++) limiter.take('sign-up', '203.0.113.1');
    assert.throws(
      () => limiter.take('sign-up', '203.0.113.1'),
      (error: ShopError) => error.refusal.retryAfterSeconds === 60,
    );
    limiter.take('sign-in', '203.0.113.1');
  });

  it('takes the addresses of one IPv6 network for one, however they are written', () => {
    const same = [
      '2001:db8:1:2::1',
      '2001:DB8:1:2:ffff::',
      '2001:0db8:0001:0002:3:4:5:6',
      '2001:db8:1:2::9%eth0',
    ];
    for (const address of same) assert.equal(networkOf(address), '2001:db8:1:2', address);
    assert.equal(networkOf('2001:db8:1:3::1'), '2001:db8:1:3');
    assert.equal(networkOf('::1'), '0:0:0:0');
    assert.equal(networkOf('2001:db8::1'), '2001:db8:0:0');
    assert.equal(networkOf('::ffff:203.0.113.9'), '203.0.113.9');
    assert.equal(networkOf('203.0.113.9'), '203.0.113.9');
  });

  it('remembers no more addresses than it has room for, the latest ones', () => {
    const limiter = new RateLimiter(() => 0);
    for (let n = 0; n < burst; n++) limiter.take('sign-in', 'first');
    assert.equal(tries(limiter, 1, 'first').through, 0);
    for (let n = 0; n < 10_000; n++) limiter.take('sign-in', `10.${n >> 8}.${n & 255}.1`);
    assert.equal(tries(limiter, 1, 'first').through, 1);
  });
});

describe('routes that cost much', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop({ rateLimit: true, trustedProxies: ['127.0.0.1'] });
  });
  after(() => shop.close());
  const ask = (method: string, path: string, address: string, body?: object) =>
    shop.send(method, path, { token: null, headers: { 'x-forwarded-for': address }, ...(body && { body }) });

  /** More than the burst, each another question: what was answered before is answered again from memory. */
  async function askTooOften(kind: RateKind, address: string, one: (n: number) => Promise<Answer>) {
    const answers: Answer[] = [];
    for (let n = 0; n <= RATES[kind].burst; n += 50) {
      const count = Math.min(50, RATES[kind].burst + 1 - n);
      answers.push(...(await Promise.all(Array.from({ length: count }, (_, i) => one(n + i)))));
    }
    const refused = answers.filter(({ status }) => status === 429);
    assert.equal(refused.length, 1, address);
    assert.equal(refused[0]?.body.error.type, 'rate_limited');
    assert.equal(refused[0]?.body.error.message, 'Too many requests');
    assert.ok(Number(refused[0]?.headers.get('retry-after')) >= 1);
  }

  it('are these, and each has its kind', () => {
    const limited = allRoutes(shop.shop).flatMap(({ method, path, rate }) =>
      rate ? [`${rate.kind}: ${method} ${path}`] : [],
    );
    assert.deepEqual(limited.toSorted(), [
      'batch: POST /api/predictions/diamond/batch',
      'own-account: POST /api/auth/change-password',
      'own-account: POST /api/auth/totp/confirm',
      'own-account: POST /api/auth/totp/enrol',
      'own-account: POST /api/auth/totp/recovery-codes',
      'own-account: POST /api/auth/totp/switch-off',
      'search: GET /api/products',
      'session: POST /api/auth/logout',
      'session: POST /api/auth/refresh',
      'sign-in: POST /api/auth/login',
      'sign-up: POST /api/auth/signup',
    ]);
  });

  it('are refused beyond the burst, to one address alone', async () => {
    const signUp = (address: string) => ask('POST', '/api/auth/signup', address, {});
    await askTooOften('sign-up', '203.0.113.1', () => signUp('203.0.113.1'));
    assert.equal((await signUp('203.0.113.2')).status, 400);
    const search = (n: number, address: string) => ask('GET', `/api/products?search=ring${n}`, address);
    await askTooOften('search', '203.0.113.1', (n) => search(n, '203.0.113.1'));
    assert.equal((await search(9999, '203.0.113.2')).status, 200);
  });

  it('leave the catalogue without a limit where nothing is searched', async () => {
    const many = Array.from({ length: 350 }, () =>
      ask('GET', '/api/products?page=1&search=', '203.0.113.50'),
    );
    assert.deepEqual([...new Set((await Promise.all(many)).map(({ status }) => status))], [200]);
  });

  it('cannot be asked more often by a forged address of somebody no proxy vouches for', async () => {
    const open = await openSharedTestShop({ rateLimit: true });
    const answers = await Promise.all(
      Array.from({ length: 61 }, (_, n) =>
        open.send('POST', '/api/auth/signup', {
          token: null,
          headers: { 'x-forwarded-for': `198.51.100.${n}` },
          body: {},
        }),
      ),
    );
    assert.equal(answers.filter(({ status }) => status === 429).length, 1);
    await open.close();
  });
});
