// The baseline of a prediction: node:http alone, which reads the question as JSON and answers a text of the same length.

import { createServer } from 'node:http';

const { port, answer } = JSON.parse(process.argv[2] ?? '{}') as { port: number; answer: string };

createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  request.on('end', () => {
    JSON.parse(text);
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.setHeader('content-length', Buffer.byteLength(answer));
    response.end(answer);
  });
}).listen(port, '127.0.0.1');
