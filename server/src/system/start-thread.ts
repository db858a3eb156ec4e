// Threads that serve: each finds the program's files as quickly as the program itself, see own-imports.js. The trainer's,
// which is a feature's own and starts seldom, goes without.

import { Worker, type WorkerOptions } from 'node:worker_threads';

const OWN_IMPORTS = new URL('./own-imports.js', import.meta.url).href;

export function startThread(file: URL, options: Omit<WorkerOptions, 'execArgv'>): Worker {
  return new Worker(file, { ...options, execArgv: ['--import', OWN_IMPORTS] });
}
