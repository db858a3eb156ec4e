// Download tickets: one path, one use, 60 seconds, and only as long as the account keeps its rights.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import Fastify, { type FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';
import { answerErrors } from '../../http/error-reply.ts';
import { registerRoute } from '../../http/register-route.ts';
import { route } from '../../http/route.ts';

describe('tickets', () => {
  let shop: TestShop;
  let files: FastifyInstance;
  before(async () => {
    shop = await openSharedTestShop();
    // Routes of their own, so that these tests hang on no feature that offers downloads.
    files = Fastify({ routerOptions: { ignoreTrailingSlash: true } });
    answerErrors(files, [], shop.shop.meters.requests);
    const file = { method: 'GET', access: 'customers.read', tag: 't', summary: 's', example: {} } as const;
    const reply = Type.Object({ id: Type.String() });
    const handle = ({ user }: { user: { id: string } | null }) => ({ id: user?.id });
    registerRoute(files, shop.shop, route({ ...file, path: '/api/files/:id', ticket: true, reply, handle }));
    registerRoute(files, shop.shop, route({ ...file, path: '/api/plain', reply, handle }));
  });
  after(async () => {
    await files.close();
    await shop.close();
  });

  const ask = async (path: string, token?: string) => {
    const answer = await shop.send('POST', '/api/tickets', {
      body: { path },
      ...(token === undefined ? {} : { token }),
    });
    assert.equal(answer.status, 201, answer.text);
    return answer.body.data.ticket as string;
  };
  const fetchFile = async (address: string) => (await files.inject(address)).statusCode;

  it('opens one path once', async () => {
    const answer = await shop.send('POST', '/api/tickets', { body: { path: '/api/files/1' } });
    const { ticket, expires_at } = answer.body.data;
    assert.match(ticket, /^[A-Za-z0-9]{43}$/);
    assert.equal(Date.parse(expires_at), shop.clock.now + 60_000);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    const reply = await files.inject(`/api/files/1?ticket=${ticket}`);
    assert.equal(reply.statusCode, 200);
    assert.equal(reply.json().id, (await shop.send('GET', '/api/auth/me')).body.data.id);
    const again = await files.inject(`/api/files/1?ticket=${ticket}`);
    assert.equal(again.statusCode, 401);
    assert.equal(again.json().error.type, 'ticket_invalid');
  });

  it('is used up by one of many at once', async () => {
    const ticket = await ask('/api/files/1');
    const all = await Promise.all(
      Array.from({ length: 8 }, () => fetchFile(`/api/files/1?ticket=${ticket}`)),
    );
    assert.deepEqual(all.sort(), [200, 401, 401, 401, 401, 401, 401, 401]);
  });

  it('is not used up by HEAD, which brings nothing', async () => {
    const ticket = await ask('/api/files/1');
    const look = (path: string) => files.inject({ method: 'HEAD', url: `${path}?ticket=${ticket}` });
    assert.deepEqual(
      [(await look('/api/files/2')).statusCode, (await look('/api/files/1')).statusCode],
      [401, 200],
    );
    assert.equal(await fetchFile(`/api/files/1?ticket=${ticket}`), 200);
    assert.equal((await look('/api/files/1')).statusCode, 401, 'used');
  });

  it('counts the path alone, in both slash forms and with a query', async () => {
    for (const [path, address] of [
      ['/api/files/1/', '/api/files/1'],
      ['/api/files/1', '/api/files/1/'],
      ['/api/files/1?from=2026-01-01', '/api/files/1?from=2026-01-01&'],
      ['/api/files/1', '/api/files/1?from=2026-01-01&'],
    ] as const) {
      const ticket = await ask(path);
      const separator = address.includes('?') ? '' : '?';
      assert.equal(await fetchFile(`${address}${separator}ticket=${ticket}`), 200, path);
    }
  });

  it('opens no other path, and no route that takes no tickets', async () => {
    const ticket = await ask('/api/files/1');
    assert.equal(await fetchFile(`/api/files/2?ticket=${ticket}`), 401);
    const plain = await ask('/api/plain');
    const refused = await files.inject(`/api/plain?ticket=${plain}`);
    assert.equal(refused.statusCode, 401);
    assert.equal(refused.json().error.message, 'Authentication required');
    assert.equal(await fetchFile(`/api/files/1?ticket=${ticket}`), 200, 'the wrong path did not use it up');
  });

  it('ends after 60 seconds', async () => {
    const ticket = await ask('/api/files/1');
    shop.clock.now += 60_000;
    assert.equal(await fetchFile(`/api/files/1?ticket=${ticket}`), 401);
  });

  it('ends with the permission, the account and the session', async () => {
    const { store } = shop.shop;
    const ends: [number, (id: string, token: string) => Promise<unknown>][] = [
      [403, (id) => store.users.change(id, { permissions: [] }, shop.by())],
      [403, (id) => store.users.change(id, { role: 'user' }, shop.by())],
      [401, (id) => store.users.change(id, { isActive: false }, shop.by())],
      [401, (id) => store.users.change(id, { passwordHash: 'x' }, shop.by())],
      [401, (_id, token) => shop.send('POST', '/api/auth/logout', { token })],
    ];
    for (const [status, end] of ends) {
      const token = await shop.signIn('staff');
      const ticket = await ask('/api/files/1', token);
      await end((await shop.send('GET', '/api/auth/me', { token })).body.data.id, token);
      assert.equal(await fetchFile(`/api/files/1?ticket=${ticket}`), status);
    }
    const user = await ask('/api/files/1', await shop.signIn('user'));
    assert.equal(await fetchFile(`/api/files/1?ticket=${user}`), 403);
  });

  it('refuses what is no ticket', async () => {
    const good = await ask('/api/files/1');
    for (const query of [
      'ticket=',
      'ticket=x',
      `ticket=${good}x`,
      `ticket=${good}&ticket=${good}`,
      'ticket[]=x',
    ]) {
      assert.equal(await fetchFile(`/api/files/1?${query}`), 401, query);
    }
  });

  it('is for the signed-in, for addresses of the API', async () => {
    const none = await shop.send('POST', '/api/tickets', { token: null, body: { path: '/api/files/1' } });
    assert.equal(none.status, 401);
    const paths = [
      '',
      '/',
      'api/files',
      'https://evil.example/api/x',
      '//evil/api/x',
      '/uploads/x',
      '/api/',
      null,
      1,
    ];
    for (const path of [...paths, '/api/a b', '/api/<script>', `/api/${'x'.repeat(500)}`, ['/api/x']]) {
      const answer = await shop.send('POST', '/api/tickets', { body: { path } });
      assert.equal(answer.status, 400, String(path));
      assert.equal(answer.body.error.fields[0].field, 'path');
    }
  });
});
