// More requests at once than this are refused before any work is done for them, so that those under way finish.

import type { FastifyInstance } from 'fastify';
import { refuse } from '../domain/shop-error.ts';
import type { Meters } from './meters.ts';

const MAX_AT_ONCE = 2_000;

/** 503 with Retry-After beyond the limit; health is always answered. */
export function refuseOverload(app: FastifyInstance, meters: Meters, maxAtOnce = MAX_AT_ONCE): void {
  let open = 0;
  meters.gauge('swati_requests_open', 'Requests and streams under way', () => open);
  app.addHook('onRequest', (request, reply, done) => {
    open++;
    // Also when the caller went away without waiting for the answer.
    reply.raw.once('close', () => open--);
    if (open > maxAtOnce && !request.url.startsWith('/api/health'))
      throw refuse('busy', { retryAfterSeconds: 1 });
    done();
  });
}
