// Visitors of the public list, arriving at a fixed rate whether or not the ones before were answered.

import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ListLoad {
  port: number;
  perSecond: number;
  milliseconds: number;
}
export interface ListResult {
  count: number;
  p50: number;
  p99: number;
}

const load = JSON.parse(process.argv[2] ?? '{}') as ListLoad;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const latencies: number[] = [];
const visits: Promise<void>[] = [];
for (let n = 0; n < 20; n++) await visit();
latencies.length = 0;
const started = performance.now();
for (let n = 0; (n * 1000) / load.perSecond < load.milliseconds; n++) {
  const wait = started + (n * 1000) / load.perSecond - performance.now();
  if (wait > 0) await sleep(wait);
  visits.push(visit());
}
await Promise.all(visits);
agent.destroy();
latencies.sort((a, b) => a - b);
const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
const result: ListResult = { count: latencies.length, p50: at(0.5), p99: at(0.99) };
console.log(JSON.stringify(result));

function visit(): Promise<void> {
  const sent = performance.now();
  return new Promise((resolve, reject) => {
    get({ port: load.port, host: '127.0.0.1', path: '/api/products', agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`the list was answered with ${response.statusCode}`));
      response.resume().on('end', () => {
        latencies.push(performance.now() - sent);
        resolve();
      });
    }).on('error', reject);
  });
}
