// Settings of the shop on the wire.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';
import type { SettingsBody } from '../../contract/settings.ts';

/** What can be set, all of it: a new setting does not compile without a value. */
interface Whole extends Required<Omit<SettingsBody, 'guard' | 'stone_prices' | 'version'>> {
  guard: Required<NonNullable<SettingsBody['guard']>>;
  stone_prices: Required<NonNullable<SettingsBody['stone_prices']>>;
}

describe('settings', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop();
  });
  after(() => shop.close());

  const put = (body: unknown, headers: Record<string, string> = {}) =>
    shop.send('PUT', '/api/settings', { body, headers });

  it('have defaults before anybody changed them', async () => {
    const { status, body, headers } = await shop.send('GET', '/api/settings');
    assert.equal(status, 200);
    assert.deepEqual(body.data, {
      shop_name: 'Swati Jewellers',
      shop_address: '',
      shop_phone: '',
      gstin: null,
      upi_id: null,
      language: 'en',
      making_charge: { type: 'percent', value: 15 },
      guard: { hold_percent: 4, sigmas: 6, refuse_percent: 25, confirm_percent: 1 },
      credit_rule: 'warn',
      credit_limit: null,
      cash_limit: 200000,
      strict_stock: false,
      totp_roles: [],
      stone_prices: { rupees_per_dollar: null, market_factor: 1 },
      version: 1,
      updated_at: null,
    });
    assert.match(headers.get('etag') ?? '', /^"1-/);
  });

  it('change field by field, inside the guard too, and tell the journal', async () => {
    const changes = {
      shop_name: ' Swati & Sons ',
      gstin: '27ABCDE1234F1Z5',
      upi_id: 'swati.shop@okbank',
      language: 'mr',
      making_charge: { type: 'per_gram', value: 950.5 },
      guard: { hold_percent: 5.25 },
      credit_rule: 'refuse',
      credit_limit: 50000.5,
      strict_stock: true,
      nonsense: 1,
    };
    const { status, body } = await put(changes);
    assert.equal(status, 200);
    assert.equal(body.data.shop_name, 'Swati & Sons');
    assert.deepEqual(body.data.guard, {
      hold_percent: 5.25,
      sigmas: 6,
      refuse_percent: 25,
      confirm_percent: 1,
    });
    assert.deepEqual(body.data.making_charge, { type: 'per_gram', value: 950.5 });
    assert.equal(body.data.credit_limit, 50000.5);
    assert.equal(body.data.version, 2);
    assert.equal(body.data.updated_at, '2026-01-15T10:30:00.123Z');
    assert.deepEqual((await shop.send('GET', '/api/settings')).body.data, body.data);
    const [entry] = (await shop.send('GET', '/api/journal?subject=settings')).body.data;
    assert.equal(entry.action, 'settings.changed');
    assert.equal(entry.after.credit_limit, 50000.5);
    assert.equal(entry.before.guard_hold_percent, 4);
    assert.equal(entry.after.nonsense, undefined);
  });

  it('stay as they are, version and all, where nothing changes', async () => {
    const { body } = await shop.send('GET', '/api/settings');
    const same = await put({ language: body.data.language, upi_id: body.data.upi_id });
    assert.equal(same.body.data.version, body.data.version);
    const cleared = await put({ upi_id: null, credit_limit: null, gstin: null });
    assert.equal(cleared.body.data.upi_id, null);
    assert.equal(cleared.body.data.credit_limit, null);
  });

  it('refuse a change made on an outdated version', async () => {
    const { version } = (await shop.send('GET', '/api/settings')).body.data;
    assert.equal((await put({ shop_address: 'A' }, { 'if-match': `"${version}"` })).status, 200);
    assert.equal((await put({ shop_address: 'B' }, { 'if-match': `"${version}"` })).status, 412);
    assert.equal((await put({ shop_address: 'B', version })).status, 412);
    assert.equal((await put({ shop_address: 'B' }, { 'if-match': 'xyz' })).status, 400);
    const answers = await Promise.all(
      ['C', 'D', 'E'].map((text) => put({ shop_address: text, version: version + 1 })),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412, 412]);
  });

  it('name every field that is wrong', async () => {
    const cases: [unknown, string][] = [
      [{ shop_name: '' }, 'shop_name'],
      [{ shop_name: 'x'.repeat(201) }, 'shop_name'],
      [{ shop_name: null }, 'shop_name'],
      [{ shop_address: 5 }, 'shop_address'],
      [{ shop_phone: 'call me' }, 'shop_phone'],
      [{ gstin: 'ABC' }, 'gstin'],
      [{ gstin: '27abcde1234f1z5' }, 'gstin'],
      [{ upi_id: 'no-at-sign' }, 'upi_id'],
      [{ upi_id: 'a@b@c' }, 'upi_id'],
      [{ language: 'fr' }, 'language'],
      [{ making_charge: 15 }, 'making_charge'],
      [{ making_charge: { type: 'percent' } }, 'making_charge.value'],
      [{ making_charge: { type: 'share', value: 1 } }, 'making_charge.type'],
      [{ making_charge: { type: 'percent', value: 1001 } }, 'making_charge.value'],
      [{ making_charge: { type: 'fixed', value: -1 } }, 'making_charge.value'],
      [{ making_charge: { type: 'fixed', value: '1' } }, 'making_charge.value'],
      [{ guard: { hold_percent: 101 } }, 'guard.hold_percent'],
      [{ stone_prices: { market_factor: 0 } }, 'stone_prices.market_factor'],
      [{ stone_prices: { market_factor: null } }, 'stone_prices.market_factor'],
      [{ stone_prices: { rupees_per_dollar: '84' } }, 'stone_prices.rupees_per_dollar'],
      [{ stone_prices: { rupees_per_dollar: 84.123 } }, 'stone_prices.rupees_per_dollar'],
      [{ guard: { hold_percent: '5' } }, 'guard.hold_percent'],
      [{ guard: { hold_percent: 1.234 } }, 'guard.hold_percent'],
      [{ guard: { hold_percent: null } }, 'guard.hold_percent'],
      [{ guard: { hold_percent: 30 } }, 'guard.hold_percent'],
      [{ guard: { refuse_percent: 1 } }, 'guard.hold_percent'],
      [{ guard: { sigmas: 0 } }, 'guard.sigmas'],
      [{ guard: { sigmas: 1.5 } }, 'guard.sigmas'],
      [{ guard: [] }, 'guard'],
      [{ credit_rule: 'ask' }, 'credit_rule'],
      [{ credit_limit: -1 }, 'credit_limit'],
      [{ credit_limit: '100' }, 'credit_limit'],
      [{ credit_limit: 1e308 }, 'credit_limit'],
      [{ credit_limit: 0.001 }, 'credit_limit'],
      [{ strict_stock: 'yes' }, 'strict_stock'],
      [{ strict_stock: 1 }, 'strict_stock'],
      [{ version: '2', shop_address: 'x' }, 'version'],
    ];
    const before = (await shop.send('GET', '/api/settings')).body.data;
    for (const [body, field] of cases) {
      const answer = await put(body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.equal(answer.body.error.message, 'Validation error');
      assert.equal(answer.body.error.fields[0].field, field, JSON.stringify(body));
    }
    for (const body of [{}, { nonsense: 1 }, { guard: {} }, { version: before.version }]) {
      const answer = await put(body);
      assert.equal(answer.body.error.message, 'Request body is required', JSON.stringify(body));
    }
    assert.deepEqual((await shop.send('GET', '/api/settings')).body.data, before);
  });

  it('are read by staff and changed by the owner', async () => {
    const staff = await shop.signIn('staff');
    const user = await shop.signIn('user');
    assert.equal((await shop.send('GET', '/api/settings', { token: staff })).status, 200);
    const refused = await shop.send('PUT', '/api/settings', { body: { language: 'hi' }, token: staff });
    assert.equal(refused.status, 403);
    assert.match(refused.body.error.details, /settings\.write/);
    assert.equal((await shop.send('GET', '/api/settings', { token: user })).status, 403);
    assert.equal((await shop.send('GET', '/api/settings', { token: null })).status, 401);
  });

  it('change each field alone', async () => {
    const {
      guard,
      stone_prices: stones,
      ...fields
    }: Whole = {
      shop_name: 'Swati and Sons',
      shop_address: '12 MG Road, Pune',
      shop_phone: '+91 20 2553 0000',
      gstin: '27ABCDE1234F1Z5',
      upi_id: 'shop@okbank',
      language: 'hi',
      making_charge: { type: 'fixed', value: 500.5 },
      guard: { hold_percent: 6.25, sigmas: 7, refuse_percent: 30.5, confirm_percent: 2 },
      credit_rule: 'warn',
      credit_limit: 1000.5,
      strict_stock: false,
      totp_roles: ['staff', 'user'],
      stone_prices: { rupees_per_dollar: 84.55, market_factor: 1.2345 },
    };
    const bodies: SettingsBody[] = [
      ...Object.entries(fields).map(([field, value]) => ({ [field]: value })),
      ...Object.entries(guard).map(([field, value]) => ({ guard: { [field]: value } })),
      ...Object.entries(stones).map(([field, value]) => ({ stone_prices: { [field]: value } })),
    ];
    for (const body of bodies) {
      const before = (await shop.send('GET', '/api/settings')).body.data;
      const { data } = (await put(body)).body;
      const expected = {
        ...before,
        ...body,
        guard: { ...before.guard, ...body.guard },
        stone_prices: { ...before.stone_prices, ...body.stone_prices },
        version: before.version + 1,
        updated_at: data.updated_at,
      };
      assert.deepEqual(data, expected);
      assert.deepEqual((await shop.send('GET', '/api/settings')).body.data, expected);
    }
  });
});
