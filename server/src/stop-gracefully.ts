import { Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** For so long a connection that is in use is told to close by its next answer, before idle ones are cut. */
const FAREWELL_MS = 250;
const STEP_MS = 50;

/**
 * Prepares an application for an orderly end, and answers the function that ends it: no new connections, what is in
 * flight is finished, and a kept-alive connection closes with its current answer.
 */
export function prepareStop(app: FastifyInstance): () => Promise<void> {
  let stopping = false;
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (stopping) reply.header('Connection', 'close');
    done();
  });
  return async () => {
    stopping = true;
    // The http server's own close would cut connections at once that are idle between two requests.
    const closed = new Promise<void>((resolve) => {
      Server.prototype.close.call(app.server, () => resolve());
    });
    const farewell = await Promise.race([closed.then(() => 'closed'), sleep(FAREWELL_MS, 'waiting')]);
    if (farewell === 'waiting') {
      const cut = setInterval(() => app.server.closeIdleConnections(), STEP_MS);
      await closed;
      clearInterval(cut);
    }
    await app.close();
  };
}
