// The real program with the sample shop, in a process of its own on a free port.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../server/src/main.js', import.meta.url));
// The last two lines of the start: where the shop is open, and how to get in.
const READY = /"msg":"ready on https?:\/\/[^"]*:(\d+)"[\s\S]*is open:.*\n.*\n/;

export const OWNER = { username: 'swati', password: 'a pass word' };

export interface RunningShop {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  port: number;
  output: () => string;
  stop: () => Promise<void>;
  /** Stops the program and starts it again on the same data and port. */
  restart: () => Promise<void>;
  /** Stops it for good and removes its data. */
  remove: () => Promise<void>;
}

/** Settings go to the program's environment; `DEMO` is on unless said otherwise. */
export async function startShop(settings: Record<string, string> = {}): Promise<RunningShop> {
  const dataDir = mkdtempSync(join(tmpdir(), 'swati-console-'));
  let { child, port, output } = await launch(dataDir, settings);
  const stop = async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'close');
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    output: () => output(),
    stop,
    restart: async () => {
      await stop();
      ({ child, port, output } = await launch(dataDir, { ...settings, PORT: String(port) }));
    },
    remove: async () => {
      await stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function launch(dataDir: string, settings: Record<string, string>) {
  const child: ChildProcess = spawn(process.execPath, [MAIN], {
    // A folder without .env, and none of this process's settings.
    cwd: tmpdir(),
    env: {
      PATH: process.env.PATH,
      DATA_DIR: dataDir,
      PORT: '0',
      HOST: '0.0.0.0',
      DEMO: 'true',
      REFERENCE_DATA: 'false',
      LOG_LEVEL: 'info',
      ADMIN_USERNAME: OWNER.username,
      ADMIN_EMAIL: 'swati@example.com',
      ADMIN_PASSWORD: OWNER.password,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const ready = new Promise<number>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      text += chunk.toString();
      const port = READY.exec(text)?.[1];
      if (port !== undefined) resolve(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('close', (code) => reject(new Error(`The shop ended with ${code}:\n${text}`)));
  });
  return { child, port: await ready, output: () => text };
}
