// Clients that write as fast as they are answered, each on one kept connection, with a key each time: khata entries, or
// orders of three items on khata. The protocol is spoken by hand, answers are read into one buffer of which only the
// length and the status are looked at: a full client would take the processor time that the server needs.

import { connect } from 'node:net';

export type Kind = 'khata' | 'orders';
export interface WritingLoad {
  kind: Kind;
  port: number;
  token: string;
  customers: string[];
  pieces: string[];
  clients: number;
  milliseconds: number;
  /** Of all clients together; absent: each as fast as it is answered. */
  changesPerSecond?: number;
}
export interface WritingResult {
  perSecond: number;
  p50: number;
  p99: number;
}

const load = JSON.parse(process.argv[2] ?? '{}') as WritingLoad;
const LENGTH = 'content-length: ';
const run = `${process.pid}-${Date.now()}`;
const path = load.kind === 'khata' ? '/api/khata/transactions' : '/api/orders';
const head = `POST ${path} HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer ${load.token}\r\n`;
const latencies: number[] = [];
const started = performance.now();
await Promise.all(Array.from({ length: load.clients }, (_, client) => write(client)));
const elapsed = performance.now() - started;
latencies.sort((a, b) => a - b);
const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
const result: WritingResult = {
  perSecond: (latencies.length * 1000) / elapsed,
  p50: at(0.5),
  p99: at(0.99),
};
console.log(JSON.stringify(result));

/** One client: its next request goes out when the answer to the one before is whole. */
function write(client: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let n = 0;
    let sent = 0;
    let isDone = false;
    let text = '';
    const buffer = Buffer.alloc(64 * 1024);
    const onPart = (length: number): boolean => {
      text += buffer.toString('latin1', 0, length);
      if (!isWhole(text)) return true;
      if (!text.startsWith('HTTP/1.1 201')) reject(new Error(`a write was answered with ${text}`));
      latencies.push(performance.now() - sent);
      text = '';
      const wait = untilTurn(client, n);
      isDone = performance.now() + wait - started >= load.milliseconds;
      if (isDone) socket.destroy();
      else if (wait > 0) setTimeout(next, wait);
      else next();
      return true;
    };
    const socket = connect({
      port: load.port,
      host: '127.0.0.1',
      noDelay: true,
      onread: { buffer, callback: onPart },
    });
    const next = (): void => {
      const body = JSON.stringify(load.kind === 'khata' ? entry(client, n) : order(client, n));
      sent = performance.now();
      socket.write(
        `${head}Idempotency-Key: ${run}-${client}-${n}\r\nContent-Type: application/json\r\n` +
          `Content-Length: ${body.length}\r\n\r\n${body}`,
        'latin1',
      );
      n++;
    };
    socket.on('connect', next).on('error', reject);
    // After its time it is this client that closes.
    socket.on('close', () => {
      if (isDone) resolve();
      else reject(new Error('the server closed a connection'));
    });
  });
}

/** How long a client has to wait with its n-th change, in ms. */
function untilTurn(client: number, n: number): number {
  if (load.changesPerSecond === undefined) return 0;
  const at = started + ((n * load.clients + client) * 1000) / load.changesPerSecond;
  return Math.max(0, at - performance.now());
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return false;
  const length = text.indexOf(LENGTH);
  if (length === -1 || length > end) throw new Error(`an answer does not say its length: ${text}`);
  return text.length >= end + 4 + Number.parseInt(text.slice(length + LENGTH.length, end), 10);
}

function entry(client: number, n: number): object {
  const customer = load.customers[client % load.customers.length];
  return { customer_id: customer, transaction_type: n % 2 === 0 ? 'debit' : 'credit', amount: 125.5 };
}

function order(client: number, n: number): object {
  const piece = (offset: number) => load.pieces[(client * 7 + n + offset * 11) % load.pieces.length];
  return {
    customer_id: load.customers[client % load.customers.length],
    payment_method: 'khata',
    items: [0, 1, 2].map((offset) => ({ product_id: piece(offset), quantity: 1 })),
  };
}
