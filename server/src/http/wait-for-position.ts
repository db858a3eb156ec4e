// A caller that has seen journal position n on one machine can ask another to answer not before it is there too.

import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { refuse } from '../domain/shop-error.ts';
import type { Store } from '../store/store.ts';

const LIMIT_MS = 1000;
const STEP_MS = 10;

/** Honours `X-Journal-At-Least`: waits up to 1 s for the position, then 503 with Retry-After. */
export function waitForPosition(app: FastifyInstance, store: Store): void {
  app.addHook('preHandler', (request, _reply, done) => {
    const header = request.headers['x-journal-at-least'];
    if (typeof header !== 'string' || !/^\d{1,15}$/.test(header)) return done();
    reached(store, Number(header)).then(() => done(), done);
  });
}

async function reached(store: Store, wanted: number): Promise<void> {
  // By the clock: where the store is another machine, to ask it takes its time, too.
  const until = performance.now() + LIMIT_MS;
  while ((await store.journal.position()) < wanted) {
    if (performance.now() >= until) throw refuse('busy', { retryAfterSeconds: 1 });
    await sleep(STEP_MS);
  }
}
