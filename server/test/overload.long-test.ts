// Too many at once are refused with Retry-After; a client that never finishes is let go.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import Fastify from 'fastify';
import { answerUnparsable } from '../src/http/broken-requests.ts';
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
    refuseOverload(app, meters, { maxAtOnce: 2 });
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

  it('takes places back from the address that holds most of them by being slow, and from nobody else', async () => {
    const app = Fastify({ trustProxy: true, clientErrorHandler: answerUnparsable({ corsOrigins: [] }) });
    const meters = new Meters();
    answerErrors(app, [], meters.requests);
    const clock = { now: 0 };
    refuseOverload(app, meters, { maxAtOnce: 28, now: () => clock.now });
    let arriving = 0;
    app.addHook('onRequest', async () => {
      arriving++;
    });
    app.post('/in', () => 'whole');
    app.get('/', () => 'done');
    const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
    /** All of a request but its last byte, as a proxy hands it on; answers what comes back. */
    const begin = (address: string) => {
      const head = `POST /in HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ${address}\r\nConnection: close\r\n`;
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(`${head}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{`);
      const answer = text(socket);
      return { finish: () => socket.write('}'), answer, status: answer.then((all) => all.split(' ')[1]) };
    };
    const arrived = async (count: number) => {
      while (arriving < count) await new Promise((resolve) => setImmediate(resolve));
    };
    const crowd = [];
    for (let n = 1; n <= 25; n++) {
      crowd.push(begin('192.0.2.1'));
      await arrived(n);
    }
    const others = [1, 2, 3].map(() => begin('192.0.2.2'));
    await arrived(28);
    const ask = () => fetch(`http://127.0.0.1:${port}/`).then(({ status }) => status);
    assert.equal(await ask(), 503, 'nobody is slow yet');
    clock.now = 1_000;
    assert.equal(await ask(), 200);
    const gone = crowd.slice(0, 13);
    assert.deepEqual(
      await Promise.all(gone.map(({ status }) => status)),
      gone.map(() => '503'),
    );
    assert.match((await gone[0]?.answer) ?? '', /\r\nRetry-After: 1\r\n.*"type":"busy"/s);
    // What is left of the crowd is within its share: from now on it is as before.
    const more = Array.from({ length: 13 }, () => begin('192.0.2.3'));
    // Of the two that asked, the one that was let in counts.
    await arrived(28 + 1 + 13);
    assert.equal(await ask(), 503);
    const rest = [...crowd.slice(13), ...others, ...more];
    for (const { finish } of rest) finish();
    assert.deepEqual(
      await Promise.all(rest.map(({ status }) => status)),
      rest.map(() => '200'),
    );
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
