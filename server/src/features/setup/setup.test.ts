// The first set-up: one account, one code, ten tries.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import pino from 'pino';
import { PASSWORD } from '../../../test/accounts.ts';
import { openTestShop, type TestShop } from '../../../test/test-shop.ts';
import { buildApp } from '../../app.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import { newSetupCode, SetupLock } from './setup-code.ts';

const CODE = 'K7QP-M2XD-9RTW';
const ACCOUNT = { username: 'owner', email: 'Owner@Shop.in', password: PASSWORD };

describe('set-up', () => {
  let shop: TestShop;
  const endings: (() => Promise<unknown>)[] = [];
  before(async () => {
    shop = await openTestShop();
  });
  after(async () => {
    for (const end of endings) await end();
    await shop.close();
  });

  /** A shop without any account. */
  async function emptyShop(setupCode: string | null) {
    const dataDir = mkdtempSync(join(tmpdir(), 'swati-test-'));
    const onDeath = (error: Error) => assert.ifError(error);
    const store = await openSqliteStore({ dataDir, now: shop.clock.now, onDeath });
    const app = await buildApp({
      shop: { ...shop.shop, store, setupCode },
      logger: pino({ level: 'silent' }),
    });
    endings.push(async () => {
      await app.close();
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    });
    const post = async (url: string, payload: object) => {
      const reply = await app.inject({ method: 'POST', url, payload });
      return { status: reply.statusCode, body: reply.json() };
    };
    return {
      store,
      needed: async () => (await app.inject('/api/setup')).json().data.needed as boolean,
      setUp: (payload: object) => post('/api/setup', payload),
      logIn: (username: string) => post('/api/auth/login', { username, password: PASSWORD }),
    };
  }

  it('makes the first admin with the code, and closes', async () => {
    const { needed, setUp, logIn } = await emptyShop(CODE);
    assert.equal(await needed(), true);
    const { status, body } = await setUp({ code: ' k7qp m2xd 9rtw ', ...ACCOUNT, role: 'user' });
    assert.equal(status, 201, JSON.stringify(body));
    assert.deepEqual([body.data.role, body.data.appointed], ['admin', true]);
    assert.equal(body.data.email, 'owner@shop.in');
    assert.equal((await logIn('owner')).body.user.role, 'admin');
    assert.equal(await needed(), false);
    const late = await setUp({ code: CODE, ...ACCOUNT, username: 'second', email: 'b@b.co' });
    assert.equal(late.status, 409);
    assert.equal(late.body.error.type, 'setup_closed');
  });

  it('names what is wrong without counting it as a wrong code', async () => {
    const { needed, setUp } = await emptyShop(CODE);
    for (let i = 0; i < 12; i++) {
      assert.equal((await setUp({ code: CODE, ...ACCOUNT, password: '12345' })).status, 400);
    }
    const missing = await setUp({ code: CODE, username: 'owner' });
    assert.equal(missing.body.error.message, 'Username, email, and password are required');
    for (const code of [undefined, null, 1, '']) {
      assert.equal((await setUp({ ...ACCOUNT, code })).status, 400);
    }
    assert.equal(await needed(), true);
  });

  it('locks after ten wrong codes, also against the right one', async () => {
    const { setUp } = await emptyShop(CODE);
    const tries = await Promise.all(
      Array.from({ length: 14 }, (_, i) => setUp({ code: `AAAA-AAAA-AA${i + 10}`, ...ACCOUNT })),
    );
    assert.equal(tries.filter(({ status }) => status === 403).length, 10);
    assert.equal(tries.filter(({ status }) => status === 429).length, 4);
    assert.equal((await setUp({ code: CODE, ...ACCOUNT })).status, 429);
  });

  it('is closed where there is an account, and where no code was made', async () => {
    assert.equal((await shop.send('GET', '/api/setup', { token: null })).body.data.needed, false);
    const closed = await shop.send('POST', '/api/setup', { token: null, body: { code: CODE, ...ACCOUNT } });
    assert.equal(closed.status, 409);
    const { needed, setUp } = await emptyShop(null);
    assert.equal(await needed(), false);
    assert.equal((await setUp({ code: CODE, ...ACCOUNT })).status, 409);
  });

  it('lets one of two at once be the first', async () => {
    const { setUp, store } = await emptyShop(CODE);
    const both = await Promise.all([
      setUp({ code: CODE, ...ACCOUNT }),
      setUp({ code: CODE, ...ACCOUNT, username: 'second', email: 'b@b.co' }),
    ]);
    assert.deepEqual(both.map(({ status }) => status).sort(), [201, 409]);
    assert.equal(await store.users.count(), 1);
  });

  it('makes codes that can be read aloud', () => {
    assert.equal(
      newSetupCode((length, alphabet) => alphabet.slice(0, length)),
      'ABCD-ABCD-ABCD',
    );
    assert.equal(new SetupLock(CODE).check('K7QPM2XD9RTV'), 'wrong');
    assert.equal(new SetupLock(CODE).check('K7QPM2XD9RTW'), 'right');
  });
});
