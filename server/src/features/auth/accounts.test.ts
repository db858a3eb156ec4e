// Contract 2.2: register, signup, me; and the preferences.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { logIn, PASSWORD } from '../../../test/accounts.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';
import { PermissionWire } from '../../contract/account.ts';
import { PERMISSIONS, STAFF_PERMISSIONS } from '../../domain/permissions.ts';

const MISSING = 'Username, email, and password are required';
const LENGTH = 'Username must be between 3 and 80 characters';
const LETTERS = 'Username can only contain letters, numbers, and underscores';
const EMAIL = 'Invalid email format';

/** Each breaks one rule; the rules before it hold. */
const BAD_ACCOUNTS: [Record<string, unknown>, string][] = [
  [{ username: undefined }, MISSING],
  [{ email: undefined }, MISSING],
  [{ password: undefined }, MISSING],
  [{ username: '', email: 'bad', password: '1' }, MISSING],
  [{ username: null }, MISSING],
  [{ username: 7 }, MISSING],
  [{ email: ['a@b.co'] }, MISSING],
  [{ password: { $gt: '' } }, MISSING],
  [{ password: true }, MISSING],
  [{ username: 'ab', email: 'bad' }, LENGTH],
  [{ username: '   ' }, LENGTH],
  [{ username: 'x'.repeat(81) }, LENGTH],
  [{ username: 'two words', email: 'bad' }, LETTERS],
  [{ username: '___' }, LETTERS],
  [{ username: 'a-b-c' }, LETTERS],
  [{ username: "robert'); --" }, LETTERS],
  [{ username: 'a@b.co' }, LETTERS],
  [{ email: 'nobody', password: '1' }, EMAIL],
  [{ email: 'a@b' }, EMAIL],
  [{ email: 'a.b@c' }, EMAIL],
  [{ email: 'a b@c.de' }, EMAIL],
  [{ email: `${'x'.repeat(196)}@b.co`, password: '1' }, 'Email must be less than 200 characters'],
  [{ password: '12345' }, 'Password must be at least 6 characters long'],
  [{ password: 'x'.repeat(129) }, 'Password must be less than 128 characters'],
];

describe('accounts', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop({ loginThrottle: false });
  });
  after(() => shop.close());

  for (const [path, token] of [
    ['/api/auth/signup', null],
    ['/api/auth/register', undefined],
  ] as const) {
    const send = (body: unknown) =>
      shop.send('POST', path, { body, ...(token === undefined ? {} : { token }) });

    it(`${path} names the first thing wrong, in the contract's order`, async () => {
      const empty = await send({});
      assert.equal(empty.status, 400);
      assert.equal(empty.body.error.message, 'Request body is required');
      for (const [change, message] of BAD_ACCOUNTS) {
        const good = { username: 'good_name', email: 'good@example.com', password: PASSWORD };
        const { status, body } = await send({ ...good, ...change });
        assert.equal(status, 400, JSON.stringify(change));
        assert.equal(body.error.message, message, JSON.stringify(change));
        assert.ok(body.error.fields.length > 0);
        assert.equal(typeof body.error.details, 'object');
      }
    });

    it(`${path} trims, lower-cases the e-mail, and takes letters of any script`, async () => {
      const name = `सीमा_${path.length}`;
      const email = ` New${path.length}@Example.COM `;
      const { status, body } = await send({
        username: `  ${name}  `,
        email,
        password: '१२३४५६',
        role: 'staff',
      });
      assert.equal(status, 201, JSON.stringify(body));
      assert.equal(body.data.username, name);
      assert.equal(body.data.email, `new${path.length}@example.com`);
      assert.equal(body.data.created_at, '2026-01-15T10:30:00.123Z');
      assert.equal((await logIn(shop, name, { password: '१२३४५६' })).status, 200);
    });

    it(`${path} refuses a name or address that is taken, also when two ask at once`, async () => {
      const first = { username: `once_${path.length}`, email: `once${path.length}@a.co`, password: PASSWORD };
      const both = await Promise.all([send(first), send(first)]);
      assert.deepEqual(both.map(({ status }) => status).sort(), [201, 409]);
      for (const change of [{ username: `other_${path.length}` }, { email: 'other@a.co' }]) {
        const { status, body } = await send({ ...first, ...change });
        assert.equal(status, 409);
        assert.equal(body.error.message, 'Username or email already exists');
      }
    });
  }

  it('signs up without rights, whatever is asked for', async () => {
    const wish = { role: 'admin', permissions: ['users.manage'], appointed: true, is_active: false };
    const { status, body } = await shop.send('POST', '/api/auth/signup', {
      token: null,
      body: { username: 'stranger', email: 's@a.co', password: PASSWORD, ...wish },
    });
    assert.equal(status, 201);
    assert.equal(body.message, 'Account created successfully. Please login to continue.');
    assert.deepEqual(
      [body.data.role, body.data.permissions, body.data.appointed, body.data.is_active],
      ['staff', [], false, true],
    );
    assert.equal('access_token' in body.data, false);
    const { token } = (await logIn(shop, 'stranger')).body.data;
    for (const path of ['/api/customers', '/api/users']) {
      assert.equal((await shop.send('GET', path, { token })).status, 403, path);
    }
  });

  it('answers 403 to sign-up where it is switched off', async () => {
    const closed = await openSharedTestShop({ signup: false });
    const body = { username: 'stranger', email: 's@a.co', password: PASSWORD };
    const answer = await closed.send('POST', '/api/auth/signup', { token: null, body });
    assert.equal(answer.status, 403);
    assert.equal(answer.body.error.type, 'signup_off');
    assert.equal(await closed.shop.store.users.count(), 1);
    await closed.close();
  });

  it('registers appointed accounts, by those who manage them only', async () => {
    const body = { username: 'counter', email: 'counter@a.co', password: PASSWORD };
    for (const [token, status] of [
      [null, 401],
      [await shop.signIn('user'), 403],
      [await shop.signIn('staff'), 403],
    ] as const) {
      const refused = await shop.send('POST', '/api/auth/register', { token, body: { nonsense: 1 } });
      assert.equal(refused.status, status);
      if (status === 403) assert.match(refused.body.error.details, /users\.manage/);
    }
    const staff = await shop.send('POST', '/api/auth/register', { body });
    assert.equal(staff.status, 201);
    assert.deepEqual(staff.body.data.permissions, STAFF_PERMISSIONS);
    assert.equal(staff.body.data.appointed, true);
    assert.ok(Number(staff.headers.get('x-journal-position')) > 0);
    const more = { role: 'staff', permissions: ['orders.read', 'orders.read'] };
    const named = await shop.send('POST', '/api/auth/register', {
      body: { username: 'orders', email: 'orders@a.co', password: PASSWORD, ...more },
    });
    assert.deepEqual(named.body.data.permissions, ['orders.read']);
    const user = await shop.send('POST', '/api/auth/register', {
      body: { username: 'visitor', email: 'v@a.co', password: PASSWORD, role: 'user' },
    });
    assert.deepEqual([user.body.data.role, user.body.data.permissions], ['user', []]);
    const [entry] = await shop.shop.store.journal.list({ action: 'user.created' }, 1);
    assert.equal(JSON.stringify(entry).includes('argon2'), false, 'no secret in the journal');
  });

  it('refuses unknown roles and permissions', async () => {
    const body = { username: 'rolled', email: 'rolled@a.co', password: '1' };
    for (const role of ['owner', 'Admin', '', null, 1, ['admin']]) {
      const { status, body: reply } = await shop.send('POST', '/api/auth/register', {
        body: { ...body, role },
      });
      assert.equal(status, 400);
      assert.equal(reply.error.message, 'Role must be either "admin" or "staff"');
    }
    for (const permissions of [
      'orders.read',
      ['orders.everything'],
      [null],
      [1],
      { 0: 'orders.read' },
      null,
    ]) {
      const answer = await shop.send('POST', '/api/auth/register', { body: { ...body, permissions } });
      assert.equal(answer.status, 400);
      assert.match(answer.body.error.fields[0].field, /^permissions/);
    }
  });

  it('knows the same permissions on the wire as in the domain', () => {
    assert.deepEqual((PermissionWire as { enum?: unknown }).enum, PERMISSIONS);
  });

  it('answers the signed-in account', async () => {
    const token = await shop.signIn('staff');
    const { status, body, headers } = await shop.send('GET', '/api/auth/me', { token });
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body.data).sort(), [
      'appointed',
      'created_at',
      'email',
      'id',
      'is_active',
      'last_login',
      'permissions',
      'preferences',
      'recovery_codes_left',
      'role',
      'totp',
      'totp_required',
      'updated_at',
      'username',
    ]);
    assert.deepEqual(body.data.permissions, STAFF_PERMISSIONS);
    assert.match(headers.get('cache-control') ?? '', /private/);
    assert.equal((await shop.send('GET', '/api/auth/me', { token: null })).status, 401);
  });

  it('keeps preferences per person; what is left out stays', async () => {
    const token = await shop.signIn('user');
    const path = '/api/auth/me/preferences';
    const start = { language: null, theme: 'system', saved_views: [] };
    assert.deepEqual((await shop.send('GET', path, { token })).body.data, start);
    const view = { screen: 'orders', name: 'Open', query: 'status=pending' };
    await Promise.all([
      shop.send('PUT', path, { token, body: { language: 'mr' } }),
      shop.send('PUT', path, { token, body: { theme: 'dark' } }),
      shop.send('PUT', path, { token, body: { saved_views: [{ ...view, extra: 1 }] } }),
    ]);
    const all = { language: 'mr', theme: 'dark', saved_views: [view] };
    assert.deepEqual((await shop.send('GET', path, { token })).body.data, all);
    assert.deepEqual((await shop.send('GET', '/api/auth/me', { token })).body.data.preferences, all);
    const bad = [
      { language: 'fr' },
      { theme: null },
      { saved_views: 'x' },
      { saved_views: [{ screen: 'orders' }] },
      { saved_views: Array.from({ length: 51 }, () => view) },
      { saved_views: [{ ...view, query: 'x'.repeat(2001) }] },
    ];
    for (const body of bad) {
      assert.equal((await shop.send('PUT', path, { token, body })).status, 400, JSON.stringify(body));
    }
    assert.deepEqual((await shop.send('GET', path, { token })).body.data, all);
    assert.equal((await shop.send('GET', path, { token: null })).status, 401);
  });
});
