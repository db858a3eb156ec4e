// Starts and ends the real program: in a process group of its own, so that whatever it starts ends with it.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from '../check.ts';
import { Client } from './client.ts';
import { SOURCE } from './plant.ts';

const READY_LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 15;
const KEPT_OUTPUT = 200_000;

export interface Program {
  origin: string;
  pid: number;
  /** Milliseconds from the start of the process to its word that it is ready. */
  readyMs: number;
  /** What it wrote last. */
  output: () => string;
  hasEnded: () => boolean;
  /** Sends the signal to the process alone and answers its exit code, and how long it took. */
  stop: (signal?: NodeJS.Signals) => Promise<{ code: number | null; ms: number }>;
  /** Ends the whole group at once, as a power button would end its processes. */
  kill: () => Promise<void>;
}

export interface Start {
  dataDir: string;
  environment?: Record<string, string>;
}

/** What the program said when it ended instead of getting ready. */
export class DidNotStart extends Error {
  readonly code: number | null;
  readonly output: string;
  readonly stderr: string;

  constructor(code: number | null, output: string, stderr: string) {
    super(`the program ended with ${code}: ${output.slice(-2000)}`);
    this.code = code;
    this.output = output;
    this.stderr = stderr;
  }
}

/** Each with the folder of the check that started it. */
const running = new Map<ChildProcess, string>();
// Nothing that was started here outlives the proof, however that ends.
process.once('exit', () => {
  for (const child of running.keys()) killGroup(child);
});

/** Ends all that a check left running in its folder, after it broke off. */
export async function endPrograms(folder: string): Promise<void> {
  const left = [...running].filter(([, of]) => of === folder).map(([child]) => child);
  const closed = left.map((child) => once(child, 'close'));
  for (const child of left) killGroup(child);
  await Promise.all(closed);
}

export async function startProgram(stage: Stage, start: Start): Promise<Program> {
  mkdirSync(start.dataDir, { recursive: true });
  const port = await freePort();
  const at = performance.now();
  const child = spawn(process.execPath, [join(SOURCE, 'main.js')], {
    // A folder without .env, and none of this process's settings.
    cwd: stage.folder,
    env: environmentOf(stage, start, port),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  running.set(child, stage.folder);
  const text = { all: '', err: '' };
  const log = createWriteStream(join(stage.folder, `program-${child.pid}.log`));
  const keep = (chunk: string): void => {
    text.all = (text.all + chunk).slice(-KEPT_OUTPUT);
    log.write(chunk);
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text.err = (text.err + chunk).slice(-KEPT_OUTPUT);
    keep(chunk);
  });
  const ended = (once(child, 'close') as Promise<[number | null]>).then(([code]) => {
    running.delete(child);
    log.end();
    return code;
  });
  const origin = `http://127.0.0.1:${port}`;
  await waitReady(origin, child, text, ended);
  return {
    origin,
    pid: child.pid as number,
    readyMs: performance.now() - at,
    output: () => text.all,
    hasEnded: () => !running.has(child),
    stop: async (signal = 'SIGTERM') => {
      const from = performance.now();
      child.kill(signal);
      const code = await ended;
      return { code, ms: performance.now() - from };
    },
    kill: async () => {
      killGroup(child);
      await ended;
    },
  };
}

/** Asks until the program says that it is ready. Its log may be a second late, and a child that died loses it. */
async function waitReady(
  origin: string,
  child: ChildProcess,
  text: { all: string; err: string },
  ended: Promise<number | null>,
): Promise<void> {
  const client = new Client(origin);
  const from = performance.now();
  try {
    while (running.has(child)) {
      if ((await client.get('/api/health/ready')).status === 200) return;
      if (performance.now() - from > READY_LIMIT_MS) killGroup(child);
      await sleep(LOOK_EVERY_MS);
    }
  } finally {
    client.close();
  }
  throw new DidNotStart(await ended, text.all, text.err);
}

/** One that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

function environmentOf(stage: Stage, { dataDir, environment }: Start, port: number): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: stage.folder,
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: dataDir,
    REFERENCE_DATA: 'false',
    NIGHTLY_BACKUP: 'false',
    LOGIN_THROTTLE: 'off',
    // All requests come from one address.
    RATE_LIMIT: 'off',
    ...stage.environment,
    ...environment,
  };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
