// The real program in a process of its own, on a temporary folder and a free port.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../src/main.js', import.meta.url));

export interface RunningServer {
  origin: string;
  child: ChildProcess;
  /** The log lines so far. */
  lines: () => Record<string, unknown>[];
  output: () => string;
  /** Sends the signal and answers the exit code and how long it took. */
  stop: (signal?: NodeJS.Signals) => Promise<{ code: number | null; ms: number }>;
}

export interface TemporaryFolder {
  path: string;
  remove: () => void;
}

export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'swati-run-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function start(dataDir: string, environment: Record<string, string>, cwd = tmpdir(), program = MAIN) {
  const { PATH } = process.env;
  const child = spawn(process.execPath, [program], {
    // A folder without .env, and none of this process's settings.
    cwd,
    env: { PATH, PORT: '0', DATA_DIR: dataDir, REFERENCE_DATA: 'false', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text.out += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text.err += chunk;
  });
  return { child, text };
}

/** Starts the program and waits until it ends by itself. */
export async function runToEnd(
  dataDir: string,
  environment: Record<string, string>,
): Promise<{ code: number | null; out: string; err: string }> {
  const { child, text } = start(dataDir, environment);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...text };
}

/** Reads each line once, however often a test that waits for one looks. The last one may be half there, and waits. */
function linesOf(output: () => string): RunningServer['lines'] {
  const lines: Record<string, unknown>[] = [];
  let readTo = 0;
  return () => {
    const whole = output().slice(readTo, output().lastIndexOf('\n') + 1);
    const added = whole.split('\n').filter((line) => line !== '');
    lines.push(...added.map((line) => JSON.parse(line) as Record<string, unknown>));
    readTo += whole.length;
    return [...lines];
  };
}

/** Starts the program and waits until it says that it is ready. */
export async function startServer(
  dataDir: string,
  environment: Record<string, string> = {},
  cwd?: string,
  program?: string,
): Promise<RunningServer> {
  const { child, text } = start(dataDir, environment, cwd, program);
  const ended = once(child, 'close') as Promise<[number | null]>;
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const found = /"msg":"ready on https?:\/\/[^"]*:(\d+)"[\s\S]*is open:.*\n.*\n/.exec(text.out)?.[1];
      if (found) resolve(found);
    });
    void ended.then(([code]) => reject(new Error(`ended with ${code}: ${text.out}${text.err}`)));
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    child,
    output: () => text.out + text.err,
    lines: linesOf(() => text.out),
    stop: async (signal = 'SIGTERM') => {
      const at = performance.now();
      child.kill(signal);
      const [code] = await ended;
      return { code, ms: performance.now() - at };
    },
  };
}
