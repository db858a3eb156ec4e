import { Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** For so long a connection that is in use is told to close by its next answer, before idle ones are cut. */
const FAREWELL_MS = 250;
/** Where others serve on there is time until the idle ones, too, have ended by themselves, after five seconds. */
const ROLL_FAREWELL_MS = 6_000;
const STEP_MS = 50;

/** Takes no new connections, and resolves when the last one has ended. */
export type CloseDoor = () => Promise<void>;

/**
 * Prepares an application for an orderly end, and answers the function that ends it: no new connections, what is in
 * flight is finished, and a kept-alive connection closes with its current answer. `closeDoor`: where another process
 * holds the port. `roll`: others serve on, so no connection need be cut.
 */
export function prepareStop(
  app: FastifyInstance,
  closeDoor: CloseDoor = () => closePort(app),
): (roll?: boolean) => Promise<void> {
  let stopping = false;
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (stopping) reply.header('Connection', 'close');
    done();
  });
  return async (roll = false) => {
    stopping = true;
    const closed = closeDoor();
    const patience = sleep(roll ? ROLL_FAREWELL_MS : FAREWELL_MS, 'waiting');
    const farewell = await Promise.race([closed.then(() => 'closed'), patience]);
    if (farewell === 'waiting') {
      const cut = setInterval(() => app.server.closeIdleConnections(), STEP_MS);
      await closed;
      clearInterval(cut);
    }
    await app.close();
  };
}

/** The http server's own close would cut connections at once that are idle between two requests. */
function closePort(app: FastifyInstance): Promise<void> {
  return new Promise((resolve) => {
    Server.prototype.close.call(app.server, () => resolve());
  });
}
