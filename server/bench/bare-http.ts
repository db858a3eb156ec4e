// The baseline of a read: node:http alone, which answers every request with the same bytes from memory, or with 304.

import { createServer } from 'node:http';

export interface BareAnswer {
  port: number;
  status: number;
  body: string;
  /** Beside the type and the length of the body. */
  headers: Record<string, string>;
}

const { port, status, body, headers } = JSON.parse(process.argv[2] ?? '{}') as BareAnswer;
const bytes = Buffer.from(body);
const sent =
  bytes.length === 0
    ? headers
    : { ...headers, 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': bytes.length };

createServer((_request, response) => {
  response.writeHead(status, sent);
  response.end(bytes.length === 0 ? undefined : bytes);
}).listen(port, '127.0.0.1');
