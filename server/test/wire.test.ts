// What holds for every answer, whatever it is about.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ERROR_TABLE } from '../src/http/error-table.ts';
import { sendRaw } from './send-raw.ts';
import { type Answer, openTestShop, type TestShop } from './test-shop.ts';

const CUSTOMERS = '/api/customers';

function assertCommonHeaders(headers: Headers, what: string): void {
  assert.equal(headers.get('x-content-type-options'), 'nosniff', what);
  assert.equal(headers.get('x-frame-options'), 'DENY', what);
  assert.equal(headers.get('x-xss-protection'), '1; mode=block', what);
  assert.equal(headers.get('strict-transport-security'), 'max-age=31536000; includeSubDomains', what);
  assert.ok(headers.get('content-security-policy'), what);
  assert.ok(headers.get('x-request-id'), what);
  assert.equal(headers.get('x-powered-by'), null, what);
}

function assertEnvelope(answer: Answer, status: number, message?: string): void {
  assert.equal(answer.status, status, answer.text);
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
  assert.equal(answer.body.success, false);
  assert.equal(answer.body.error.code, status);
  assert.equal(typeof answer.body.error.message, 'string');
  assert.ok(answer.body.error.type in ERROR_TABLE, answer.body.error.type);
  assert.equal(answer.body.error.request_id, answer.headers.get('x-request-id'));
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  if (message !== undefined) assert.equal(answer.body.error.message, message);
}

describe('the wire', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openTestShop();
  });
  after(() => shop.close());

  it('is judged by checks that see an answer that is wrong', async () => {
    const refused = await shop.send('GET', '/api/nothing');
    for (const name of ['x-content-type-options', 'content-security-policy', 'x-request-id']) {
      const headers = new Headers(refused.headers);
      headers.delete(name);
      assert.throws(() => assertCommonHeaders(headers, name), { code: 'ERR_ASSERTION' }, name);
    }
    const { error } = refused.body;
    for (const body of [
      { ...refused.body, success: true },
      { success: false, error: { ...error, code: 400 } },
      { success: false, error: { ...error, type: 'no_such_code' } },
      { success: false, error: { ...error, request_id: 'another' } },
    ])
      assert.throws(() => assertEnvelope({ ...refused, body }, 404), { code: 'ERR_ASSERTION' });
    assertEnvelope(refused, 404);
  });

  it('answers with and without a trailing slash, without a redirect', async () => {
    for (const path of ['/api/health/live', CUSTOMERS, '/api/docs']) {
      const [bare, slash] = await Promise.all([shop.send('GET', path), shop.send('GET', `${path}/`)]);
      assert.equal(bare.status, 200);
      assert.equal(slash.status, 200);
    }
    const answer = await shop.send('POST', `${CUSTOMERS}/`, { body: { name: 'A', phone: '9876501234' } });
    assert.equal(answer.status, 201);
  });

  it('answers HEAD wherever GET does, without a body', async () => {
    for (const path of ['/', CUSTOMERS, '/api/health/live', '/console', '/api/openapi.json']) {
      const [get, head] = await Promise.all([shop.send('GET', path), shop.send('HEAD', path)]);
      assert.equal(head.status, get.status, path);
      assert.equal(head.text, '');
      assert.equal(head.headers.get('content-type'), get.headers.get('content-type'));
      assertCommonHeaders(head.headers, `HEAD ${path}`);
    }
    assert.equal((await shop.send('HEAD', CUSTOMERS, { token: null })).status, 401);
  });

  it('answers OPTIONS with 200 and nothing, everywhere and without a token', async () => {
    for (const path of ['/', CUSTOMERS, '/api/nothing', '/uploads/products/x.png', '/elsewhere']) {
      const answer = await shop.send('OPTIONS', path, { token: null });
      assert.equal(answer.status, 200, path);
      assert.equal(answer.text, '');
      assertCommonHeaders(answer.headers, `OPTIONS ${path}`);
    }
  });

  it('tells an unknown path (404) from a wrong method (405), also before it reads a body', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await shop.send(method, '/api/nothing/here', {
        ...(method === 'GET' ? {} : { body: '{broken', headers: { 'content-type': 'application/json' } }),
      });
      assertEnvelope(answer, 404, 'Not found');
      assert.equal(typeof answer.body.error.details, 'string');
    }
    for (const [method, path, allow] of [
      ['DELETE', CUSTOMERS, 'GET, HEAD, OPTIONS, POST'],
      ['PATCH', `${CUSTOMERS}/`, 'GET, HEAD, OPTIONS, POST'],
      ['POST', '/api/health', 'GET, HEAD, OPTIONS'],
      ['POST', '/console/today', 'GET, HEAD, OPTIONS'],
      ['POST', '/', 'GET, HEAD, OPTIONS'],
      ['DELETE', '/api/products/categories', 'GET, HEAD, OPTIONS'],
      ['PUT', '/api/customers/search/?q=a', 'GET, HEAD, OPTIONS'],
      ['GET', '/api/products/bulk', 'OPTIONS, POST'],
    ] as const) {
      const answer = await shop.send(method, path);
      assertEnvelope(answer, 405, 'Method not allowed');
      assert.equal(typeof answer.body.error.details, 'string');
      assert.equal(answer.headers.get('allow'), allow);
    }
  });

  it('carries the common headers on every kind of answer', async () => {
    const big = { body: 'x'.repeat(600_000), headers: { 'content-type': 'application/json' } };
    for (const [status, answer] of [
      [200, await shop.send('GET', CUSTOMERS)],
      [302, await shop.send('GET', '/', { headers: { accept: 'text/html' } })],
      [400, await shop.send('POST', CUSTOMERS, { body: {} })],
      [400, await shop.send('GET', '/api/%zz')],
      [401, await shop.send('GET', CUSTOMERS, { token: null })],
      [403, await shop.send('GET', CUSTOMERS, { token: await shop.signIn('user') })],
      [404, await shop.send('GET', '/api/nothing')],
      [404, await shop.send('GET', `${CUSTOMERS}/${'a'.repeat(1000)}`)],
      [405, await shop.send('PUT', CUSTOMERS)],
      [413, await shop.send('POST', CUSTOMERS, big)],
    ] as const) {
      assert.equal(answer.status, status, answer.text);
      assertCommonHeaders(answer.headers, String(status));
    }
  });

  it('lets a caller who sends too much read why, and closes the connection', async () => {
    const body = `{"name": "${'x'.repeat(20_000_000)}"}`;
    const answer = await shop.send('POST', CUSTOMERS, {
      body,
      headers: { 'content-type': 'application/json' },
    });
    assertEnvelope(answer, 413);
    assert.equal(answer.headers.get('connection'), 'close');
  });

  it('answers in the envelope even what is no HTTP', async () => {
    for (const [text, status] of [
      ['NONSENSE\r\n\r\n', 400],
      ['GET / HTTP/1.1\r\nHost: x\r\nBad Header\r\n\r\n', 400],
      [`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
      [
        'POST /api/customers HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n',
        400,
      ],
    ] as const) {
      const received = await sendRaw(shop.origin, text);
      const [head = '', body = ''] = received.split('\r\n\r\n');
      assert.match(head, new RegExp(`^HTTP/1.1 ${status} `), head);
      assert.match(head, /X-Content-Type-Options: nosniff/);
      const { success, error } = JSON.parse(body) as { success: boolean; error: Record<string, unknown> };
      assert.equal(success, false);
      assert.equal(error.code, status);
      assert.ok(error.request_id);
    }
  });

  it('gives 401 a code, a message and details, and keeps a request id that is harmless', async () => {
    for (const [authorization, message] of [
      [undefined, 'Authentication required'],
      ['Basic YTpi', 'Authentication required'],
      ['Bearer ', 'Invalid JWT token'],
      ['Bearer nonsense', 'Invalid JWT token'],
    ] as const) {
      const answer = await shop.send('GET', CUSTOMERS, {
        token: null,
        headers: { 'x-request-id': 'from-the-caller', ...(authorization ? { authorization } : {}) },
      });
      assertEnvelope(answer, 401, message);
      assert.equal(typeof answer.body.error.details, 'string');
      assert.equal(answer.body.error.request_id, 'from-the-caller');
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
    }
    const forged = await shop.send('GET', CUSTOMERS, { headers: { 'x-request-id': 'a b;<c>"d' } });
    assert.match(forged.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
  });

  it('tags answers, and answers 304 without a body to who has them already', async () => {
    const first = await shop.send('GET', CUSTOMERS);
    const tag = first.headers.get('etag') ?? '';
    assert.match(tag, /^"[\w-]+"$/);
    for (const value of [tag, `W/${tag}`, `"x", ${tag}`, '*']) {
      const again = await shop.send('GET', CUSTOMERS, { headers: { 'if-none-match': value } });
      assert.equal(again.status, 304, value);
      assert.equal(again.text, '');
      assert.equal(again.headers.get('etag'), tag);
      assertCommonHeaders(again.headers, '304');
    }
    assert.equal((await shop.send('GET', CUSTOMERS, { headers: { 'if-none-match': '"x"' } })).status, 200);
    await shop.send('POST', CUSTOMERS, { body: { name: 'B', phone: '9876501235' } });
    const changed = await shop.send('GET', CUSTOMERS, { headers: { 'if-none-match': tag } });
    assert.equal(changed.status, 200);
  });

  it('keeps answers to signed-in callers out of shared caches', async () => {
    const { headers } = await shop.send('GET', CUSTOMERS);
    assert.match(headers.get('cache-control') ?? '', /private/);
    assert.match(headers.get('vary') ?? '', /Authorization/);
  });

  it('waits for a journal position that is there, and refuses one that does not come', async () => {
    const added = await shop.send('POST', CUSTOMERS, { body: { name: 'C', phone: '9876501236' } });
    const position = Number(added.headers.get('x-journal-position'));
    assert.ok(position > 0);
    const there = await shop.send('GET', CUSTOMERS, {
      headers: { 'x-journal-at-least': String(position) },
    });
    assert.equal(there.status, 200);
    const beyond = await shop.send('GET', CUSTOMERS, {
      headers: { 'x-journal-at-least': String(position + 1000) },
    });
    assertEnvelope(beyond, 503);
    assert.ok(Number(beyond.headers.get('retry-after')) > 0);
  });
});

describe('the front door and health', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openTestShop();
  });
  after(() => shop.close());

  it('says where things are, and sends a browser to the console', async () => {
    const { status, body } = await shop.send('GET', '/', { token: null });
    assert.equal(status, 200);
    assert.deepEqual(body, {
      message: 'Swati Jewellers API',
      version: '1.0.0',
      status: 'running',
      endpoints: {
        health: '/api/health',
        products: '/api/products',
        customers: '/api/customers',
        sales: '/api/sales',
        auth: '/api/auth',
        documentation: '/api/docs',
      },
    });
    const browser = await shop.send('GET', '/', {
      token: null,
      headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
    });
    assert.equal(browser.status, 302);
    assert.equal(browser.headers.get('location'), '/console');
    assert.match(browser.headers.get('vary') ?? '', /Accept/);
  });

  it('is degraded, yet ready, as long as no model is trained', async () => {
    const { status, body } = await shop.send('GET', '/api/health', { token: null });
    assert.equal(status, 503);
    assert.equal(body.status, 'degraded');
    assert.equal(body.version, '1.0.0');
    assert.equal(body.environment, 'testing');
    assert.equal(body.timestamp, '2026-01-15T10:30:00.123Z');
    assert.equal(body.checks.database.status, 'healthy');
    assert.deepEqual(body.checks.ml_models, { status: 'unavailable', message: 'ML models not trained' });
    assert.deepEqual((await shop.send('GET', '/api/health/live')).body, { status: 'alive' });
    const ready = await shop.send('GET', '/api/health/ready');
    assert.equal(ready.status, 200);
    assert.deepEqual(ready.body, { status: 'ready' });
  });

  it('is not ready without its database, and says no more than that', async () => {
    const broken = await openTestShop();
    await broken.shop.store.close();
    const health = await broken.send('GET', '/api/health', { token: null });
    assert.equal(health.status, 503);
    assert.deepEqual(health.body.checks.database, {
      status: 'unhealthy',
      message: 'The database does not answer',
    });
    const ready = await broken.send('GET', '/api/health/ready', { token: null });
    assert.equal(ready.status, 503);
    assert.deepEqual(ready.body, { status: 'not ready' });
    const failed = await broken.send('GET', CUSTOMERS);
    assertEnvelope(failed, failed.status);
    assert.ok(failed.status >= 500);
    assertCommonHeaders(failed.headers, 'a failure of ours');
    assert.doesNotMatch(failed.text, /sqlite|not open|\.ts:/i);
    assert.equal((await broken.send('GET', '/api/health/live', { token: null })).status, 200);
    await broken.close();
  });

  it('serves the console with its own policy, and no other file of the machine', async () => {
    for (const path of [
      '/console',
      '/console/',
      '/console/today',
      '/console/orders/65e0c0ffee0123456789abcd',
    ]) {
      const page = await shop.send('GET', path, { token: null });
      assert.match(page.headers.get('content-type') ?? '', /^text\/html/, path);
      const policy = page.headers.get('content-security-policy') ?? '';
      assert.match(policy, /script-src 'self';/);
      assert.doesNotMatch(policy.replace("style-src 'self' 'unsafe-inline'", ''), /unsafe|https?:/);
      assert.equal(page.headers.get('cache-control'), 'no-cache');
    }
    for (const path of [
      '/console/..%2f..%2fpackage.json',
      '/console/assets/..%2f..%2f..%2fpackage.json',
      '/console/%2e%2e/package.json',
      '/console/assets/none.js',
      '/console//etc/passwd.txt',
    ]) {
      const answer = await shop.send('GET', path, { token: null });
      assert.doesNotMatch(answer.text, /"name": "|root:/, path);
      assert.ok([200, 403, 404].includes(answer.status), `${path} ${answer.status}`);
    }
  });
});
