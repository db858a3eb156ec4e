// Canaries through every route, in every place, at trace level; none may stand in the log or in an answer.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pino from 'pino';
import { allRoutes } from '../src/app.ts';
import { LOG_SERIALIZERS } from '../src/http/log.ts';
import type { Route } from '../src/http/route.ts';
import { exampleAddress, exampleBody } from './example-request.ts';
import { openTestShop, type TestShop } from './test-shop.ts';

const PLACES = [
  'authorization',
  'cookie',
  'key',
  'custom',
  'query',
  'body',
  'field',
  'path',
  'agent',
] as const;
const canary = (place: (typeof PLACES)[number]): string => `canary-of-the-${place}-7f3a`;

describe('logs', () => {
  const lines: string[] = [];
  const tokens: string[] = [];
  const told = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  let shop: TestShop;
  before(async () => {
    const logger = pino(
      { level: 'trace', serializers: LOG_SERIALIZERS },
      { write: (line: string) => void lines.push(line) },
    );
    shop = await openTestShop({ loginThrottle: false }, logger);
  });
  after(() => shop.close());

  const headers = {
    cookie: `refresh_token=${canary('cookie')}; session=${canary('cookie')}`,
    'idempotency-key': canary('key'),
    'x-custom': canary('custom'),
    'user-agent': canary('agent'),
  };

  /** The documented body, broken ones, one with a canary in each field; a form where the route takes a file. */
  function bodiesOf(route: Route): unknown[] {
    const body = exampleBody(route);
    const form = new FormData();
    if (route.upload) form.append(route.upload.field, new Blob([canary('body')]), `${canary('field')}.png`);
    if (body === undefined) return route.upload ? [form] : [undefined];
    return [
      body,
      `{"a": ${canary('body')}`,
      `{"name": 7, "note": "${canary('body')}"}`,
      ...Object.keys(body).map((field) => ({ ...body, extra: canary('body'), [field]: canary('field') })),
    ];
  }

  /** Sends canaries in every place of a route: as somebody with rights and as a forger. */
  async function tellSecrets(route: Route): Promise<void> {
    // Some routes end the session that uses them, so each gets one of its own.
    const token = await shop.signIn('admin');
    tokens.push(token);
    const address = `${exampleAddress(route)}?token=${canary('query')}&password=${canary('query')}`;
    for (const sent of bodiesOf(route)) {
      for (const authorization of [`Bearer ${token}`, `Bearer ${canary('authorization')}`]) {
        await shop.send(route.method, address, {
          token: null,
          headers: {
            ...headers,
            authorization,
            ...(sent && !(sent instanceof FormData) ? { 'content-type': 'application/json' } : {}),
          },
          ...(sent === undefined ? {} : { body: sent }),
        });
      }
    }
  }

  /** Where the secrets come from that stand in a text. */
  function leaksIn(text: string): string[] {
    const places: string[] = PLACES.filter((place) => text.includes(canary(place)));
    if (tokens.some((token) => text.includes(token))) places.push('token');
    if (text.includes(shop.shop.config.jwtSecret)) places.push('key of the server');
    return places;
  }

  it('hold no secret that anybody sent, at the most talkative level', async () => {
    const routes = allRoutes(shop.shop);
    for (const route of routes) await tellSecrets(route);
    for (const path of [
      `/${canary('path')}`,
      `/api/products/${canary('path')}/%zz`,
      `/api/x/${canary('path')}`,
    ])
      await shop.send('GET', path, { headers });
    assert.ok(lines.length > routes.length, `${lines.length} lines`);
    assert.deepEqual(leaksIn(lines.join('')), []);
  });

  it('would be caught with a secret in them, from any place', async () => {
    const secrets = new Map<string, string>(PLACES.map((place) => [place, canary(place)]));
    secrets.set('token', await shop.signIn('admin')).set('key of the server', shop.shop.config.jwtSecret);
    tokens.push(secrets.get('token') ?? '');
    for (const [place, secret] of secrets) {
      assert.deepEqual(leaksIn(`${lines[0]}{"msg":"request of ${secret}"}`), [place]);
    }
  });

  it('say of every request its id, method, pattern, status and duration, and nothing else', async () => {
    lines.length = 0;
    const { headers: answered } = await shop.send('GET', '/api/customers/65e0c0ffee0123456789abcd?x=1', {
      token: await shop.signIn('admin'),
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    // A backup that a case before asked for may end now, and say so.
    const line = told().findLast((one) => one.request_id === answered.get('x-request-id')) ?? {};
    assert.deepEqual(Object.keys(line).sort(), [
      'hostname',
      'level',
      'method',
      'ms',
      'msg',
      'path',
      'pid',
      'request_id',
      'status',
      'time',
    ]);
    assert.equal(line.request_id, answered.get('x-request-id'));
    assert.equal(line.path, '/api/customers/:id');
    assert.equal(line.status, 404);
  });

  it('say nothing of a question that is sent as POST and went well, and of one that was refused', async () => {
    const token = await shop.signIn('admin');
    const ask = (body: unknown) => shop.send('POST', '/api/products/price', { token, body });
    lines.length = 0;
    const answered = await ask({ weight: 5, gold_purity: '916' });
    const refused = await ask({ weight: -1, gold_purity: '916' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual([answered.status, refused.status], [200, 400]);
    const ids = [answered, refused].map(({ headers }) => headers.get('x-request-id'));
    const ofThese = told().filter(({ request_id }) => ids.includes(String(request_id)));
    assert.deepEqual(
      ofThese.map(({ status }) => status),
      [400],
    );
  });

  it('keep an unexpected error to themselves, with the request id that the caller got', async () => {
    const broken = await openTestShop(
      {},
      pino(
        { level: 'trace', serializers: LOG_SERIALIZERS },
        { write: (line: string) => void lines.push(line) },
      ),
    );
    await broken.shop.store.close();
    lines.length = 0;
    const answer = await broken.send('GET', '/api/customers', { headers });
    assert.ok(answer.status >= 500);
    const line = lines.map((text) => JSON.parse(text)).find((one) => one.err !== undefined);
    assert.ok(line, 'no error in the log');
    assert.equal(line.request_id, answer.body.error.request_id);
    assert.ok(line.err.stack);
    assert.ok(!answer.text.includes(line.err.message));
    await broken.close();
  });
});
