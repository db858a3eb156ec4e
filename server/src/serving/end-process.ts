// How the process ends: what is said, and with which code. 0 stopped as asked, 1 could not start or had to be cut short,
// 78 settings or data unusable, which is final; one that served and cannot go on kills itself.

import { setTimeout as pause } from 'node:timers/promises';
import { ConfigRefused } from '../config.ts';
import { isNoAnswer, StoreRefused, StoreUnreachable } from '../store/store-refused.ts';
import { describeFileTrouble } from '../system/file-trouble.ts';

const EXIT_FAILED = 1;
const EXIT_CONFIG = 78;
/** What a server asks of the system for its port: the address of a name, then the port itself. */
const LISTENING: ReadonlySet<string | undefined> = new Set(['getaddrinfo', 'bind', 'listen']);
/** No such name, a port that this account may not open. An address that is not there yet, as at a boot, may come. */
const FOR_GOOD: ReadonlySet<string | undefined> = new Set(['ENOTFOUND', 'EACCES']);
/** Fewer than six deaths in a minute, also where the name of the servers is refused at once. */
const UNREACHABLE_PAUSE_MS = 12_000;

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

/**
 * Ends a start that failed. Where the cluster cannot be reached, as after a power cut, the disk is full or another
 * process has the shop, only after a while: whoever keeps the shop running gives up after six deaths within a minute.
 * `letThrough`: signals that were held may end that sooner.
 */
export async function explain(error: unknown, letThrough?: (() => void) | null): Promise<never> {
  const { lines, code } = endingOf(error);
  for (const line of lines) process.stderr.write(`${line}\n`);
  if (error instanceof StoreUnreachable) {
    letThrough?.();
    await pause(UNREACHABLE_PAUSE_MS);
  }
  return fail([], code);
}

/** What is said of a start that failed, and its exit code. */
export function endingOf(error: unknown): { lines: readonly string[]; code: number } {
  const failed = (...lines: string[]) => ({ lines, code: EXIT_FAILED });
  if (error instanceof ConfigRefused) return { lines: error.problems, code: EXIT_CONFIG };
  if (error instanceof StoreUnreachable)
    return failed(`${error.message}; this start ends, the next one tries again`);
  if (error instanceof StoreRefused) return { lines: [error.message], code: EXIT_CONFIG };
  // The worker has said why.
  if (error instanceof CrewFailed) return { lines: [], code: error.code };
  const { code, syscall, message, stack } = error as NodeJS.ErrnoException;
  if (isNoAnswer(error)) return failed(`the MongoDB servers did not answer: ${message}`);
  if (code === 'EADDRINUSE') return failed(`PORT is taken by another program; set another one (${message})`);
  if (LISTENING.has(syscall)) {
    const lines = [`HOST and PORT cannot be opened: ${message}`];
    return { lines, code: FOR_GOOD.has(code) ? EXIT_CONFIG : EXIT_FAILED };
  }
  return failed(describeFileTrouble(error) ?? stack ?? message);
}
