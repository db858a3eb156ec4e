// Sign-in codes: signing in with them, switching them on and off, and roles that need them.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addAccount, logIn, PASSWORD } from '../../../test/accounts.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import { codeOf, nextCode, switchCodesOn } from '../../../test/sign-in-codes.ts';
import type { TestShop } from '../../../test/test-shop.ts';
import { openSealed, sealSecret } from './seal-secret.ts';

const MINUTE = 60_000;
const current = { current_password: PASSWORD };

describe('sign-in codes', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop({ trustedProxies: ['127.0.0.1'] });
  });
  after(() => shop.close());
  const post = (path: string, token: string, body: object) => shop.send('POST', path, { token, body });

  it('are asked for on the right password alone; each is good once', async () => {
    const { username } = await addAccount(shop);
    const { secret } = await switchCodesOn(shop, username);
    const without = await logIn(shop, username);
    assert.deepEqual([without.status, without.body.error.type], [401, 'totp_needed']);
    assert.equal(without.headers.get('cache-control'), 'no-store');
    const used = await logIn(shop, username, { totp: codeOf(shop, secret) });
    assert.deepEqual([used.status, used.body.error.type], [401, 'totp_wrong']);
    const blind = await logIn(shop, username, { password: 'guess', totp: nextCode(shop, secret) });
    assert.deepEqual([blind.status, blind.body.error.type], [401, 'login_failed']);
    const code = codeOf(shop, secret);
    const spaced = await logIn(shop, username, { totp: `${code.slice(0, 3)} ${code.slice(3)}` });
    assert.equal(spaced.status, 200);
    assert.equal(spaced.body.user.totp, true);
    assert.equal((await logIn(shop, username, { totp: code })).status, 401);
  });

  it('change nothing for accounts without them, and nothing is told of unknown names', async () => {
    const { username } = await addAccount(shop);
    assert.equal((await logIn(shop, username, { totp: '000000' })).status, 200);
    const unknown = await logIn(shop, 'nobody-at-all', { totp: '000000' });
    assert.equal(unknown.body.error.type, 'login_failed');
    const wrongType = await shop.send('POST', '/api/auth/login', {
      token: null,
      body: { username, password: PASSWORD, totp: 492039 },
    });
    assert.deepEqual([wrongType.status, wrongType.body.error.fields[0].field], [400, 'totp']);
  });

  it('are guessed no more often than passwords; the password alone is no guess', async () => {
    const { username } = await addAccount(shop);
    const { secret } = await switchCodesOn(shop, username);
    const from = (n: number) => ({ 'x-forwarded-for': `10.9.0.${n}` });
    for (let n = 0; n < 12; n++)
      assert.equal((await logIn(shop, username, { headers: from(n) })).body.error.type, 'totp_needed');
    const wrong = String((Number(nextCode(shop, secret)) + 1) % 1_000_000).padStart(6, '0');
    const guesses = await Promise.all(
      Array.from({ length: 14 }, (_, n) => logIn(shop, username, { totp: wrong, headers: from(n) })),
    );
    assert.equal(guesses.filter(({ status }) => status === 401).length, 10);
    assert.equal(guesses.filter(({ status }) => status === 429).length, 4);
    const right = await logIn(shop, username, { totp: codeOf(shop, secret), headers: from(99) });
    assert.equal(right.status, 429);
    shop.clock.now += 15 * MINUTE;
    const later = await logIn(shop, username, { totp: codeOf(shop, secret), headers: from(99) });
    assert.equal(later.status, 200);
  });

  it('have recovery codes in their place, in any spelling, each once', async () => {
    const { username } = await addAccount(shop);
    const { recoveryCodes, secret } = await switchCodesOn(shop, username);
    assert.equal(new Set(recoveryCodes).size, 10);
    const [first = '', second = ''] = recoveryCodes;
    const opened = await logIn(shop, username, { totp: first.toLowerCase().replaceAll('-', ' ') });
    assert.equal(opened.status, 200);
    assert.equal((await logIn(shop, username, { totp: first })).body.error.type, 'totp_wrong');
    const { token } = opened.body.data;
    assert.equal((await shop.send('GET', '/api/auth/me', { token })).body.data.recovery_codes_left, 9);
    const proven = { ...current, totp: nextCode(shop, secret) };
    const renewed = await post('/api/auth/totp/recovery-codes', token, proven);
    assert.equal(renewed.body.data.recovery_codes.length, 10);
    assert.equal((await logIn(shop, username, { totp: second })).body.error.type, 'totp_wrong');
    assert.equal((await logIn(shop, username, { totp: renewed.body.data.recovery_codes[0] })).status, 200);
  });

  it('are guessed no more often where they were begun and not confirmed', async () => {
    const { username } = await addAccount(shop);
    const { token } = (await logIn(shop, username)).body.data;
    const { secret } = (await post('/api/auth/totp/enrol', token, current)).body.data;
    const totp = codeOf(shop, secret);
    const wrong = String((Number(totp) + 1) % 1_000_000).padStart(6, '0');
    const guesses = await Promise.all(
      Array.from({ length: 14 }, () => post('/api/auth/totp/confirm', token, { totp: wrong })),
    );
    assert.equal(guesses.filter(({ status }) => status === 400).length, 10);
    assert.equal((await post('/api/auth/totp/confirm', token, { totp })).status, 429);
  });

  it('are switched on by password and code, which ends the other sessions', async () => {
    const { username } = await addAccount(shop);
    const [mine, other] = [await logIn(shop, username), await logIn(shop, username)];
    const { token } = mine.body.data;
    const wrong = await post('/api/auth/totp/enrol', token, { current_password: 'guess' });
    assert.equal(wrong.body.error.type, 'password_wrong');
    assert.equal((await post('/api/auth/totp/confirm', token, { totp: '1' })).body.error.type, 'totp_off');
    const { body } = await post('/api/auth/totp/enrol', token, current);
    for (const totp of ['000', 'abcdef', '١٢٣٤٥٦']) {
      const refused = await post('/api/auth/totp/confirm', token, { totp });
      assert.deepEqual([refused.status, refused.body.error.type], [400, 'code_wrong'], totp);
      assert.equal(refused.body.error.fields[0].field, 'totp');
    }
    assert.equal((await logIn(shop, username)).status, 200, 'not asked for before they are confirmed');
    const totp = codeOf(shop, body.data.secret);
    assert.equal((await post('/api/auth/totp/confirm', token, { totp })).status, 200);
    assert.equal((await post('/api/auth/totp/enrol', token, current)).body.error.type, 'totp_on');
    assert.equal((await shop.send('GET', '/api/auth/me', { token })).status, 200);
    const ended = await shop.send('GET', '/api/auth/me', { token: other.body.data.token });
    assert.equal(ended.body.error.type, 'token_revoked');
  });

  it('are switched off by password and code, by nothing less', async () => {
    const { username } = await addAccount(shop);
    const { token, secret } = await switchCodesOn(shop, username);
    const off = (body: object) => post('/api/auth/totp/switch-off', token, body);
    const totp = nextCode(shop, secret);
    assert.equal((await off({ current_password: 'guess', totp })).body.error.type, 'password_wrong');
    assert.equal((await off({ ...current, totp: '000000' })).body.error.type, 'code_wrong');
    assert.equal((await off({ ...current, totp })).status, 200);
    assert.equal((await off({ ...current, totp })).body.error.type, 'totp_off');
    assert.equal((await logIn(shop, username)).status, 200);
  });

  it('are reset by an admin for others alone, and who did it is in the journal', async () => {
    const { id, username } = await addAccount(shop);
    const { token } = await switchCodesOn(shop, username);
    // The clock has moved on: the shop's first token is past its time.
    const admin = await shop.signIn('admin');
    const reset = await shop.send('DELETE', `/api/users/${id}/totp`, { token: admin });
    assert.equal(reset.body.data.totp, false);
    assert.equal((await shop.send('GET', '/api/auth/me', { token })).body.error.type, 'token_revoked');
    assert.equal((await logIn(shop, username)).status, 200);
    const twice = await shop.send('DELETE', `/api/users/${id}/totp`, { token: admin });
    assert.equal(twice.body.error.type, 'totp_off');
    assert.equal((await shop.send('DELETE', '/api/users/none/totp', { token: admin })).status, 404);
    const { data: me } = (await shop.send('GET', '/api/auth/me', { token: admin })).body;
    const own = await shop.send('DELETE', `/api/users/${me.id}/totp`, { token: admin });
    assert.equal(own.body.error.type, 'forbidden');
    const [entry] = await shop.shop.store.journal.list({ action: 'user.totp_reset' }, 1);
    assert.deepEqual([entry?.actor.name, entry?.subject.id], [me.username, id]);
  });

  it('leave no secret in the journal, in exports or in answers, and none readable in the database', async () => {
    const { username } = await addAccount(shop);
    const { secret, recoveryCodes, token } = await switchCodesOn(shop, username);
    await logIn(shop, username, { totp: recoveryCodes[0] ?? '' });
    const secrets = [
      secret,
      'sealed',
      ...recoveryCodes,
      ...recoveryCodes.map((code) => code.replaceAll('-', '')),
    ];
    const admin = await shop.signIn('admin');
    for (const path of ['/api/journal?limit=1000', '/api/users', '/api/auth/me', '/api/auth/sessions']) {
      const { status, text } = await shop.send('GET', path, {
        token: path.startsWith('/api/auth') ? token : admin,
      });
      assert.equal(status, 200, path);
      for (const each of secrets) assert.equal(text.includes(each), false, `${path} ${each}`);
    }
    const rows: string[] = [];
    for await (const page of shop.shop.store.backups.dump()) rows.push(...page.lines);
    assert.ok(rows.some((row) => row.includes('second_factor') && row.includes('recoveryHashes')));
    for (const each of [secret, ...recoveryCodes])
      assert.equal(
        rows.some((row) => row.includes(each)),
        false,
      );
  });
});

describe('roles that need sign-in codes', () => {
  it('do nothing else before they have them, from the next request on', async () => {
    const shop = await openSharedTestShop();
    const { username } = await addAccount(shop, { permissions: ['customers.read', 'settings.write'] });
    const { token } = (await logIn(shop, username)).body.data;
    const switchOn = (by: string | undefined) =>
      shop.send('PUT', '/api/settings', { ...(by ? { token: by } : {}), body: { totp_roles: ['staff'] } });
    assert.equal((await switchOn(token)).status, 403, 'whom it would bind does not decide on it');
    assert.equal((await shop.send('GET', '/api/customers', { token })).status, 200);
    assert.deepEqual((await switchOn(undefined)).body.data.totp_roles, ['staff']);
    const refused = await shop.send('GET', '/api/customers', { token });
    assert.deepEqual([refused.status, refused.body.error.type], [403, 'totp_required']);
    assert.equal(refused.body.error.message, 'Admin access required');
    assert.equal(
      (await shop.send('POST', '/api/tickets', { token, body: { path: '/api/customers' } })).status,
      403,
    );
    assert.equal((await shop.send('GET', '/api/customers')).status, 200, 'admins go on');
    const again = await logIn(shop, username);
    assert.equal(
      (await shop.send('GET', '/api/auth/me', { token: again.body.data.token })).body.data.totp_required,
      true,
    );
    const { token: withCodes } = await switchCodesOn(shop, username);
    assert.equal((await shop.send('GET', '/api/customers', { token: withCodes })).status, 200);
    await shop.close();
  });
});

describe('sealed secrets', () => {
  it('open for their account under their key, and for nobody else', () => {
    const shop = (jwtSecret: string) => ({ config: { jwtSecret }, randomText: (n: number) => 'n'.repeat(n) });
    const sealed = sealSecret('GEZDGNBV', 'asha', shop('one key'));
    assert.equal(sealed.includes('GEZDGNBV'), false);
    assert.equal(openSealed(sealed, 'asha', shop('one key')), 'GEZDGNBV');
    assert.equal(openSealed(sealed, 'ravi', shop('one key')), null);
    assert.equal(openSealed(sealed, 'asha', shop('another key')), null);
    for (const broken of ['', '.', 'n.n', sealed.slice(0, -3), `x${sealed}`])
      assert.equal(openSealed(broken, 'asha', shop('one key')), null, broken);
  });
});
