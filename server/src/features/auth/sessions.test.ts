// Refresh tokens, the console's cookie, logout and the list of sessions.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addAccount, logIn, PASSWORD } from '../../../test/accounts.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { Answer, TestShop } from '../../../test/test-shop.ts';

const DAY = 86_400_000;

/** The refresh cookie of an answer: its value and its attributes in lower case. */
function cookieOf(answer: Answer): { value: string; attributes: string[] } {
  const [line = '', ...others] = answer.headers.getSetCookie();
  assert.equal(others.length, 0, 'one cookie');
  const [pair = '', ...attributes] = line.split('; ');
  assert.match(pair, /^swati_refresh=/);
  return {
    value: pair.slice('swati_refresh='.length),
    attributes: attributes.map((attribute) => attribute.toLowerCase()).sort(),
  };
}

describe('sessions', () => {
  let shop: TestShop;
  let username: string;
  before(async () => {
    shop = await openSharedTestShop({ corsOrigins: ['https://shop.example'] });
    ({ username } = await addAccount(shop));
  });
  after(() => shop.close());

  const refresh = (token: string) =>
    shop.send('POST', '/api/auth/refresh', { token: null, body: { refresh_token: token } });
  const withCookie = (path: string, value: string, headers: Record<string, string> = {}) =>
    shop.send('POST', path, { token: null, headers: { cookie: `swati_refresh=${value}`, ...headers } });
  const me = async (token: string) => (await shop.send('GET', '/api/auth/me', { token })).status;
  const open = async () => (await logIn(shop, username)).body.data;

  it('swaps a refresh token for new tokens of the same session', async () => {
    const first = await open();
    shop.clock.now += 4 * 60_000;
    const { status, body, headers } = await refresh(first.refresh_token);
    assert.equal(status, 200);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(body.data.token, body.access_token);
    assert.equal(body.user.username, username);
    assert.notEqual(body.data.refresh_token, first.refresh_token);
    shop.clock.now += 2 * 60_000;
    const old = await shop.send('GET', '/api/auth/me', { token: first.token });
    assert.equal(old.body.error.message, 'Token expired');
    assert.equal(await me(body.data.token), 200);
  });

  it('ends the whole family when an old one comes again', async () => {
    for (let i = 0; i < 20; i++) {
      const first = await open();
      const second = (await refresh(first.refresh_token)).body.data;
      shop.clock.now += 10_001;
      const reused = await refresh(first.refresh_token);
      assert.equal(reused.status, 401);
      assert.equal(reused.body.error.type, 'refresh_failed');
      assert.equal(await me(second.token), 401);
      assert.equal((await refresh(second.refresh_token)).status, 401);
    }
  });

  it('knows one that fell away by the first of its session, with which it begins', async () => {
    const first = await open();
    const second = (await refresh(first.refresh_token)).body.data;
    const third = (await refresh(second.refresh_token)).body.data;
    const family = `${first.refresh_token}.`;
    for (const { refresh_token: token } of [second, third]) assert.equal(token.startsWith(family), true);
    assert.equal(third.refresh_token.length, second.refresh_token.length);
    assert.equal((await refresh(`${'a'.repeat(43)}.${third.refresh_token}`)).status, 401);
    assert.equal(await me(third.token), 200);
    assert.equal((await refresh(`${family}${'a'.repeat(43)}`)).status, 401);
    assert.equal(await me(third.token), 401);
  });

  it('logs nobody out when two tabs refresh at once', async () => {
    for (let i = 0; i < 20; i++) {
      const first = await open();
      const tabs = await Promise.all([refresh(first.refresh_token), refresh(first.refresh_token)]);
      shop.clock.now += 9_999;
      tabs.push(await refresh(first.refresh_token));
      for (const { status, body } of tabs) {
        assert.equal(status, 200);
        assert.equal(await me(body.data.token), 200);
        assert.equal((await refresh(body.data.refresh_token)).status, 200, 'each goes on for itself');
      }
    }
  });

  it('lasts 30 days from its last use', async () => {
    const first = await open();
    shop.clock.now += 29 * DAY;
    const second = (await refresh(first.refresh_token)).body.data;
    shop.clock.now += 29 * DAY;
    const third = await refresh(second.refresh_token);
    assert.equal(third.status, 200);
    shop.clock.now += 30 * DAY;
    assert.equal((await refresh(third.body.data.refresh_token)).status, 401);
  });

  it('refuses what is no refresh token', async () => {
    for (const body of [undefined, {}]) {
      const none = await shop.send('POST', '/api/auth/refresh', { token: null, body });
      assert.equal(none.status, 401);
      assert.equal(none.body.error.message, 'Authentication required');
    }
    for (const token of ['x', 'swati', `${'a'.repeat(43)}`, (await open()).token]) {
      assert.equal((await refresh(token)).status, 401);
    }
    for (const token of [null, 7, '', ['x'], 'x'.repeat(2000)]) {
      const answer = await shop.send('POST', '/api/auth/refresh', {
        token: null,
        body: { refresh_token: token },
      });
      assert.equal(answer.status, 400, JSON.stringify(token));
    }
  });

  it("hands the console's refresh token out in a cookie only", async () => {
    const answer = await logIn(shop, username, { headers: { 'x-session': 'cookie' } });
    const { value, attributes } = cookieOf(answer);
    assert.deepEqual(attributes, ['httponly', 'max-age=2592000', 'path=/api/auth', 'samesite=strict']);
    assert.equal(answer.text.includes(value), false);
    assert.equal('refresh_token' in answer.body.data, false);
    const next = await withCookie('/api/auth/refresh', value);
    assert.equal(next.status, 200);
    assert.equal('refresh_token' in next.body.data, false, 'also where the header was forgotten');
    assert.notEqual(cookieOf(next).value, value);
    assert.deepEqual((await logIn(shop, username)).headers.getSetCookie(), []);
  });

  it('marks the cookie Secure where people come by TLS', async () => {
    const secure = await openSharedTestShop({ secureCookies: true });
    const account = await addAccount(secure);
    const answer = await logIn(secure, account.username, { headers: { 'x-session': 'cookie' } });
    assert.ok(cookieOf(answer).attributes.includes('secure'));
    await secure.close();
  });

  it('takes the cookie from the shop and its allowed origins, not from other sites', async () => {
    const opened = await logIn(shop, username, { headers: { 'x-session': 'cookie' } });
    let { value } = cookieOf(opened);
    for (const origin of [
      'https://evil.example',
      'null',
      'http://127.0.0.1:1',
      'https://shop.example.evil.example',
    ]) {
      for (const path of ['/api/auth/refresh', '/api/auth/logout']) {
        const refused = await withCookie(path, value, { origin });
        assert.equal(refused.status, 401, `${path} from ${origin}`);
        assert.deepEqual(refused.headers.getSetCookie(), []);
      }
    }
    for (const origin of ['https://shop.example', shop.origin]) {
      const answer = await withCookie('/api/auth/refresh', value, { origin });
      assert.equal(answer.status, 200, origin);
      ({ value } = cookieOf(answer));
    }
  });

  it('forgets a cookie that is worth nothing any more', async () => {
    const answer = await withCookie('/api/auth/refresh', 'x'.repeat(43));
    assert.equal(answer.status, 401);
    assert.equal(cookieOf(answer).value, '');
    assert.ok(cookieOf(answer).attributes.includes('path=/api/auth'));
  });

  it('signs out: the token, the refresh token and the cookie are worth nothing at once', async () => {
    const opened = await open();
    const answer = await shop.send('POST', '/api/auth/logout', { token: opened.token });
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, { success: true, message: 'Signed out' });
    const refused = await shop.send('GET', '/api/auth/me', { token: opened.token });
    assert.equal(refused.status, 401);
    assert.equal(refused.body.error.message, 'Token revoked');
    assert.equal((await refresh(opened.refresh_token)).status, 401);
    assert.equal((await shop.send('POST', '/api/auth/logout', { token: opened.token })).status, 401);
    assert.equal((await shop.send('POST', '/api/auth/logout', { token: null })).status, 401);
  });

  it('signs out by the cookie or the refresh token when the access token has expired', async () => {
    const console = await logIn(shop, username, { headers: { 'x-session': 'cookie' } });
    const script = await open();
    shop.clock.now += 301_000;
    const { value } = cookieOf(console);
    const out = await shop.send('POST', '/api/auth/logout', {
      token: console.body.data.token,
      headers: { cookie: `swati_refresh=${value}` },
    });
    assert.equal(out.status, 200);
    assert.equal(cookieOf(out).value, '');
    assert.equal((await withCookie('/api/auth/refresh', value)).status, 401);
    const expired = await shop.send('POST', '/api/auth/logout', { token: script.token });
    assert.equal(expired.body.error.message, 'Token expired');
    const body = { refresh_token: script.refresh_token };
    assert.equal((await shop.send('POST', '/api/auth/logout', { token: null, body })).status, 200);
    assert.equal((await refresh(script.refresh_token)).status, 401);
  });

  it('signs out everywhere at once, here too', async () => {
    const token = await shop.signIn('staff');
    assert.equal((await shop.send('DELETE', '/api/auth/sessions', { token })).status, 200);
    const after = await shop.send('GET', '/api/auth/me', { token });
    assert.equal(after.status, 401);
    assert.equal(after.body.error.message, 'Token revoked');
    assert.equal((await shop.send('DELETE', '/api/auth/sessions', { token: null })).status, 401);
  });

  it('lists the sessions of this account alone and ends each', async () => {
    const account = await addAccount(shop);
    const agent = { headers: { 'user-agent': `Mobile ${'x'.repeat(500)}` } };
    const here = (await logIn(shop, account.username, agent)).body.data;
    shop.clock.now += 1000;
    const there = (await logIn(shop, account.username)).body.data;
    const list = await shop.send('GET', '/api/auth/sessions', { token: here.token });
    assert.equal(list.status, 200);
    const [latest, own] = list.body.data;
    assert.equal(list.body.data.length, 2);
    assert.deepEqual([latest.current, own.current], [false, true]);
    assert.equal(own.user_agent, agent.headers['user-agent'].slice(0, 200));
    assert.equal(own.address, '127.0.0.1');
    assert.equal(Date.parse(own.expires_at) - Date.parse(own.created_at), 30 * DAY);
    assert.deepEqual(Object.keys(own).sort(), [
      'address',
      'created_at',
      'current',
      'expires_at',
      'id',
      'last_used_at',
      'user_agent',
    ]);

    const stranger = (await open()).token;
    const path = `/api/auth/sessions/${latest.id}`;
    assert.equal((await shop.send('DELETE', path, { token: stranger })).status, 404);
    assert.equal((await shop.send('DELETE', path, { token: null })).status, 401);
    assert.equal(await me(there.token), 200);
    assert.equal((await shop.send('DELETE', path, { token: here.token })).status, 200);
    assert.equal(await me(there.token), 401);
    const again = await shop.send('DELETE', path, { token: here.token });
    assert.equal(again.status, 404);
    assert.equal(again.body.error.message, 'Session not found');
    assert.equal((await shop.send('DELETE', '/api/auth/sessions/1', { token: here.token })).status, 404);
    assert.equal((await shop.send('GET', '/api/auth/sessions', { token: here.token })).body.data.length, 1);
    assert.equal(
      (await shop.send('DELETE', `/api/auth/sessions/${own.id}`, { token: here.token })).status,
      200,
    );
    assert.equal(await me(here.token), 401);
  });

  it('writes of all this into the journal who signed in from where, and nothing that strangers can do', async () => {
    const { journal } = shop.shop.store;
    const opened = await open();
    const [entry] = await journal.list({}, 1);
    assert.deepEqual([entry?.action, entry?.actor.name], ['user.signed_in', username]);
    assert.equal(entry?.after?.address, '127.0.0.1');
    const own = { username: 'visitor', email: 'visitor@example.com', password: PASSWORD };
    await shop.send('POST', '/api/auth/signup', { token: null, body: own });
    const position = await journal.position();
    assert.equal((await logIn(shop, 'visitor')).status, 200);
    await refresh(opened.refresh_token);
    await shop.send('POST', '/api/auth/logout', { token: opened.token });
    await logIn(shop, username, { password: 'guess' });
    assert.equal(await shop.shop.store.journal.position(), position);
  });
});
