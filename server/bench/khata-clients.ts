// Clients that post khata entries as fast as they are answered, each on one kept connection, with a key each time.
// The protocol is spoken by hand: a full client would take the processor time that the server needs.

import { connect, type Socket } from 'node:net';

export interface KhataLoad {
  port: number;
  token: string;
  customers: string[];
  clients: number;
  milliseconds: number;
}
export interface KhataResult {
  perSecond: number;
  p50: number;
  p99: number;
}

const load = JSON.parse(process.argv[2] ?? '{}') as KhataLoad;
const run = `${process.pid}-${Date.now()}`;
const latencies: number[] = [];
const started = performance.now();
await Promise.all(Array.from({ length: load.clients }, (_, client) => post(client)));
const elapsed = performance.now() - started;
latencies.sort((a, b) => a - b);
const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
const result: KhataResult = { perSecond: (latencies.length * 1000) / elapsed, p50: at(0.5), p99: at(0.99) };
console.log(JSON.stringify(result));

async function post(client: number): Promise<void> {
  const socket = connect({ port: load.port, host: '127.0.0.1', noDelay: true });
  const customer = load.customers[client % load.customers.length];
  for (let n = 0; performance.now() - started < load.milliseconds; n++) {
    const body = JSON.stringify({
      customer_id: customer,
      transaction_type: n % 2 === 0 ? 'debit' : 'credit',
      amount: 125.5,
    });
    const sent = performance.now();
    socket.write(
      `POST /api/khata/transactions HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer ${load.token}\r\n` +
        `Idempotency-Key: ${run}-${client}-${n}\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${body.length}\r\n\r\n${body}`,
    );
    const answer = await answered(socket);
    if (!answer.startsWith('HTTP/1.1 201')) throw new Error(`a posting was answered with ${answer}`);
    latencies.push(performance.now() - sent);
  }
  socket.destroy();
}

/** Waits for one whole answer. */
function answered(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const stop = (): void => void socket.off('data', read).off('close', broken).off('error', broken);
    const broken = (): void => {
      stop();
      reject(new Error('the server closed a connection'));
    };
    const read = (part: Buffer): void => {
      text += part.toString('latin1');
      const head = text.indexOf('\r\n\r\n');
      if (head === -1) return;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
      if (text.length < head + 4 + length) return;
      stop();
      resolve(text);
    };
    socket.on('data', read).on('close', broken).on('error', broken);
  });
}
