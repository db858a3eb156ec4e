// What goes over the wire where the head was ready is what `writeHead` writes: every line of it, however the caller
// speaks HTTP, since Node does not describe what is used here.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { ReadyHead } from './ready-head.ts';

const HEADERS = { etag: '"tag-1"', vary: 'Origin, Accept-Encoding', 'x-name': 'caf\xe9' };
const ID = 'id-of-the-request';
const BODY = '{"name":"caf\xe9"}';
const HEADS = { 200: new ReadyHead(200, HEADERS), 304: new ReadyHead(304, HEADERS) };

function answer(response: ServerResponse, path: string): void {
  const status = path.includes('304') ? 304 : 200;
  const length = ['content-length', String(BODY.length)];
  const others = status === 304 ? [] : length;
  if (path.startsWith('/ready')) HEADS[status].write(response, ID, others);
  else response.writeHead(status, [...Object.entries(HEADERS).flat(), 'x-request-id', ID, ...others]);
  if (status === 304) response.end();
  else response.end(BODY, 'latin1');
}

describe('a head that was ready', () => {
  const settings = { keepAliveTimeout: 50, keepAliveTimeoutBuffer: 1, connectionsCheckingInterval: 50 };
  const server = createServer(settings, (request, response) => answer(response, request.url ?? ''));
  let finished = 0;
  before(async () => {
    server.on('request', (_request, response) => response.on('finish', () => finished++));
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  after(() => server.close());

  /** All that comes until the server closes the connection. */
  const speak = async (text: string): Promise<string> => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    let got = '';
    socket.setEncoding('latin1').on('data', (part: string) => {
      got += part.replace(/Date: [^\r]+/g, 'Date: now');
    });
    socket.write(text, 'latin1');
    await once(socket, 'close');
    return got;
  };
  const requests: [string, string][] = [
    ['kept', ' HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['to be closed', ' HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    ['of HTTP/1.0', ' HTTP/1.0\r\n\r\n'],
    ['of HTTP/1.0, kept', ' HTTP/1.0\r\nConnection: keep-alive\r\n\r\n'],
  ];
  for (const [name, rest] of requests) {
    for (const status of [200, 304]) {
      it(`is what writeHead writes: ${status} on a connection ${name}`, async () => {
        const before = finished;
        const ready = await speak(`GET /ready/${status}${rest}`);
        const written = await speak(`GET /written/${status}${rest}`);
        assert.match(ready, new RegExp(`^HTTP/1.1 ${status} `));
        assert.deepEqual(ready.split('\r\n').sort(), written.split('\r\n').sort());
        assert.equal(ready.match(/Date: now/g)?.length, 1);
        assert.equal(ready.endsWith(status === 304 ? '\r\n\r\n' : `\r\n\r\n${BODY}`), true);
        assert.equal(finished - before, 2);
      });
    }
  }

  it('keeps the order of requests that came at once, of both kinds', async () => {
    const of = (paths: string[]) => paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join('');
    const got = await speak(of(['/ready/304', '/written/200', '/ready/200', '/ready/304', '/written/304']));
    const statuses = [...got.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
    assert.deepEqual(statuses, ['304', '200', '200', '304', '304']);
    assert.equal(got.split(BODY).length - 1, 2);
  });

  it('sends no body to HEAD', async () => {
    const ask = (path: string) => speak(`HEAD ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    const [ready, written] = [await ask('/ready/200'), await ask('/written/200')];
    assert.deepEqual(ready.split('\r\n').sort(), written.split('\r\n').sort());
    assert.equal(ready.endsWith('\r\n\r\n'), true);
  });

  it('leaves out what is of one answer, and 304 what is of a body', () => {
    const headers = {
      'x-request-id': 'another',
      'content-length': 1,
      'content-type': 'a/b',
      'content-encoding': 'br',
    };
    const written: string[] = [];
    const response = { _storeHeader: (lines: string) => written.push(lines) } as unknown as ServerResponse;
    for (const status of [200, 304] as const) new ReadyHead(status, headers).write(response, ID);
    assert.deepEqual(written, [
      `HTTP/1.1 200 OK\r\ncontent-type: a/b\r\ncontent-encoding: br\r\nx-request-id: ${ID}\r\n`,
      `HTTP/1.1 304 Not Modified\r\nx-request-id: ${ID}\r\n`,
    ]);
  });

  it('is written for any status, with lines of the one answer', () => {
    const written: unknown[] = [];
    const response = { _storeHeader: (...all: unknown[]) => written.push(all) } as unknown as ServerResponse;
    new ReadyHead(201, { 'content-type': 'a/b' }).write(
      response,
      ID,
      ['content-length', '2'],
      'etag: "1-a"\r\n',
    );
    assert.equal(response.statusCode, 201);
    const lines = `HTTP/1.1 201 Created\r\ncontent-type: a/b\r\nx-request-id: ${ID}\r\netag: "1-a"\r\n`;
    assert.deepEqual(written, [[lines, ['content-length', '2']]]);
  });

  it('refuses what would end a line', () => {
    const write = (name: string, value: string) =>
      new ReadyHead(200, { [name]: value }).write({} as ServerResponse, ID);
    assert.throws(() => write('x-name', 'a\r\nset-cookie: b'), { code: 'ERR_INVALID_CHAR' });
    assert.throws(() => write('x name', 'a'), { code: 'ERR_INVALID_HTTP_TOKEN' });
  });
});
