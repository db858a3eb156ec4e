// Clients that ask one question again and again, each as soon as it was answered. They speak plain sockets: an HTTP
// client would take more of the machine than the server that is measured.

import { connect } from 'node:net';

export interface QuestionLoad {
  port: number;
  path: string;
  body: string;
  clients: number;
  milliseconds: number;
}
export interface QuestionResult {
  answers: number;
  perSecond: number;
}

const load = JSON.parse(process.argv[2] ?? '{}') as QuestionLoad;
const request = Buffer.from(
  `POST ${load.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${Buffer.byteLength(load.body)}\r\n\r\n${load.body}`,
);
let answers = 0;
const started = performance.now();
const isOver = (): boolean => performance.now() - started >= load.milliseconds;
await Promise.all(Array.from({ length: load.clients }, ask));
const perSecond = (answers * 1000) / (performance.now() - started);
console.log(JSON.stringify({ answers, perSecond } satisfies QuestionResult));

function ask(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(load.port, '127.0.0.1', () => socket.write(request));
    socket.setNoDelay(true);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const head = text.indexOf('\r\n\r\n');
      if (head === -1) return;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? Number.NaN);
      if (!text.startsWith('HTTP/1.1 200') || Number.isNaN(length)) {
        socket.destroy();
        reject(new Error(`answered with ${text.slice(0, 200)}`));
        return;
      }
      if (text.length < head + 4 + length) return;
      text = '';
      answers++;
      if (isOver()) {
        socket.destroy();
        resolve();
      } else socket.write(request);
    });
    socket.on('error', reject);
  });
}
