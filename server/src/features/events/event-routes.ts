// The live stream: server-sent events from the journal, for as long as the caller listens.

import { EventHeaders, EventQuery, type StreamStartWire } from '../../contract/event.ts';
import { permissionsOf } from '../../domain/permissions.ts';
import { invalid } from '../../domain/shop-error.ts';
import type { User } from '../../domain/user.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { EventHub, PACE, type Pace } from './event-hub.ts';
import { message } from './event-view.ts';
import { Listener } from './listener.ts';

const EVENT_STREAM = 'text/event-stream';

export function eventRoutes(shop: Shop, pace: Pace = PACE): Route[] {
  const hub = new EventHub(shop, pace);
  const { journal } = shop.store;
  return [
    route({
      method: 'GET',
      path: '/api/events',
      access: 'signed-in',
      tag: 'Live',
      summary: 'Listen to what happens',
      description:
        'Server-sent events (text/event-stream). The first is `hello` with the epoch of the store and the position ' +
        'of its journal; then every journal entry that the account may see, named by its action (`sale.created`, ' +
        '`khata.posted`), with its `seq` as the id. Without `Last-Event-ID` the stream starts now; with it, it goes ' +
        'on after that entry, on any worker and after a restart. An id that this store has not given, or one of ' +
        'another `epoch`, is answered by `reset`: read everything again, the stream goes on from its position. ' +
        '`end` with the type of a refusal says why a stream ends. Heartbeats are comments, every 15 seconds. See ' +
        'docs/events.md for the names and who sees what.',
      query: EventQuery,
      headers: EventHeaders,
      reply: null,
      produces: EVENT_STREAM,
      errors: ['invalid_input'],
      example: 'event: hello\ndata: {"epoch":"b0f2","position":41}\n\n',
      handle: async ({ request, reply, query, user }) => {
        const last = readLastEventId(request.headers['last-event-id']);
        if (request.method === 'HEAD') return reply.type(EVENT_STREAM).send('');
        const start: StreamStartWire = { epoch: await journal.epoch(), position: await journal.position() };
        hub.requireRoom(user as User);

        const { raw } = reply.hijack();
        // Whoever went away meanwhile has closed already, and would never be let go of.
        if (raw.destroyed) return reply;
        // Quiet for longer than other answers may be.
        raw.socket?.setTimeout(0);
        reply.type(EVENT_STREAM).headers({
          'Cache-Control': 'private, no-store',
          Connection: 'close',
          'X-Accel-Buffering': 'no',
        });
        raw.writeHead(200, reply.getHeaders() as Record<string, string>);
        const isKnown =
          last !== null && last <= start.position && (query.epoch ?? start.epoch) === start.epoch;
        const position = isKnown ? last : start.position;
        const listener = new Listener(request, raw, permissionsOf(user as User), position);
        raw.once('close', () => hub.leave(listener));
        listener.send(message('hello', { ...start, position }));
        if (last !== null && !isKnown) listener.send(message('reset', start));
        hub.join(listener, start.position);
        return reply;
      },
    }),
  ];
}

function readLastEventId(header: string | string[] | undefined): number | null {
  if (header === undefined || header === '') return null;
  if (typeof header === 'string' && /^\d{1,15}$/.test(header)) return Number(header);
  throw invalid('Last-Event-ID', 'format', 'must be the id of an event: a whole number');
}
