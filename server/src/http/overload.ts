// More requests at once than this are refused before any work is done for them, so that those under way finish.

import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { refuse } from '../domain/shop-error.ts';
import type { Meters } from './meters.ts';

const MAX_AT_ONCE = 2_000;

/** The room that all requests share. */
export interface Room {
  /** Takes a place until the response is closed; false where none is free. */
  enter(response: ServerResponse): boolean;
}

/** 503 with Retry-After beyond the limit; health is always answered. */
export function refuseOverload(app: FastifyInstance, meters: Meters, maxAtOnce = MAX_AT_ONCE): Room {
  let open = 0;
  const leave = (): void => {
    open--;
  };
  const enter = (response: ServerResponse): void => {
    open++;
    // Also when the caller went away without waiting for the answer.
    response.once('close', leave);
  };
  meters.gauge('swati_requests_open', 'Requests and streams under way', () => open);
  app.addHook('onRequest', (request, reply, done) => {
    enter(reply.raw);
    if (open > maxAtOnce && !request.url.startsWith('/api/health'))
      throw refuse('busy', { retryAfterSeconds: 1 });
    done();
  });
  return {
    enter: (response) => {
      if (open >= maxAtOnce) return false;
      enter(response);
      return true;
    },
  };
}
