// The server's program, which main.js starts: reads the environment, opens the port, handles signals. Everything else is
// a function of what it is given. Exit codes: see end-process.ts.

import { flushCompileCache } from 'node:module';

const { endAtOnce, explain } = await import('./serving/end-process.ts');
const { readConfig } = await import('./config.ts');
const { withEnvFile } = await import('./serving/env-file.ts');
const { atAnyLevel, makeLogger } = await import('./serving/logger.ts');
const { holdSignals, obeySignals } = await import('./serving/obey-signals.ts');
const { tlsProblems } = await import('./serving/tls-pair.ts');
const { letYoungHeapGrow } = await import('./system/young-heap.ts');

/** The primary starts its workers with these words. */
const [role, seat] = process.argv.slice(2);
const isWorker = role === 'worker';

/** Each kind of process loads what it needs: the primary has no application, and starts the faster for it. */
async function starterFor(workers: number) {
  if (isWorker) return (await import('./workers/start-worker.ts')).startWorker;
  if (workers > 1) return (await import('./workers/start-primary.ts')).startPrimary;
  return (await import('./serving/start-server.ts')).startServer;
}

function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function run(): Promise<void> {
  // The books are the owner's alone, also in a folder that others may look into.
  process.umask(0o077);
  const environment = withEnvFile(process.env, '.env', isWorker ? undefined : warn);
  const config = readConfig(environment, tlsProblems);
  const terminal = process.stdout.isTTY;
  const logger = makeLogger({
    level: config.LOG_LEVEL,
    terminal,
    serves: isWorker || config.WORKERS === 1,
    worker: isWorker ? Number(seat) : null,
  });
  const die = (error: unknown): never => {
    logger.fatal({ err: error }, 'the server cannot go on');
    return endAtOnce();
  };
  process.on('uncaughtException', die).on('unhandledRejection', die);
  const letThrough = isWorker ? null : holdSignals();
  const start = await starterFor(config.WORKERS);
  const server = await start(config, logger, die).catch((error: unknown) => explain(error, letThrough));
  obeySignals(server, logger, isWorker, die);
  letThrough?.();
  if (!isWorker) {
    logger.info({ ready_ms: Math.round(performance.now()) }, `ready on ${server.address}`);
  }
  // On a terminal it must be found again between the lines of the log.
  if (terminal) process.stdout.write(`\n${server.welcome.map((line) => `  ${line}\n`).join('')}\n`);
  else server.welcome.forEach(atAnyLevel(logger));
  logger.flush();
  flushCompileCache();
  await server.settled;
  letYoungHeapGrow();
}

await run().catch((error: unknown) => explain(error));
