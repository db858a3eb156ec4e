// Live events: 500 listeners while 50 changes a second are written.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ListenLoad, ListenResult } from './event-listeners.ts';
import { startMeasuredServer } from './measured-server.ts';
import { run } from './run-child.ts';

const LISTENERS = 500;
const WRITES = 500;
const EVERY_MS = 20;
const GOAL_P99_MS = 300;

export async function benchEvents(): Promise<boolean> {
  const dataDir = mkdtempSync(join(tmpdir(), 'swati-bench-'));
  const server = await startMeasuredServer(dataDir, false);
  try {
    const from = (await positionOf(server.port, server.token)) + 1;
    const load: ListenLoad = {
      port: server.port,
      token: server.token,
      listeners: LISTENERS,
      from,
      count: WRITES,
    };
    const listening = run<ListenResult>('event-listeners.ts', load);
    await sleep(3_000);
    for (let n = 0; n < WRITES; n++) {
      const [turn] = await Promise.all([
        post(server.port, server.token, server.customers, n),
        sleep(EVERY_MS),
      ]);
      if (turn !== 201) throw new Error(`a posting was answered with ${turn}`);
    }
    const { told, wrong, p50, p99 } = await listening;
    console.table({
      'live events': {
        listeners: LISTENERS,
        written: WRITES,
        told,
        wrong,
        'p50 ms': p50,
        'p99 ms': p99,
        [`goal p99 ms`]: GOAL_P99_MS,
      },
    });
    return wrong === 0 && told === LISTENERS * WRITES && p99 <= GOAL_P99_MS;
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function positionOf(port: number, token: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/api/journal?limit=1`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { data } = (await response.json()) as { data: { seq: number }[] };
  return data[0]?.seq ?? 0;
}

async function post(port: number, token: string, customers: readonly string[], n: number): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/api/khata/transactions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      customer_id: customers[n % customers.length],
      transaction_type: n % 2 === 0 ? 'debit' : 'credit',
      amount: 100,
    }),
  });
  await response.arrayBuffer();
  return response.status;
}
