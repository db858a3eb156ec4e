// Processes of a benchmark: loads run outside the server's process, so that they do not share its threads.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Every sync of the process takes this much longer, as on a busy disk. */
export const SLOW_SYNC_MS = 4;
const SLOWLY = [
  'strace',
  // -D: the process keeps its own id and its parent, so that a signal reaches it and not the tracer.
  ...['-D', '-f', '-qq', '--seccomp-bpf', '-o', '/dev/null', '-e', 'trace=fdatasync,fsync'],
  ...['-e', `inject=fdatasync,fsync:delay_exit=${SLOW_SYNC_MS * 1000}`],
];

export interface StartOptions {
  slow: boolean;
  env?: Record<string, string>;
  /** Whether the parent reads what it prints. */
  piped: boolean;
}

/** Starts a script of this folder or of the server with this Node. */
export function start(script: string, args: string[], { slow, env, piped }: StartOptions): ChildProcess {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const command = [...(slow ? SLOWLY : []), process.execPath, file, ...args] as [string, ...string[]];
  return spawn(command[0], command.slice(1), {
    stdio: ['ignore', piped ? 'pipe' : 'ignore', 'inherit'],
    env: { ...process.env, ...env },
  });
}

/** Runs a script to its end and answers what it printed, which is JSON. */
export async function run<T>(script: string, input: object, slow = false): Promise<T> {
  const child = start(script, [JSON.stringify(input)], { slow, piped: true });
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${script} ended with ${code}`);
  return JSON.parse(text) as T;
}

/** Why syncs cannot be slowed here, or null when they can. */
export async function slowingFails(): Promise<string | null> {
  const child = spawn('strace', [...SLOWLY.slice(1), 'true'], { stdio: 'ignore' });
  const outcome = await Promise.race([
    once(child, 'error').then(() => 'strace is not installed'),
    once(child, 'exit').then(([code]) => (code === 0 ? null : 'strace may not trace processes here')),
  ]).catch(() => 'strace is not installed');
  return outcome;
}
