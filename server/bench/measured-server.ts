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
const LOOK_EVERY_MS = 10;

const ADMIN = { username: 'bench', password: 'bench-password' };

/** `env`: settings of its own, such as where its database is. */
export async function startMeasuredServer(
  dataDir: string,
  slow: boolean,
  env: Record<string, string> = {},
): Promise<MeasuredServer> {
  const { port, pid, token, stop } = await openServer(dataDir, slow, env);
  const send = sender(port);
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

/** A server alone. */
export interface BareServer {
  port: number;
  pid: number;
  /** From its start to the first answer that it is ready. */
  readyMs: number;
  stop: () => Promise<void>;
}

/** The server on whatever its folder holds, signed in to: an empty store, one without accounts, or one of ours. */
export async function openServer(
  dataDir: string,
  slow: boolean,
  env: Record<string, string> = {},
): Promise<BareServer & { token: string }> {
  const server = await startBareServer(dataDir, slow, env);
  const send = sender(server.port);
  const { access_token: token } = (await send('/api/auth/login', ADMIN)) as { access_token: string };
  return { ...server, token };
}

/** The server alone, as one more process of a shop that is there. */
export async function startBareServer(
  dataDir: string,
  slow: boolean,
  env: Record<string, string> = {},
): Promise<BareServer> {
  const port = await freePort();
  const started = performance.now();
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
  const readyMs = performance.now() - started;
  return { port, pid: child.pid ?? 0, readyMs, stop: () => stop(child) };
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
    await sleep(LOOK_EVERY_MS);
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

/** Waits for a server that has no address to ask whether it is ready. */
export async function untilAnswered(port: number): Promise<void> {
  for (let waited = 0; waited < READY_WITHIN_MS; waited += LOOK_EVERY_MS) {
    const response = await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
    await response?.arrayBuffer();
    if (response) return;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error('the server did not answer in time');
}
