// The real server on a folder of its own, signed in to, with customers and a catalogue.

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { start } from './run-child.ts';

export interface MeasuredServer {
  port: number;
  pid: number;
  token: string;
  customers: string[];
  /** The ids of published pieces with plenty in stock. */
  pieces: string[];
  stop: () => Promise<void>;
}

const PIECES = 50;
const IN_STOCK = 10_000;
const CUSTOMERS = 32;
const READY_WITHIN_MS = 30_000;

const ADMIN = { username: 'bench', password: 'bench-password' };

/** `env`: settings of its own, such as where its database is. */
export async function startMeasuredServer(
  dataDir: string,
  slow: boolean,
  env: Record<string, string> = {},
): Promise<MeasuredServer> {
  const { port, pid, stop } = await startBareServer(dataDir, slow, env);
  const send = sender(port);
  const { access_token: token } = (await send('/api/auth/login', ADMIN)) as { access_token: string };
  const customers: string[] = [];
  for (let n = 0; n < CUSTOMERS; n++) {
    const body = { name: `Customer ${n}`, phone: `98${String(n).padStart(8, '0')}` };
    const { data } = (await send('/api/customers', body, token)) as { data: { id: string } };
    customers.push(data.id);
  }
  const pieces: string[] = [];
  for (let n = 0; n < PIECES; n++) {
    const body = {
      name: `Ring ${n}`,
      category: 'Ring',
      base_price: 25_000 + n,
      weight: 4.25,
      status: 'published',
      stock_quantity: IN_STOCK,
    };
    const { data } = (await send('/api/products', body, token)) as { data: { id: string } };
    pieces.push(data.id);
  }
  return { port, pid, token, customers, pieces, stop };
}

/** The server alone, as one more process of a shop that is there. */
export async function startBareServer(
  dataDir: string,
  slow: boolean,
  env: Record<string, string> = {},
): Promise<{ port: number; pid: number; stop: () => Promise<void> }> {
  const port = await freePort();
  const child = start('../src/main.js', [], {
    slow,
    piped: false,
    env: {
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: dataDir,
      REFERENCE_DATA: 'false',
      ADMIN_USERNAME: ADMIN.username,
      ADMIN_EMAIL: 'bench@example.com',
      ADMIN_PASSWORD: ADMIN.password,
      ...env,
    },
  });
  await ready(port, child);
  return { port, pid: child.pid ?? 0, stop: () => stop(child) };
}

function sender(port: number) {
  return async (path: string, body: object, token?: string): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
    if (!response.ok)
      throw new Error(`${path} was answered with ${response.status}: ${await response.text()}`);
    return response.json();
  };
}

async function ready(port: number, child: ChildProcess): Promise<void> {
  const started = performance.now();
  while (performance.now() - started < READY_WITHIN_MS) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const response = await fetch(`http://127.0.0.1:${port}/api/health/ready`).catch(() => null);
    await response?.arrayBuffer();
    if (response?.ok) return;
    await sleep(100);
  }
  throw new Error('the server was not ready in time');
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
