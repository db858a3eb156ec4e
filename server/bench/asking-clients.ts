// Clients that ask as fast as they are answered, each on one kept connection. They speak plain sockets and read into one
// buffer: a full HTTP client takes more of a machine than the server that it is to load, and would be what is measured.

import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

export interface AskingLoad {
  port: number;
  /** Asked in turn, from `first` on; of a file, one address a line, where they are many. */
  paths: string[] | { file: string };
  first?: number;
  /** Whole header lines, without their ends. */
  headers?: string[];
  clients: number;
  /** It ends after this time, or after so many answers. */
  milliseconds?: number;
  answers?: number;
  status?: number;
  /** A client comes back from another address of this machine after so many: where the shop limits each address. */
  answersPerAddress?: number;
}
export interface AskingResult {
  answers: number;
  perSecond: number;
  p50: number;
  p99: number;
  /** Of one answer's body, on average. */
  bytes: number;
}

const load = JSON.parse(process.argv[2] ?? '{}') as AskingLoad;
const paths = Array.isArray(load.paths) ? load.paths : readFileSync(load.paths.file, 'utf8').split('\n');
const wanted = `HTTP/1.1 ${load.status ?? 200}`;
const extra = (load.headers ?? []).map((line) => `${line}\r\n`).join('');
const most = load.answers ?? Number.POSITIVE_INFINITY;
const limitMs = load.milliseconds ?? Number.POSITIVE_INFINITY;
const latencies: number[] = [];
let asked = load.first ?? 0;
let bytes = 0;
let addresses = 0;
const started = performance.now();
await Promise.all(Array.from({ length: load.clients }, come));
const elapsed = performance.now() - started;
latencies.sort((a, b) => a - b);
const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
const result: AskingResult = {
  answers: latencies.length,
  perSecond: (latencies.length * 1000) / elapsed,
  p50: at(0.5),
  p99: at(0.99),
  bytes: Math.round(bytes / latencies.length),
};
console.log(JSON.stringify(result));

function isOver(): boolean {
  return performance.now() - started >= limitMs || latencies.length >= most;
}

/** One client, from one address after another. */
async function come(): Promise<void> {
  do await ask();
  while (!isOver());
}

/** Each process has a part of the machine's own network, so that one does not use up what another may ask. */
function nextAddress(): { localAddress?: string } {
  if (load.answersPerAddress === undefined) return {};
  const number = addresses++;
  return {
    localAddress: `127.${1 + (process.pid % 250)}.${Math.floor(number / 250) % 250}.${1 + (number % 250)}`,
  };
}

/** On one connection, as long as its address may ask. */
function ask(): Promise<void> {
  return new Promise((resolve, reject) => {
    let left = load.answersPerAddress ?? Number.POSITIVE_INFINITY;
    let sent = 0;
    let head = '';
    /** Bytes of the answer that are still to come; -1: its head is not whole yet. */
    let missing = -1;
    const socket = connect({
      port: load.port,
      host: '127.0.0.1',
      noDelay: true,
      ...nextAddress(),
      onread: { buffer: Buffer.alloc(256 * 1024), callback: onPart },
    });
    const next = (): void => {
      head = '';
      missing = -1;
      sent = performance.now();
      socket.write(`GET ${paths[asked++ % paths.length]} HTTP/1.1\r\nHost: shop\r\n${extra}\r\n`, 'latin1');
    };
    function onPart(length: number, buffer: Uint8Array): boolean {
      if (missing < 0) readHead(length, buffer);
      else missing -= length;
      if (missing !== 0) return true;
      latencies.push(performance.now() - sent);
      if (--left > 0 && !isOver()) next();
      else socket.destroy();
      return true;
    }
    function readHead(length: number, buffer: Uint8Array): void {
      head += Buffer.from(buffer.buffer, buffer.byteOffset, length).toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end === -1) return;
      if (!head.startsWith(wanted)) reject(new Error(`answered with ${head.slice(0, 400)}`));
      const body = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      bytes += body;
      missing = end + 4 + body - head.length;
    }
    socket
      .on('connect', next)
      .on('error', reject)
      .on('close', () => resolve());
  });
}
