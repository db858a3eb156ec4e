// How the process ends: what is said, and with which code. 0 stopped as asked, 1 could not start or had to be cut short,
// 78 settings or data unusable; one that served and cannot go on kills itself.

import { ConfigRefused } from '../config.ts';
import { StoreRefused } from '../store/store-refused.ts';

const EXIT_CONFIG = 78;

/** The first worker ended before it served, and said why on its own. */
export class CrewFailed extends Error {
  readonly code: number;

  constructor(code: number) {
    super('the first worker could not start');
    this.code = code;
  }
}

export function fail(lines: readonly string[], code: number): never {
  for (const line of lines) process.stderr.write(`${line}\n`);
  process.exit(code);
}

/**
 * Ends a process that served and cannot go on. Its exit alone waits for V8's compiling threads, and one of these may be
 * waiting for this thread to collect garbage: both would wait for ever, and nobody would start the shop anew.
 */
export function endAtOnce(): never {
  // The last of its kind: the log is written by then.
  process.once('exit', () => process.kill(process.pid, 'SIGKILL'));
  process.exit(1);
}

/** Ends a start that failed. */
export function explain(error: unknown): never {
  if (error instanceof ConfigRefused) fail(error.problems, EXIT_CONFIG);
  if (error instanceof StoreRefused) fail([error.message], EXIT_CONFIG);
  // The worker has said why.
  if (error instanceof CrewFailed) fail([], error.code);
  const { code, message, stack } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') fail([`PORT is taken by another program; set another one (${message})`], 1);
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    fail([`HOST and PORT cannot be opened: ${message}`], 1);
  fail([stack ?? message], 1);
}
