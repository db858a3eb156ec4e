// More callers at one moment than a port keeps where a program names no number (511), while the program is busy.

import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { RunningServer } from './running-server.ts';

export const CROWD = 800;
/** The system answers at once or, beyond what it keeps, never: the program stands still. */
const LIMIT_MS = 20_000;
const MOST_OF_A_PORT = '/proc/sys/net/core/somaxconn';

/** How many connections the system keeps for one port at most. */
export function doorOfTheSystem(): number {
  return existsSync(MOST_OF_A_PORT) ? Number(readFileSync(MOST_OF_A_PORT, 'latin1')) : 0;
}

/** The first lines, each once, of what the callers are answered. */
export async function answersToCrowd({ child, origin }: RunningServer): Promise<string[]> {
  child.kill('SIGSTOP');
  const callers = Array.from({ length: CROWD }, () => connect(Number(new URL(origin).port), '127.0.0.1'));
  const signal = AbortSignal.timeout(LIMIT_MS);
  try {
    await Promise.all(callers.map((caller) => once(caller, 'connect', { signal })));
  } finally {
    child.kill('SIGCONT');
  }
  const answers = callers.map(async (caller) => {
    caller.write('GET /api/health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    const [answer] = (await once(caller, 'data')) as [Buffer];
    caller.destroy();
    return answer.toString('latin1').split('\r\n')[0] ?? '';
  });
  return [...new Set(await Promise.all(answers))];
}
