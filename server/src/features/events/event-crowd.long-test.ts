// Many listeners, slow ones, too many, and quiet times: what the stream promises when it is not the only one.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import { addPerson } from '../../../test/builders.ts';
import { type EventStream, listen } from '../../../test/event-stream.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';
import { answerErrors } from '../../http/error-reply.ts';
import { registerRoute } from '../../http/register-route.ts';
import type { Route } from '../../http/route.ts';
import { PACE, type Pace } from './event-hub.ts';
import { eventRoutes } from './event-routes.ts';

describe('live events for many', () => {
  let shop: TestShop;
  const opened: FastifyInstance[] = [];
  before(async () => {
    shop = await openSharedTestShop();
  });
  after(async () => {
    await Promise.all(opened.map((app) => app.close()));
    await shop.close();
  });

  /** The same route at another pace, on a port of its own. */
  const serve = async (pace: Partial<Pace>, of = shop.shop): Promise<string> => {
    const app = Fastify();
    answerErrors(app, [], of.meters.requests);
    registerRoute(app, of, eventRoutes(of, { ...PACE, ...pace })[0] as Route);
    opened.push(app);
    return app.listen({ port: 0, host: '127.0.0.1' });
  };

  it('tell each of 50 listeners each event once, in order, also those that come back in between', async () => {
    const address = `${shop.origin}/api/events`;
    const streams = await Promise.all(Array.from({ length: 50 }, () => listen(address, shop.adminToken)));
    const start = await shop.shop.store.journal.position();
    const told: number[][] = streams.map(() => []);
    const keep = (stream: EventStream, index: number): void => {
      for (const { id } of stream.messages) if (id !== undefined) told[index]?.push(Number(id));
    };
    const comeBack = async (index: number): Promise<void> => {
      const stream = streams[index] as EventStream;
      stream.hangUp();
      await stream.ended;
      keep(stream, index);
      const last = String(told[index]?.at(-1) ?? start);
      streams[index] = await listen(address, shop.adminToken, { 'last-event-id': last });
    };
    const writing = (async () => {
      for (let n = 0; n < 60; n++) {
        await addPerson(shop);
        await sleep(5);
      }
    })();
    for (let n = 0; n < 25; n++) await comeBack(n * 2);
    await writing;
    const wanted = Array.from({ length: 60 }, (_, n) => start + 1 + n);
    for (const [index, stream] of streams.entries()) {
      await stream.first(60 - (told[index]?.length ?? 0));
      keep(stream, index);
      assert.deepEqual(told[index], wanted, `listener ${index}`);
      stream.hangUp();
    }
  });

  it('read the past one after another, and hold nobody up by that', async () => {
    const { store } = shop.shop;
    let reads = 0;
    const journal: typeof store.journal = Object.assign(Object.create(store.journal), {
      position: async () => 1_000_000,
      listAfter: async (position: number, limit: number) => {
        reads++;
        const subject = { type: 'backup', id: 'b' } as const;
        const entry = {
          at: 0,
          actor: { kind: 'system', name: 's' },
          action: 'backup.made',
          subject,
        } as const;
        const left = Math.min(limit, 1_000_000 - position);
        const rest = { before: null, after: null, prevHash: '', hash: '' };
        return Array.from({ length: left }, (_, n) => ({ ...entry, ...rest, seq: position + n + 1 }));
      },
    });
    const long = { ...shop.shop, store: Object.assign(Object.create(store), { journal }) };
    const address = `${await serve({}, long)}/api/events`;
    const guest = await shop.signIn('user');
    const streams = await Promise.all(
      Array.from({ length: 20 }, () => listen(address, guest, { 'last-event-id': '1' })),
    );
    let most = 0;
    for (let turn = 0; turn < 200; turn++) {
      reads = 0;
      await nextTurn();
      most = Math.max(most, reads);
    }
    assert.ok(most > 0 && most <= 3, `${most} reads in one turn`);
    for (const stream of streams) stream.hangUp();
  });

  it('keep a quiet stream open by comments', async () => {
    const address = await serve({ lookEveryMs: 5, looksPerHeartbeat: 4 });
    const stream = await listen(`${address}/api/events`, shop.adminToken);
    while (stream.comments() < 3) await sleep(10);
    assert.equal(stream.messages.length, 1);
    stream.hangUp();
  });

  it('refuse the one that is too many, and take the next when one has left', async () => {
    const address = `${await serve({})}/api/events`;
    const guest = await shop.signIn('user');
    const guests = await Promise.all(Array.from({ length: 100 }, () => listen(address, guest)));
    const refused = await fetch(address, { headers: { authorization: `Bearer ${guest}` } });
    assert.equal(refused.status, 503);
    assert.equal(refused.headers.get('retry-after'), '5');
    const { error } = (await refused.json()) as { error: Record<string, unknown> };
    assert.deepEqual([error.type, error.details], ['busy', 'Too many are listening already']);
    const owner = await listen(address, shop.adminToken);
    guests[0]?.hangUp();
    await guests[0]?.ended;
    await sleep(50);
    const next = await listen(address, guest);
    for (const stream of [...guests, owner, next]) stream.hangUp();
  });

  it('cut off a reader that does not read, and keep nothing for it', async () => {
    const port = Number(new URL(await serve({ patienceMs: 150, lookEveryMs: 10 })).port);
    const slow: Socket = connect({ port, host: '127.0.0.1' });
    slow.on('error', () => undefined);
    slow.pause();
    slow.write(`GET /api/events HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer ${shop.adminToken}\r\n\r\n`);
    const app = opened.at(-1) as FastifyInstance;
    const [served] = (await once(app.server, 'connection')) as [Socket];
    const closed = once(served, 'close');
    let most = 0;
    let isClosed = false;
    for (let written = 0; !isClosed && written < 400; written += 10) {
      // 1 MB of events: more than the pipes of the system hold, after a few rounds.
      const people = Array.from({ length: 10 }, () => addPerson(shop, { address: 'x'.repeat(100_000) }));
      await Promise.all(people);
      most = Math.max(most, served.writableLength);
      isClosed = await Promise.race([closed.then(() => true), sleep(20, false)]);
    }
    assert.ok(isClosed, 'it was never cut off');
    assert.ok(most < 25_000_000, `${most} bytes were kept`);
    slow.destroy();
  });
});
