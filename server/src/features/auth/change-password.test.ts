// Changing one's own password.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addAccount, logIn, PASSWORD } from '../../../test/accounts.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';

describe('change-password', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop();
  });
  after(() => shop.close());
  const change = (token: string | null, current: unknown, next: unknown) =>
    shop.send('POST', '/api/auth/change-password', {
      token,
      body: { current_password: current, new_password: next },
    });

  it('keeps this session, ends the others, and takes the new password only', async () => {
    const { username } = await addAccount(shop);
    const here = (await logIn(shop, username)).body.data;
    const there = (await logIn(shop, username)).body.data;
    const { status, body } = await change(here.token, PASSWORD, 'battery staple');
    assert.equal(status, 200);
    assert.deepEqual(body, { success: true, message: 'Password changed' });
    assert.equal((await shop.send('GET', '/api/auth/me', { token: here.token })).status, 200);
    const other = await shop.send('GET', '/api/auth/me', { token: there.token });
    assert.equal(other.status, 401);
    assert.equal(other.body.error.message, 'Token revoked');
    const refresh = await shop.send('POST', '/api/auth/refresh', {
      token: null,
      body: { refresh_token: there.refresh_token },
    });
    assert.equal(refresh.status, 401);
    assert.equal((await logIn(shop, username)).status, 401);
    assert.equal((await logIn(shop, username, { password: 'battery staple' })).status, 200);
  });

  it('refuses a wrong current password with 400, and guessing with 429', async () => {
    const { username } = await addAccount(shop);
    const { token } = (await logIn(shop, username)).body.data;
    for (let i = 0; i < 10; i++) {
      const { status, body } = await change(token, `guess ${i}`, 'battery staple');
      assert.equal(status, 400);
      assert.equal(body.error.type, 'password_wrong');
    }
    assert.equal((await change(token, PASSWORD, 'battery staple')).status, 429);
    assert.equal((await logIn(shop, username)).status, 429, 'they are counted together with sign-ins');
  });

  it('lets one of two changes at once win', async () => {
    const { username } = await addAccount(shop);
    const { token } = (await logIn(shop, username)).body.data;
    const both = await Promise.all([
      change(token, PASSWORD, 'battery one'),
      change(token, PASSWORD, 'battery two'),
    ]);
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 400]);
  });

  it('checks the new password like any other', async () => {
    const token = await shop.signIn('user');
    const short = await change(token, PASSWORD, '12345');
    assert.equal(short.status, 400);
    assert.equal(short.body.error.message, 'Password must be at least 6 characters long');
    assert.equal(short.body.error.fields[0].field, 'new_password');
    const long = await change(token, PASSWORD, 'x'.repeat(129));
    assert.equal(long.body.error.message, 'Password must be less than 128 characters');
    for (const [current, next] of [
      [null, 'battery staple'],
      [PASSWORD, null],
      [PASSWORD, 123456],
      ['', 'battery staple'],
    ]) {
      assert.equal((await change(token, current, next)).status, 400);
    }
    assert.equal((await change(null, PASSWORD, 'battery staple')).status, 401);
  });
});
