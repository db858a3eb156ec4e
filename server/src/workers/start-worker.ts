// Starts one worker: it opens the shop for reading, sends its changes to the primary, and serves the connections that the
// primary hands to it. It opens no port.

import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { endAtOnce } from '../serving/end-process.ts';
import { makeServing } from '../serving/make-serving.ts';
import { openShop } from '../serving/open-shop.ts';
import type { RunningServer } from '../serving/running-server.ts';
import { type CloseDoor, prepareStop } from '../serving/stop-gracefully.ts';
import { readTls } from '../serving/tls-pair.ts';
import { startUpkeep } from '../serving/upkeep.ts';
import { openPrimaryLine } from './primary-line.ts';

export async function startWorker(
  config: Config,
  logger: Logger,
  onDeath: (error: Error) => void,
): Promise<RunningServer> {
  // The workers of a primary that died must not go on: nobody would stop them, and they cannot write.
  const line = openPrimaryLine(endAtOnce);
  const { setupCode } = await line.opening;
  const alone = await openShop(config, onDeath, { elsewhere: line.writes });
  line.answerMeters(() => alone.meters.read());
  const opened = { ...alone, readMeters: line.readMeters };
  const { shop, app, trainer, stopping } = await makeServing(opened, setupCode, logger, readTls(config.tls));
  const door = openDoor(app);
  const stopApp = prepareStop(app, door.close);
  await app.ready();
  // The timers for slow clients begin with this, in a server that listens itself.
  app.server.emit('listening');
  line.serve(door.take);
  let upkeep: ReturnType<typeof startUpkeep> | null = null;
  void line.leading.then(() => {
    if (!stopping.signal.aborted) upkeep = startUpkeep(shop, config, logger, trainer);
  });
  return {
    address: `worker of ${process.ppid}`,
    welcome: [],
    settled: Promise.resolve(),
    stop: async (roll) => {
      stopping.abort();
      await Promise.all([stopApp(roll), upkeep?.stop()]);
      await shop.store.close();
    },
    roll: async () => {
      line.resign();
      return true;
    },
    told: line.stopping,
  };
}

/** Gives connections to an application that does not listen, and knows which of them are open. */
function openDoor(app: FastifyInstance): { take: (connection: Socket) => void; close: CloseDoor } {
  const open = new Set<Socket>();
  let onEmpty: (() => void) | null = null;
  return {
    take: (connection) => {
      open.add(connection);
      connection.once('close', () => {
        open.delete(connection);
        if (open.size === 0) onEmpty?.();
      });
      // As the connections of a listening http server are: a caller may end its side before it is answered.
      connection.allowHalfOpen = true;
      app.server.emit('connection', connection);
    },
    // The primary hands over no more before it says stop.
    close: () =>
      new Promise((resolve) => {
        onEmpty = resolve;
        if (open.size === 0) resolve();
      }),
  };
}
