// Contract 2.2: login, with the throttle and the imported hashes.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addAccount, HASHES, logIn, PASSWORD } from '../../../test/accounts.ts';
import { openTestShop, type TestShop } from '../../../test/test-shop.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';

const MINUTE = 60_000;

describe('login', () => {
  let shop: TestShop;
  before(async () => {
    // The test's own machine plays the proxy, so that requests can come from any address.
    shop = await openTestShop({ trustedProxies: ['127.0.0.1'] });
  });
  after(() => shop.close());

  it('answers tokens and account in data and at the top', async () => {
    const user = await addAccount(shop, { username: 'asha', email: 'asha@example.com' });
    shop.clock.now += 1000;
    const { status, body, headers } = await logIn(shop, 'asha');
    assert.equal(status, 200);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(body.data.token, body.data.access_token);
    assert.equal(body.access_token, body.data.access_token);
    assert.deepEqual(body.user, body.data.user);
    assert.equal(body.data.user.id, user.id);
    assert.equal(body.data.user.email, 'asha@example.com');
    assert.equal(body.data.user.role, 'staff');
    assert.equal(body.data.user.is_active, true);
    assert.equal(body.data.user.last_login, new Date(shop.clock.now).toISOString());
    assert.ok(body.data.user.permissions.includes('khata.post'));
    assert.match(body.data.refresh_token, /^[A-Za-z0-9]{43}$/);
    assert.equal('password_hash' in body.data.user, false);
    const claims = JSON.parse(Buffer.from(body.data.token.split('.')[1], 'base64url').toString());
    assert.deepEqual(
      [claims.type, claims.fresh, claims.sub, claims.role, claims.username, claims.exp - claims.iat],
      ['access', false, user.id, 'staff', 'asha', 300],
    );
    const me = await shop.send('GET', '/api/auth/me/', { token: body.data.token });
    assert.equal(me.body.data.username, 'asha');
  });

  it('takes the e-mail in any case, and names with blanks around them', async () => {
    for (const name of ['asha@example.com', ' ASHA@Example.com ', ' asha ']) {
      assert.equal((await logIn(shop, name)).status, 200, name);
    }
    assert.equal((await logIn(shop, 'ASHA')).status, 401, 'usernames are case-sensitive');
  });

  it('refuses what is missing or of another type, in the words of the contract', async () => {
    const required = 'Username and password are required';
    const cases: [unknown, string][] = [
      [{}, 'Request body is required'],
      [[], 'Request body is required'],
      [{ username: 'asha' }, required],
      [{ username: '', password: PASSWORD }, required],
      [{ username: 'asha', password: '' }, required],
      [{ username: 'asha', password: null }, required],
      [{ username: 'asha', password: 12345678 }, required],
      [{ username: { $ne: null }, password: { $ne: null } }, required],
      [{ username: ['asha'], password: PASSWORD }, required],
      [{ username: 'asha', password: 'x'.repeat(1025) }, 'Validation error'],
      ['{"username": ', 'Invalid JSON format'],
    ];
    for (const [body, message] of cases) {
      const answer = await shop.send('POST', '/api/auth/login', {
        token: null,
        body,
        headers: typeof body === 'string' ? { 'content-type': 'application/json' } : {},
      });
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.equal(answer.body.error.message, message, JSON.stringify(body));
    }
  });

  it('says the same of an unknown name, a wrong password and a disabled account', async () => {
    await addAccount(shop, { username: 'away' });
    const away = await shop.shop.store.users.findForLogin('away');
    await shop.shop.store.users.change(away?.id ?? '', { isActive: false }, shop.by());
    const answers = [
      await logIn(shop, 'nobody-of-that-name'),
      await logIn(shop, 'asha', { password: 'wrong horse' }),
      await logIn(shop, 'away'),
    ];
    const [first] = answers;
    for (const { status, body } of answers) {
      assert.equal(status, 401);
      assert.equal(body.error.message, 'Invalid username or password');
      assert.deepEqual({ ...body.error, request_id: '' }, { ...first?.body.error, request_id: '' });
    }
  });

  it('verifies imported hashes and replaces them, also when two sign in at once', async () => {
    for (const passwordHash of [HASHES.scrypt, HASHES.pbkdf2]) {
      const { id, username } = await addAccount(shop, { passwordHash });
      assert.equal((await logIn(shop, username, { password: 'wrong horse' })).status, 401);
      assert.equal((await shop.shop.store.users.findWithHash(id))?.passwordHash, passwordHash);
      const both = await Promise.all([logIn(shop, username), logIn(shop, username)]);
      assert.deepEqual(
        both.map(({ status }) => status),
        [200, 200],
      );
      assert.match((await shop.shop.store.users.findWithHash(id))?.passwordHash ?? '', /^\$argon2id\$/);
      assert.equal((await logIn(shop, username)).status, 200);
    }
  });

  it('never lets a garbage hash in', async () => {
    for (const passwordHash of ['', PASSWORD, 'none']) {
      const { username } = await addAccount(shop, { passwordHash });
      assert.equal((await logIn(shop, username)).status, 401);
      assert.equal((await logIn(shop, username, { password: passwordHash || ' ' })).status, 401);
    }
  });

  it('looks at no more than 10 of 50 wrong passwords sent at once from many addresses', async () => {
    const { id, username } = await addAccount(shop);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        logIn(shop, username, { password: `guess ${i}`, headers: { 'x-forwarded-for': `10.0.1.${i}` } }),
      ),
    );
    assert.equal(answers.filter(({ status }) => status === 401).length, 10);
    const refused = answers.filter(({ status }) => status === 429);
    assert.equal(refused.length, 40);
    for (const { headers, body } of refused) {
      assert.equal(body.error.message, 'Too many attempts');
      assert.equal(body.error.type, 'throttled');
      assert.ok(Number(headers.get('retry-after')) >= 1);
    }
    const right = await logIn(shop, username, { headers: { 'x-forwarded-for': '10.0.2.1' } });
    assert.equal(right.status, 429, 'also the right password waits');
    assert.equal(Number(right.headers.get('retry-after')), 15 * 60);
    shop.clock.now += 15 * MINUTE;
    const later = await logIn(shop, username, { headers: { 'x-forwarded-for': '10.0.2.1' } });
    assert.equal(later.status, 200);
    assert.equal(later.body.user.id, id);
  });

  it('counts the tries at a name that nobody has in the same way', async () => {
    const tries = await Promise.all(
      Array.from({ length: 14 }, (_, i) =>
        logIn(shop, i % 2 ? 'ghost' : ' ghost ', { password: `guess ${i}` }),
      ),
    );
    assert.equal(tries.filter(({ status }) => status === 401).length, 10);
    assert.equal(tries.filter(({ status }) => status === 429).length, 4);
  });

  it('does not tell by its count whether a name or e-mail in other letters is somebody’s', async () => {
    const { username } = await addAccount(shop, { username: 'meera', email: 'meera@example.com' });
    const shutAfter = async (one: string, other: string) => {
      for (let tries = 0; tries < 12; tries++) {
        const { status } = await logIn(shop, tries % 2 ? one : other, { password: 'guess' });
        if (status === 429) return tries;
      }
      return null;
    };
    assert.equal(await shutAfter(username, 'MEERA'), null);
    assert.equal(await shutAfter('phantom', 'PHANTOM'), null);
    shop.clock.now += 15 * MINUTE;
    assert.equal(await shutAfter('meera@example.com', 'Meera@Example.com'), 10);
    assert.equal(await shutAfter('phantom@example.com', 'Phantom@Example.com'), 10);
  });

  it('leaves the owner in from a known address while strangers guess', async () => {
    const { username } = await addAccount(shop);
    const owner = { headers: { 'x-forwarded-for': '192.168.1.20' } };
    const stranger = { password: 'guess', headers: { 'x-forwarded-for': '203.0.113.9' } };
    assert.equal((await logIn(shop, username, owner)).status, 200);
    for (let i = 0; i < 12; i++) await logIn(shop, username, stranger);
    assert.equal((await logIn(shop, username, stranger)).status, 429);
    assert.equal((await logIn(shop, username, owner)).status, 200);
    for (let i = 0; i < 10; i++) {
      const wrong = await logIn(shop, username, { ...owner, password: 'guess' });
      assert.equal(wrong.status, 401, 'a count of its own');
    }
    assert.equal((await logIn(shop, username, owner)).status, 429);
  });

  it('does not count what was right', async () => {
    const { username } = await addAccount(shop);
    const many = await Promise.all(Array.from({ length: 24 }, () => logIn(shop, username)));
    assert.deepEqual([...new Set(many.map(({ status }) => status))], [200]);
    assert.equal((await logIn(shop, username, { password: 'guess' })).status, 401);
  });

  it('lets nobody in with a password that was changed, or to an account disabled, while it was checked', async () => {
    const { store } = shop.shop;
    // Whichever comes first, the change or the look at the password: the sign-in comes too late.
    for (const change of [{ passwordHash: 'of another password' }, { isActive: false }]) {
      const { id, username } = await addAccount(shop, { passwordHash: HASHES.scrypt });
      const trying = logIn(shop, username);
      await store.users.change(id, change, shop.by());
      assert.equal((await trying).status, 401);
      assert.deepEqual(await store.sessions.list(id, shop.clock.now), []);
      const left = (await store.users.findWithHash(id))?.passwordHash;
      assert.equal(left, change.passwordHash ?? HASHES.scrypt, 'and nothing is rehashed');
    }
  });
});

describe('login throttle', () => {
  it('survives a restart', async () => {
    const shop = await openTestShop();
    const { id } = await addAccount(shop);
    const attempt = () => ({ id: shop.shop.newId(), account: id, address: '10.0.0.1' });
    for (let i = 0; i < 10; i++) {
      const { value } = await shop.shop.store.sessions.takeAttempt(attempt(), shop.by());
      assert.equal(value.allowed, true);
    }
    await shop.app.close();
    await shop.shop.store.close();
    const onDeath = (error: Error) => assert.ifError(error);
    const again = await openSqliteStore({ dataDir: shop.dataDir, now: shop.clock.now, onDeath });
    const { value } = await again.sessions.takeAttempt(attempt(), shop.by());
    assert.deepEqual(value, { allowed: false, retryAfterSeconds: 900 });
    await again.close();
    await shop.close();
  });

  it('can be switched off', async () => {
    const shop = await openTestShop({ loginThrottle: false });
    const { username } = await addAccount(shop);
    for (let i = 0; i < 12; i++) {
      assert.equal((await logIn(shop, username, { password: 'guess' })).status, 401);
    }
    await shop.close();
  });
});
