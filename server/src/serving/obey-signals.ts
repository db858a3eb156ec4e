// What a running server does when it is told to stop or to renew itself.

import { isatty } from 'node:tty';
import type { Logger } from 'pino';
import { fail } from './end-process.ts';
import type { RunningServer } from './running-server.ts';

const STOP_LIMIT_MS = 10_000;
/** Others serve on: a slow download may take its time. */
const ROLL_LIMIT_MS = 30_000;
const IMPATIENT_AFTER_MS = 1_000;

/**
 * Lets SIGTERM and SIGINT wait until the server is started: with an open port there are callers already, whose requests
 * a signal without a handler would lose. Once more, later, ends the start. Answers how to let through what waited.
 */
export function holdSignals(): () => void {
  let held: { signal: NodeJS.Signals; at: number } | null = null;
  const hold = (signal: NodeJS.Signals): void => {
    if (held !== null && performance.now() - held.at >= IMPATIENT_AFTER_MS)
      fail(['stopped at once, in the middle of the start'], 1);
    held ??= { signal, at: performance.now() };
  };
  process.on('SIGTERM', hold).on('SIGINT', hold);
  return () => {
    process.off('SIGTERM', hold).off('SIGINT', hold);
    if (held !== null) process.kill(process.pid, held.signal);
  };
}

/**
 * SIGTERM and SIGINT stop the server, SIGHUP rolls it where nobody sits at a terminal. A terminal sends its signals to
 * the workers too, which leave them to the process that leads them; one that alone is told to stop is replaced first.
 */
export function obeySignals(
  server: RunningServer,
  logger: Logger,
  isWorker: boolean,
  die: (error: unknown) => never,
): void {
  let stoppedAt: number | null = null;
  const stop = (why: string, roll = false): void => {
    // Both make and the terminal may pass on the same Ctrl-C; only a later one means impatience.
    if (stoppedAt !== null && performance.now() - stoppedAt < IMPATIENT_AFTER_MS) return;
    if (stoppedAt !== null) fail(['stopped at once, with requests in flight'], 1);
    stoppedAt = performance.now();
    logger.info(`${why}: finishing what is in flight`);
    const limitMs = roll ? ROLL_LIMIT_MS : STOP_LIMIT_MS;
    setTimeout(() => fail([`requests in flight did not end within ${limitMs / 1000} s`], 1), limitMs).unref();
    server.stop(roll).then(() => process.exit(0), die);
  };
  void server.told.then(({ roll }) => stop(roll ? 'replaced' : 'told to stop', roll));
  if (isWorker) {
    process.on('SIGINT', ignore).on('SIGHUP', ignore);
    process.on('SIGTERM', () => void server.roll());
    return;
  }
  process.on('SIGTERM', (signal) => stop(signal)).on('SIGINT', (signal) => stop(signal));
  process.on('SIGHUP', (signal) => {
    if ([0, 1, 2].some((handle) => isatty(handle))) return stop(signal);
    logger.info(`${signal}: putting new workers in the place of the old ones`);
    server.roll().then((rolled) => {
      if (rolled) logger.info('the roll has ended');
      else logger.warn('a single process cannot be replaced while it serves: set WORKERS to 2 or more');
    }, die);
  });
}

function ignore(): void {}
