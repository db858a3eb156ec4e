// Too many at once are refused with Retry-After; a client that never finishes is let go.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import Fastify from 'fastify';
import { answerErrors } from '../src/http/error-reply.ts';
import { Meters } from '../src/http/meters.ts';
import { refuseOverload } from '../src/http/overload.ts';
import { answersToCrowd, CROWD, doorOfTheSystem } from './crowd.ts';
import { startServer, temporaryFolder } from './running-server.ts';
import { openTestShop } from './test-shop.ts';

describe('overload', () => {
  it('refuses what is beyond the limit, and takes requests again afterwards', async () => {
    const app = Fastify();
    const meters = new Meters();
    answerErrors(app, [], meters.requests);
    refuseOverload(app, meters, 2);
    const waiting: (() => void)[] = [];
    app.get('/slow', () => new Promise((resolve) => waiting.push(() => resolve('done'))));
    app.get('/api/health/live', () => 'alive');
    const origin = await app.listen({ port: 0, host: '127.0.0.1' });
    const first = [fetch(`${origin}/slow`), fetch(`${origin}/slow`)];
    while (waiting.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    const refused = await fetch(`${origin}/slow`);
    assert.equal(refused.status, 503);
    assert.equal(refused.headers.get('retry-after'), '1');
    await refused.arrayBuffer();
    assert.equal((await fetch(`${origin}/api/health/live`)).status, 200);
    for (const finish of waiting.splice(0)) finish();
    for (const answer of await Promise.all(first)) assert.equal(await answer.text(), 'done');
    await new Promise((resolve) => setTimeout(resolve, 20));
    const later = fetch(`${origin}/slow`);
    while (waiting.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
    waiting[0]?.();
    assert.equal((await later).status, 200);
    await app.close();
  });

  it('has a limit for everything slow, and survives a caller who goes away', async () => {
    const shop = await openTestShop();
    const { server } = shop.app;
    assert.equal(server.requestTimeout, 12_000);
    assert.equal(server.headersTimeout, 8_000);
    assert.equal(server.timeout, 14_000);
    // As given; the shop of the tests keeps its connections longer.
    assert.equal(shop.app.initialConfig.keepAliveTimeout, 5_000);
    const socket = connect(Number(new URL(shop.origin).port), '127.0.0.1');
    socket.write(
      'POST /api/customers HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal((await shop.send('GET', '/api/health/live')).status, 200);
    await shop.close();
  });

  it('leaves nobody at the door who comes in a busy moment', async (t) => {
    if (doorOfTheSystem() < CROWD)
      return t.skip(`this system keeps ${doorOfTheSystem()} connections at most`);
    const folder = temporaryFolder();
    const server = await startServer(folder.path);
    t.after(() => server.stop().then(folder.remove));
    assert.deepEqual(await answersToCrowd(server), ['HTTP/1.1 200 OK']);
  });
});
