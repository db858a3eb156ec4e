// The real program with two workers, for tests that need to know which of them they speak to.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Caller } from './caller.ts';
import { type RunningServer, startServer } from './running-server.ts';

const OWNER = {
  ADMIN_USERNAME: 'owner',
  ADMIN_EMAIL: 'owner@example.com',
  ADMIN_PASSWORD: 'correct horse battery',
};

export interface CrewedServer extends RunningServer {
  token: string;
  /** A caller of each worker, by seat. */
  callers: [Caller, Caller];
  signIn: (caller: Caller, username?: string, password?: string) => Promise<string>;
  /** The process ids of the workers that began to serve, by seat: the latest of each. */
  pids: () => Map<number, number>;
}

export async function startCrew(
  dataDir: string,
  environment: Record<string, string> = {},
  cwd?: string,
  program?: string,
): Promise<CrewedServer> {
  const settings = { WORKERS: '2', ...OWNER, ...environment };
  const server = await startServer(dataDir, settings, cwd, program);
  const isCrewed = settings.WORKERS === '2';
  const callers: [Caller, Caller] = isCrewed
    ? await callersOfEach(server)
    : [new Caller(server.origin), new Caller(server.origin)];
  const signIn = async (
    caller: Caller,
    username = OWNER.ADMIN_USERNAME,
    password = OWNER.ADMIN_PASSWORD,
  ): Promise<string> => {
    const { status, body } = await caller.ask('POST', '/api/auth/login', { body: { username, password } });
    assert.equal(status, 200, JSON.stringify(body));
    return body.data.access_token;
  };
  return { ...server, callers, signIn, token: await signIn(callers[0]), pids: () => pidsOf(server) };
}

/** A caller of each worker, by seat. Connections are dealt out in turn; the log of a refused request says who had it. */
export async function callersOfEach(server: RunningServer): Promise<[Caller, Caller]> {
  const found = new Map<number, Caller>();
  while (found.size < 2) {
    const caller = new Caller(server.origin);
    const id = `who-${found.size}-${Math.random().toString(36).slice(2)}`;
    await caller.ask('GET', '/api/nowhere', { headers: { 'x-request-id': id } });
    const seat = await seatOf(server, id);
    if (found.has(seat)) caller.hangUp();
    else found.set(seat, caller);
  }
  return [found.get(1), found.get(2)] as [Caller, Caller];
}

async function seatOf(server: RunningServer, requestId: string): Promise<number> {
  for (;;) {
    const line = server.lines().find((one) => one.request_id === requestId);
    if (line) return Number(line.worker);
    await sleep(5);
  }
}

function pidsOf(server: RunningServer): Map<number, number> {
  const serving = server.lines().filter(({ msg }) => msg === 'a worker serves');
  return new Map(serving.map(({ worker, pid }) => [Number(worker), Number(pid)]));
}

/** Waits for what a log line will say. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(20);
}

/** Whether the process is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
