// Contract 1.4 and 1.5: what counts as a good token, on every protected route, and that rights end at once.

import assert from 'node:assert/strict';
import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { addAccount, HASHES, logIn } from '../../../test/accounts.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';
import { allRoutes } from '../../app.ts';
import type { User } from '../../domain/user.ts';

const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');

function sign(header: object, claims: object, secret: string, hash = 'sha256'): string {
  const text = `${encode(header)}.${encode(claims)}`;
  return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`;
}

describe('tokens', () => {
  let shop: TestShop;
  let user: User;
  before(async () => {
    shop = await openSharedTestShop();
    user = await addAccount(shop, { role: 'admin' });
  });
  after(() => shop.close());

  const HS256 = { alg: 'HS256', typ: 'JWT' };
  const secret = () => shop.shop.config.jwtSecret;
  /** The claims of a token as the older backend made them: without a session. */
  const legacyClaims = (changes: object = {}) => {
    const iat = Math.floor(shop.clock.now / 1000);
    const times = { iat, nbf: iat, exp: iat + 86_400 };
    return {
      fresh: false,
      jti: 'x',
      type: 'access',
      sub: user.id,
      csrf: 'y',
      role: 'admin',
      ...times,
      ...changes,
    };
  };
  const legacy = (changes: object = {}) => sign(HS256, legacyClaims(changes), secret());
  const me = (token: string) => shop.send('GET', '/api/auth/me', { token });

  async function forgedTokens(): Promise<[string, string][]> {
    const gone = shop.shop.newId();
    const now = Math.floor(shop.clock.now / 1000);
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const unsigned = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(legacyClaims())}`;
    const rsa = `${unsigned}.${createSign('sha256').update(unsigned).sign(privateKey, 'base64url')}`;
    const good = legacy();
    const [head, , signature] = good.split('.');
    const session = (await logIn(shop, user.username)).body.data.token as string;
    const other = { ...JSON.parse(Buffer.from(session.split('.')[1] ?? '', 'base64url').toString()) };
    return [
      ['alg none', `${encode({ alg: 'none', typ: 'JWT' })}.${encode(legacyClaims())}.`],
      ['alg None with the signature', sign({ alg: 'None', typ: 'JWT' }, legacyClaims(), secret())],
      ['HS512', sign({ alg: 'HS512', typ: 'JWT' }, legacyClaims(), secret(), 'sha512')],
      ['HS384', sign({ alg: 'HS384', typ: 'JWT' }, legacyClaims(), secret(), 'sha384')],
      ['RS256', rsa],
      ['unknown alg', sign({ alg: 'XX', typ: 'JWT' }, legacyClaims(), secret())],
      ['no alg', sign({ typ: 'JWT' }, legacyClaims(), secret())],
      ['unknown crit', sign({ ...HS256, crit: ['x'], x: 1 }, legacyClaims(), secret())],
      ['another key', sign(HS256, legacyClaims(), 'another-secret-of-32-characters-long')],
      ['an empty key', sign(HS256, legacyClaims(), '')],
      ['no signature', good.split('.').slice(0, 2).join('.')],
      ['an empty signature', `${good.slice(0, good.lastIndexOf('.'))}.`],
      ['changed claims', `${head}.${encode(legacyClaims({ role: 'admin', sub: gone }))}.${signature}`],
      ['no exp', legacy({ exp: undefined })],
      ['exp as a text', legacy({ exp: '2099-01-01' })],
      ['no iat', legacy({ iat: undefined })],
      ['future nbf', legacy({ nbf: now + 3600 })],
      ['no sub', legacy({ sub: undefined })],
      ['sub as a number', legacy({ sub: 1 })],
      ['sub that is no id', legacy({ sub: 'admin' })],
      ['sub with an operator', legacy({ sub: { $ne: null } })],
      ['an unknown account', legacy({ sub: gone })],
      ['another type', legacy({ type: 'refresh' })],
      ['no type', legacy({ type: undefined })],
      ['made out to somebody else', legacy({ aud: 'elsewhere' })],
      ['made by somebody else', legacy({ iss: 'elsewhere' })],
      ['an unknown session', sign(HS256, { ...other, sid: gone }, secret())],
      ["another account's session", sign(HS256, { ...other, sub: (await addAccount(shop)).id }, secret())],
      ['sid as a number', sign(HS256, { ...other, sid: 1 }, secret())],
      ['nothing', ''],
      ['spaces', '   '],
      ['two words', `${good} ${good}`],
      ['a word', 'token'],
      ['dots', '..'],
      ['much', 'x'.repeat(8000)],
      ['claims that are no object', sign(HS256, [1, 2], secret())],
    ];
  }

  it('refuses every forged token with code, message and details', async () => {
    assert.equal((await me(legacy())).status, 200, 'the real one is good');
    for (const [name, token] of await forgedTokens()) {
      const { status, body } = await me(token);
      assert.equal(status, 401, name);
      assert.equal(body.error.code, 401, name);
      assert.match(body.error.message, /^(Invalid JWT token|Token revoked)$/, name);
      assert.equal(typeof body.error.details, 'string', name);
      assert.equal(body.success, false);
    }
  });

  it('refuses them on every protected route, whatever is sent', async () => {
    const forged = await forgedTokens();
    const routes = allRoutes(shop.shop).filter(({ access }) => access !== 'public');
    assert.ok(routes.length > forged.length);
    for (const [at, { method, path }] of routes.entries()) {
      const address = path.replaceAll(/:\w+/g, '65e0c0ffee0123456789abcd');
      // Each route gets another three, so that each token meets many routes: what judges them is the same for all.
      const three = [0, 1, 2].map((step) => forged[(3 * at + step) % forged.length] as [string, string]);
      for (const [name, token] of three) {
        const { status } = await shop.send(method, address, {
          token,
          ...(method === 'GET' ? {} : { body: { nonsense: true } }),
        });
        assert.equal(status, 401, `${method} ${path}: ${name}`);
      }
    }
  });

  it('words the three ways of having no good token as the contract does', async () => {
    const send = (authorization: string | null) =>
      shop.send('GET', '/api/auth/me', {
        token: null,
        headers: authorization === null ? {} : { authorization },
      });
    for (const header of [null, 'Basic YTpi', 'token', `Token ${legacy()}`]) {
      const { status, body } = await send(header);
      assert.equal(status, 401);
      assert.equal(body.error.message, 'Authentication required');
      assert.equal(body.error.details, 'Missing or invalid JWT token in request headers');
    }
    for (const header of ['Bearer', 'Bearer ', 'Bearer x.y.z']) {
      const { body } = await send(header);
      assert.equal(body.error.message, 'Invalid JWT token');
      assert.equal(body.error.details, 'Token could not be decoded or verified');
    }
    const { body } = await send(`Bearer ${legacy({ exp: Math.floor(shop.clock.now / 1000) - 1 })}`);
    assert.equal(body.error.message, 'Token expired');
    assert.equal(body.error.details, 'Your session has expired. Please login again');
  });

  it('accepts no token beyond its life', async () => {
    const token = await shop.signIn('user');
    shop.clock.now += 299_000;
    assert.equal((await me(token)).status, 200);
    shop.clock.now += 1_000;
    assert.equal((await me(token)).status, 401);
  });

  it('takes tokens of the older backend, with the role of today, until a logout or a new password', async () => {
    const ends: ((id: string, token: string) => Promise<unknown>)[] = [
      (_id, token) => shop.send('POST', '/api/auth/logout', { token }),
      (id) => shop.shop.store.users.change(id, { passwordHash: HASHES.scrypt }, shop.by()),
      (id) => shop.shop.store.users.change(id, { isActive: false }, shop.by()),
    ];
    for (const end of ends) {
      const { id, username } = await addAccount(shop);
      const token = legacy({ sub: id, role: 'admin' });
      assert.equal((await shop.send('GET', '/api/users', { token })).status, 403, 'the stored role counts');
      assert.equal((await shop.send('GET', '/api/customers', { token })).status, 200);
      const session = (await logIn(shop, username)).body.data.token;
      await end(id, token);
      assert.equal((await me(token)).status, 401);
      const survives = end === ends[0];
      assert.equal((await me(session)).status, survives ? 200 : 401, 'a logout ends no other session');
    }
  });

  it('ends rights at the next request: 100 of 100', async () => {
    const { store } = shop.shop;
    const owner = await shop.signIn('admin');
    const change = async (id: string, body: object) => {
      const { status } = await shop.send('PUT', `/api/users/${id}`, { token: owner, body });
      assert.equal(status, 200);
    };
    for (let i = 0; i < 25; i++) {
      const token = await shop.signIn('admin');
      const { id } = (await me(token)).body.data as { id: string };
      await change(id, { role: 'staff' });
      assert.equal((await shop.send('GET', '/api/users', { token })).status, 403);
      assert.equal((await me(token)).status, 200, 'lowered, not signed out');
      await change(id, { permissions: [] });
      assert.equal((await shop.send('GET', '/api/customers', { token })).status, 403);
      await store.users.change(id, i % 2 ? { isActive: false } : { passwordHash: 'x' }, shop.by());
      assert.equal((await me(token)).status, 401);
    }
  });
});
