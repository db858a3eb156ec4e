// Listeners of live events that count what they are told: each event once, in order, and how long after it was written.

import { get, type IncomingMessage } from 'node:http';

export interface ListenLoad {
  port: number;
  token: string;
  listeners: number;
  /** The sequence numbers that each must be told, first and last. */
  from: number;
  count: number;
}
export interface ListenResult {
  told: number;
  /** Events that came twice, out of order or not at all. */
  wrong: number;
  p50: number;
  p99: number;
}

const load = JSON.parse(process.argv[2] ?? '{}') as ListenLoad;
const delays: number[] = [];
let wrong = 0;
await Promise.all(Array.from({ length: load.listeners }, listen));
delays.sort((a, b) => a - b);
const at = (share: number): number => delays[Math.floor(delays.length * share)] ?? Number.NaN;
const result: ListenResult = { told: delays.length, wrong, p50: at(0.5), p99: at(0.99) };
console.log(JSON.stringify(result));

async function listen(): Promise<void> {
  const { port, token, from, count } = load;
  const headers = { authorization: `Bearer ${token}` };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ port, host: '127.0.0.1', path: '/api/events', headers, agent: false }, resolve).on('error', reject);
  });
  let next = from;
  let text = '';
  for await (const part of response.setEncoding('utf8')) {
    const blocks = (text + part).split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, id, written] = /^id: (\d+)\n[\s\S]*"at":"([^"]+)"/.exec(block) ?? [];
      if (id === undefined || written === undefined) continue;
      delays.push(Date.now() - Date.parse(written));
      if (Number(id) !== next) wrong++;
      next = Number(id) + 1;
    }
    if (next >= from + count) break;
  }
  wrong += from + count - next;
}
