// The accounts of the shop: GET /api/users and PUT /api/users/:id.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addAccount, logIn } from '../../../test/accounts.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';
import { PERMISSIONS, STAFF_PERMISSIONS } from '../../domain/permissions.ts';

describe('users', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop();
  });
  after(() => shop.close());
  const change = (id: string, body: unknown, token?: string | null) =>
    shop.send('PUT', `/api/users/${id}`, { body, ...(token === undefined ? {} : { token }) });

  it('lists all accounts, oldest first, without secrets', async () => {
    const { id } = await addAccount(shop);
    const { status, body, text } = await shop.send('GET', '/api/users/');
    assert.equal(status, 200);
    assert.equal(body.data.length, 2);
    assert.deepEqual(body.data[0].permissions, PERMISSIONS);
    assert.equal(body.data[1].id, id);
    assert.equal(body.data[1].last_login, null);
    assert.equal(text.includes('argon2'), false);
  });

  it('is for those who manage accounts', async () => {
    const { id } = await addAccount(shop);
    for (const [token, status] of [
      [null, 401],
      [await shop.signIn('user'), 403],
      [await shop.signIn('staff'), 403],
    ] as const) {
      assert.equal((await shop.send('GET', '/api/users', { token })).status, status);
      const refused = await change(id, { role: 'nonsense' }, token);
      assert.equal(refused.status, status, 'before the body is looked at');
      if (status === 403) assert.equal(refused.body.error.message, 'Admin access required');
    }
  });

  it('changes role, permissions, activity and password', async () => {
    const { id, username } = await addAccount(shop);
    const granted = await change(id, { permissions: ['orders.read', 'catalogue.publish', 'orders.read'] });
    assert.equal(granted.status, 200);
    assert.deepEqual(granted.body.data.permissions, ['orders.read', 'catalogue.publish']);
    assert.ok(Number(granted.headers.get('x-journal-position')) > 0);
    assert.deepEqual((await change(id, { role: 'user' })).body.data.permissions, []);
    assert.deepEqual((await change(id, { role: 'admin' })).body.data.permissions, PERMISSIONS);
    assert.deepEqual((await change(id, { role: 'staff' })).body.data.permissions, STAFF_PERMISSIONS);

    const { token } = (await logIn(shop, username)).body.data;
    assert.equal((await change(id, { password: 'battery staple' })).status, 200);
    assert.equal((await shop.send('GET', '/api/auth/me', { token })).status, 401);
    assert.equal((await logIn(shop, username)).status, 401);
    assert.equal((await logIn(shop, username, { password: 'battery staple' })).status, 200);

    assert.equal((await change(id, { is_active: false })).body.data.is_active, false);
    assert.equal((await logIn(shop, username, { password: 'battery staple' })).status, 401);
    assert.equal((await change(id, { is_active: true })).body.data.is_active, true);
    assert.equal((await logIn(shop, username, { password: 'battery staple' })).status, 200);
  });

  it('gives nobody a new password of their own without the one of now: a session left open is not enough', async () => {
    const { data: me } = (await shop.send('GET', '/api/auth/me')).body;
    const refused = await change(me.id, { password: 'battery staple' });
    assert.deepEqual([refused.status, refused.body.error.type], [403, 'forbidden']);
    assert.match(refused.body.error.details, /change-password/);
    assert.equal((await shop.send('GET', '/api/auth/me')).status, 200);
  });

  it('appoints an account that signed itself up by naming a role or permissions', async () => {
    const stranger = { permissions: [], appointed: false };
    const one = await addAccount(shop, stranger);
    const idle = (await change(one.id, { is_active: true })).body.data;
    assert.deepEqual([idle.appointed, idle.permissions], [false, []]);
    const appointed = (await change(one.id, { role: 'staff' })).body.data;
    assert.deepEqual([appointed.appointed, appointed.permissions], [true, STAFF_PERMISSIONS]);
    const two = await addAccount(shop, stranger);
    const some = (await change(two.id, { role: 'staff', permissions: ['orders.read'] })).body.data;
    assert.deepEqual([some.appointed, some.permissions], [true, ['orders.read']]);
    const kept = (await change(two.id, { role: 'staff' })).body.data;
    assert.deepEqual(kept.permissions, ['orders.read'], 'a role that stays changes nothing');
  });

  it('notes what changed in the journal, but never a password', async () => {
    const { id } = await addAccount(shop);
    const before = await shop.shop.store.journal.position();
    await change(id, { permissions: ['orders.read'], password: 'battery staple' });
    const entries = await shop.shop.store.journal.list({ subject: `user:${id}` }, 10);
    const fresh = entries.filter(({ seq }) => seq > before);
    assert.deepEqual(
      fresh.map(({ action }) => action),
      ['user.password_reset', 'user.changed'],
    );
    assert.deepEqual(fresh[1]?.after, { permissions: ['orders.read'] });
    assert.equal(fresh[1]?.actor.kind, 'user');
    assert.equal(/argon2|battery/.test(JSON.stringify(fresh)), false);
  });

  it('answers a repeated key once, and keeps no fast hash of a password', async () => {
    const { id } = await addAccount(shop);
    const headers = { 'idempotency-key': 'reset-1' };
    const path = `/api/users/${id}`;
    const body = { password: 'battery staple' };
    const first = await shop.send('PUT', path, { body, headers });
    const position = await shop.shop.store.journal.position();
    const second = await shop.send('PUT', path, { body, headers });
    assert.equal(second.text, first.text);
    assert.equal(await shop.shop.store.journal.position(), position);
    const other = await shop.send('PUT', path, { body: { password: 'another one' }, headers });
    assert.equal(other.status, 422);
  });

  it('refuses unknown accounts and bad fields', async () => {
    for (const id of [shop.shop.newId(), '1', 'zzzzzzzzzzzzzzzzzzzzzzzz', '%00']) {
      const { status, body } = await change(id, { is_active: true });
      assert.equal(status, 404, id);
      assert.equal(body.error.message, 'User not found');
    }
    const { id } = await addAccount(shop);
    const cases: [unknown, string, string | null][] = [
      [{}, 'Request body is required', null],
      [[], 'Request body is required', null],
      [{ nonsense: 1 }, 'Request body is required', null],
      [{ role: 'owner' }, 'Role must be either "admin" or "staff"', 'role'],
      [{ role: null }, 'Role must be either "admin" or "staff"', 'role'],
      [{ is_active: 1 }, 'Validation error', 'is_active'],
      [{ is_active: 'true' }, 'Validation error', 'is_active'],
      [{ permissions: {} }, 'Validation error', 'permissions'],
      [{ permissions: ['users.*'] }, 'Validation error', 'permissions.0'],
      [{ password: null }, 'Validation error', 'password'],
      [{ password: '' }, 'Password must be at least 6 characters long', 'password'],
      [{ password: '12345' }, 'Password must be at least 6 characters long', 'password'],
      [{ password: 'x'.repeat(129) }, 'Password must be less than 128 characters', 'password'],
    ];
    for (const [body, message, field] of cases) {
      const answer = await change(id, body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.equal(answer.body.error.message, message, JSON.stringify(body));
      if (field !== null) assert.equal(answer.body.error.fields[0].field, field);
    }
  });

  it('leaves other fields alone', async () => {
    const { id, email, createdAt } = await addAccount(shop);
    const wish = { id: shop.shop.newId(), email: 'x@y.zz', username: 'x', appointed: false, created_at: 0 };
    const { body } = await change(id, { is_active: true, ...wish });
    assert.equal(body.data.id, id);
    assert.equal(body.data.email, email);
    assert.equal(Date.parse(body.data.created_at), createdAt);
  });

  it('keeps one active admin, also when two step down at once', async () => {
    const own = await openSharedTestShop();
    const me = (await own.send('GET', '/api/auth/me')).body.data.id as string;
    for (const body of [{ role: 'staff' }, { is_active: false }]) {
      const refused = await own.send('PUT', `/api/users/${me}`, { body });
      assert.equal(refused.status, 409);
      assert.equal(refused.body.error.type, 'last_admin');
    }
    const token = await own.signIn('admin');
    const other = (await own.send('GET', '/api/auth/me', { token })).body.data.id as string;
    const both = await Promise.all([
      own.send('PUT', `/api/users/${me}`, { body: { role: 'staff' } }),
      own.send('PUT', `/api/users/${other}`, { body: { role: 'staff' }, token }),
    ]);
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409]);
    await own.close();
  });

  it('lets nobody give, touch or take over rights that they do not hold', async () => {
    const manager = await shop.signIn('staff', ['users.manage', 'customers.read']);
    const own = (await shop.send('GET', '/api/auth/me', { token: manager })).body.data.id as string;
    const admin = (await shop.send('GET', '/api/auth/me')).body.data.id as string;
    const equal = await addAccount(shop, { permissions: ['customers.read'] });
    const richer = await addAccount(shop, { permissions: ['prices.set'] });
    const refused: [string, unknown][] = [
      [own, { role: 'admin' }],
      [own, { permissions: ['users.manage', 'prices.set'] }],
      [admin, { password: 'battery staple' }],
      [admin, { is_active: false }],
      [richer.id, { password: 'battery staple' }],
      [richer.id, { permissions: [] }],
      [equal.id, { role: 'admin' }],
    ];
    for (const [id, body] of refused) {
      const answer = await change(id, body, manager);
      assert.equal(answer.status, 403, JSON.stringify(body));
      assert.equal(answer.body.error.message, 'Admin access required');
    }
    assert.equal((await change(equal.id, { is_active: false }, manager)).status, 200);
    const account = { username: 'made_by_manager', email: 'made@a.co', password: 'battery staple' };
    const register = (more: object) =>
      shop.send('POST', '/api/auth/register', { token: manager, body: { ...account, ...more } });
    assert.equal((await register({ role: 'admin' })).status, 403);
    assert.equal((await register({})).status, 403, 'the usual permissions are more than its own');
    assert.equal((await register({ permissions: ['customers.read'] })).status, 201);
  });
});
