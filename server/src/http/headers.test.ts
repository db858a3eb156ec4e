// Which other origins may read an answer.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sendRaw } from '../../test/send-raw.ts';
import { type Answer, openTestShop } from '../../test/test-shop.ts';

const CUSTOMERS = '/api/customers';

function crossOrigin(answer: Answer | undefined): unknown[] {
  const headers = [...(answer?.headers ?? [])].filter(([name]) => /^(access-control-|vary$)/.test(name));
  return [answer?.status, answer?.text, headers];
}

describe('cross-origin rules', () => {
  const preflight = {
    origin: 'https://shop.example',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type,authorization,x-retry-count,idempotency-key',
  };

  const tooLong = (origin: string) =>
    `GET ${CUSTOMERS} HTTP/1.1\r\nHost: x\r\nOrigin: ${origin}\r\nA: ${'a'.repeat(40_000)}\r\n\r\n`;

  it('with *: a literal *, no credentials, and X-Retry-Count allowed', async () => {
    const shop = await openTestShop({ corsOrigins: ['*'] });
    const asked = await shop.send('OPTIONS', CUSTOMERS, { token: null, headers: preflight });
    assert.equal(asked.status, 200);
    assert.equal(asked.text, '');
    assert.equal(asked.headers.get('access-control-allow-origin'), '*');
    assert.equal(asked.headers.get('access-control-allow-credentials'), null);
    const allowed = (asked.headers.get('access-control-allow-headers') ?? '').toLowerCase().split(', ');
    for (const header of [
      'content-type',
      'authorization',
      'x-retry-count',
      'x-request-start-time',
      'idempotency-key',
      'if-match',
      'if-none-match',
      'last-event-id',
    ])
      assert.ok(allowed.includes(header), header);
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'])
      assert.match(asked.headers.get('access-control-allow-methods') ?? '', new RegExp(method));
    for (const path of [CUSTOMERS, '/api/nothing', '/api/%zz', '/uploads/products/none.png']) {
      const answer = await shop.send('GET', path, { headers: { origin: 'https://a.example' } });
      assert.equal(answer.headers.get('access-control-allow-origin'), '*', path);
      assert.match(
        answer.headers.get('access-control-expose-headers') ?? '',
        /ETag.*Retry-After.*X-Request-Id/,
      );
    }
    const long = await sendRaw(shop.origin, tooLong('https://a.example'));
    assert.match(
      long,
      /^HTTP\/1.1 431 .*Access-Control-Allow-Origin: \*\r\nAccess-Control-Expose-Headers: ETag/s,
    );
    const page = await shop.send('GET', '/console', { headers: { origin: 'https://a.example' } });
    assert.equal(page.headers.get('access-control-allow-origin'), null);
    await shop.close();
  });

  it('with a list: echoes its members with credentials, and never another origin', async () => {
    const shop = await openTestShop({ corsOrigins: ['https://shop.example', 'http://localhost:5173'] });
    for (const path of [CUSTOMERS, '/api/nothing', '/api/%zz', '/api/health/live']) {
      const own = await shop.send('GET', path, { headers: { origin: 'https://shop.example' } });
      assert.equal(own.headers.get('access-control-allow-origin'), 'https://shop.example');
      assert.equal(own.headers.get('access-control-allow-credentials'), 'true');
      assert.match(own.headers.get('vary') ?? '', /Origin/);
      for (const origin of [
        'https://evil.example',
        'https://shop.example.evil.example',
        'http://shop.example',
        'null',
      ]) {
        const answer = await shop.send('GET', path, { headers: { origin } });
        assert.equal(answer.headers.get('access-control-allow-origin'), null, origin);
        assert.match(answer.headers.get('vary') ?? '', /Origin/);
      }
    }
    const both = await shop.send('GET', CUSTOMERS, { headers: { origin: 'https://shop.example' } });
    assert.match(both.headers.get('vary') ?? '', /Origin.*Authorization|Authorization.*Origin/);
    const [asked, undecodable] = await Promise.all(
      [CUSTOMERS, '/api/%zz'].map((path) => shop.send('OPTIONS', path, { token: null, headers: preflight })),
    );
    assert.equal(asked?.headers.get('access-control-allow-origin'), 'https://shop.example');
    assert.deepEqual(crossOrigin(undecodable), crossOrigin(asked));
    // Whose page it was has not been read.
    const long = await sendRaw(shop.origin, tooLong('https://shop.example'));
    assert.match(long, /^HTTP\/1.1 431 /);
    assert.doesNotMatch(long, /Access-Control/i);
    await shop.close();
  });
});
