import { rmSync } from 'node:fs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Removes what is needed for a while alone, such as a whole shop out of an encrypted archive, when the work ends: done,
 * failed or, in a process that leaves signals to the system, by Ctrl-C, a closed terminal or a stop.
 */
export async function withScratch<T>(paths: readonly string[], work: () => Promise<T>): Promise<T> {
  const remove = (): void => {
    for (const path of paths) rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  };
  const end = (signal: NodeJS.Signals): void => {
    try {
      remove();
    } finally {
      ignore();
      process.kill(process.pid, signal);
    }
  };
  // A server has its own way to end, and the next backup clears up after it.
  const heeded = SIGNALS.filter((signal) => process.listenerCount(signal) === 0);
  for (const signal of heeded) process.on(signal, end);
  const ignore = (): void => {
    for (const signal of heeded) process.off(signal, end);
  };
  try {
    return await work();
  } finally {
    ignore();
    remove();
  }
}
