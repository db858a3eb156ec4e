// The server's program, which main.js starts: reads the environment, opens the port, handles signals. Everything else is
// a function of what it is given. Exit codes: 0 stopped as asked, 1 could not go on, 78 settings or data unusable.

import { flushCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { nodeProblem } from './node-version.ts';

// Before the other modules are loaded: that shall not blow up the young heap, which never shrinks again.
setFlagsFromString('--semi-space-growth-factor=1');

const { ConfigRefused, readConfig } = await import('./config.ts');
const { startServer } = await import('./start-server.ts');
const { withEnvFile } = await import('./env-file.ts');
const { makeLogger } = await import('./logger.ts');
const { StoreRefused } = await import('./store/store-refused.ts');

const EXIT_CONFIG = 78;
const STOP_LIMIT_MS = 10_000;
const IMPATIENT_AFTER_MS = 1_000;

function fail(lines: readonly string[], code: number): never {
  for (const line of lines) process.stderr.write(`${line}\n`);
  process.exit(code);
}

function explain(error: unknown): never {
  if (error instanceof ConfigRefused) fail(error.problems, EXIT_CONFIG);
  if (error instanceof StoreRefused) fail([error.message], EXIT_CONFIG);
  const { code, message, stack } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') fail([`PORT is taken by another program; set another one (${message})`], 1);
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    fail([`HOST and PORT cannot be opened: ${message}`], 1);
  fail([stack ?? message], 1);
}

async function run(): Promise<void> {
  const config = readConfig(withEnvFile(process.env));
  const terminal = process.stdout.isTTY;
  const logger = makeLogger(config.LOG_LEVEL, terminal);
  for (const notice of config.notices) logger.warn(notice);
  const die = (error: unknown): never => {
    logger.fatal({ err: error }, 'the server cannot go on');
    process.exit(1);
  };
  process.on('uncaughtException', die).on('unhandledRejection', die);

  const server = await startServer(config, logger, die);
  let stoppedAt: number | null = null;
  const stop = (signal: NodeJS.Signals): void => {
    // Both make and the terminal may pass on the same Ctrl-C; only a later one means impatience.
    if (stoppedAt !== null && performance.now() - stoppedAt < IMPATIENT_AFTER_MS) return;
    if (stoppedAt !== null) fail(['stopped at once, with requests in flight'], 1);
    stoppedAt = performance.now();
    logger.info(`${signal}: finishing what is in flight`);
    setTimeout(() => fail(['requests in flight did not end within 10 s'], 1), STOP_LIMIT_MS).unref();
    server.stop().then(() => process.exit(0), die);
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);

  logger.info({ ready_ms: Math.round(performance.now()) }, `ready on ${server.address}`);
  for (const line of server.welcome) {
    if (terminal) process.stdout.write(`${line}\n`);
    else logger.info(line);
  }
  logger.flush();
  flushCompileCache();
  await server.settled;
  setFlagsFromString('--semi-space-growth-factor=2');
}

const problem = nodeProblem(process.version);
if (problem !== null) fail([problem], 1);
await run().catch(explain);
