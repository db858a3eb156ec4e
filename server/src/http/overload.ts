// More requests at once than this are refused before any work is done for them, so that those under way finish. Where
// one address holds many of the places by being slow, it gives some of them up: a place costs its holder a few bytes a
// second, and everybody else the shop.

import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { refuse } from '../domain/shop-error.ts';
import { MADE_ROOM } from './broken-requests.ts';
import type { Meters } from './meters.ts';
import { networkOf } from './rate-limit.ts';

const MAX_AT_ONCE = 2_000;
/** What still waits for its caller after so long is slow; longer than this process is ever away from its sockets. */
const SLOW_AFTER_MS = 1_000;
/** So many slow ones are let be: all phones of a shop on a bad line, behind one router. */
const SLOW_SHARE = 20;

/** The room that all requests share. */
export interface Room {
  /** Takes a place until the response is closed; false where none is free. `holder`: who is asking. */
  enter(response: ServerResponse, holder: () => string): boolean;
}

interface Place {
  since: number;
  /** The network or account that holds it. */
  holder: () => string;
}

export interface OverloadOptions {
  maxAtOnce?: number;
  /** Milliseconds of a clock that never goes back. */
  now?: () => number;
}

/** 503 with Retry-After beyond the limit; health is always answered. */
export function refuseOverload(
  app: FastifyInstance,
  meters: Meters,
  { maxAtOnce = MAX_AT_ONCE, now = () => performance.now() }: OverloadOptions = {},
): Room {
  // In the order in which they came.
  const places = new Map<ServerResponse, Place>();
  const enter = (response: ServerResponse, holder: () => string): void => {
    places.set(response, { since: now(), holder });
    // Also when the caller went away without waiting for the answer.
    response.once('close', () => places.delete(response));
  };
  meters.gauge('swati_requests_open', 'Requests and streams under way', () => places.size);
  app.addHook('onRequest', (request, reply, done) => {
    enter(reply.raw, () => networkOf(request.ip));
    if (places.size > maxAtOnce && !request.url.startsWith('/api/health')) {
      const slow = slowOfOneHolder(places, now() - SLOW_AFTER_MS);
      if (slow.length === 0) throw refuse('busy', { retryAfterSeconds: 1 });
      for (const response of slow) {
        places.delete(response);
        letGo(app, response);
      }
    }
    done();
  });
  return {
    enter: (response, holder) => {
      if (places.size >= maxAtOnce) return false;
      enter(response, holder);
      return true;
    },
  };
}

/** The older half of what waits for the slowest holder; nothing where that is within its share. */
function slowOfOneHolder(places: ReadonlyMap<ServerResponse, Place>, before: number): ServerResponse[] {
  const byHolder = new Map<string, ServerResponse[]>();
  let slowest: ServerResponse[] = [];
  for (const [response, { since, holder }] of places) {
    if (since > before) break;
    if (!isArriving(response) && !isHeldUp(response)) continue;
    const name = holder();
    const slow = byHolder.get(name) ?? [];
    byHolder.set(name, slow);
    slow.push(response);
    if (slow.length > slowest.length) slowest = slow;
  }
  return slowest.length > SLOW_SHARE ? slowest.slice(0, Math.ceil(slowest.length / 2)) : [];
}

/** Whether its request has not come whole. */
function isArriving({ req }: ServerResponse): boolean {
  return req.complete === false;
}

/** Whether its caller does not take what is there of the answer. */
function isHeldUp({ writableNeedDrain, writableEnded, writableFinished }: ServerResponse): boolean {
  return writableNeedDrain || (writableEnded && !writableFinished);
}

/** As Node's own timeout does it, where there is still something to be said. */
function letGo(app: FastifyInstance, response: ServerResponse): void {
  if (!isArriving(response)) return void response.destroy();
  const error = Object.assign(new Error('a slow request made room'), { code: MADE_ROOM });
  app.server.emit('clientError', error, response.req.socket);
}
