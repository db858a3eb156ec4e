// Requests that never reach a route: an address that cannot be decoded, bytes that are no HTTP, headers that never end,
// bodies that are too large. They too get the envelope and the headers of every other answer.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Refusal, refuse } from '../domain/shop-error.ts';
import { errorBody, sendRefusal } from './error-reply.ts';
import { crossOriginHeaders, SECURITY_HEADERS } from './headers.ts';
import type { ShopConfig } from './shop.ts';
import { takeBefore } from './short-way.ts';
import { statusText } from './status-text.ts';

type Sharing = Pick<ShopConfig, 'corsOrigins'>;

/** Fastify's refusals before routing; no hook has run, so the headers are set here. */
export function answerUnroutable(config: Sharing) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const headers = { ...SECURITY_HEADERS, ...crossOriginHeaders(config, request.raw) };
    reply.headers(headers).header('X-Request-Id', request.id);
    // A browser asks first; refused there, it would not show the refusal that comes.
    if (request.method === 'OPTIONS') {
      reply.code(200).send();
      return;
    }
    const unreadable = error.code === 'FST_ERR_BAD_URL';
    const refusal = unreadable
      ? refuse('bad_request', { details: 'The address is not well encoded' })
      : refuse('route_not_found');
    sendRefusal(request, reply, refusal);
  };
}

/** The code of the error of a slow request that another one took the place of. */
export const MADE_ROOM = 'SWATI_MADE_ROOM';

/** Connections whose refusal waits for an answer that is under way. */
const waiting = new WeakSet<Socket>();

/** What Node's parser refuses: the socket is all there is, and it is closed after the answer. */
export function answerUnparsable(config: Sharing) {
  return function answer(this: FastifyInstance, error: Error & { code?: string }, socket: Socket): void {
    if (error.code === 'ECONNRESET' || socket.destroyed || waiting.has(socket)) return;
    const earlier = answerUnderWay(socket);
    if (earlier !== null) {
      waiting.add(socket);
      earlier.once('close', () => {
        waiting.delete(socket);
        answer.call(this, error, socket);
      });
      return;
    }
    const last = lastAnswer(refusalOf(error.code), crypto.randomUUID(), crossOriginHeaders(config));
    this.log.info({ ...last.logged, code: error.code }, 'unreadable request');
    if (socket.writable) writeAnswer(socket, last);
    else socket.destroy();
  };
}

/** After it the connection is closed. */
function lastAnswer(refusal: Refusal, requestId: string, sharing: Record<string, string>) {
  const { status, body } = errorBody(refusal, requestId);
  const text = JSON.stringify(body);
  const { retryAfterSeconds: seconds } = refusal;
  const headers = {
    ...SECURITY_HEADERS,
    ...sharing,
    'X-Request-Id': requestId,
    ...(seconds === undefined ? {} : { 'Retry-After': seconds }),
    'Cache-Control': 'no-store',
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    Connection: 'close',
  };
  return { status, headers, text, logged: { request_id: requestId, status } };
}

/** Where the socket is all there is. */
function writeAnswer(socket: Duplex, { status, headers, text }: ReturnType<typeof lastAnswer>): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${statusText(status)}\r\n${lines.join('')}\r\n${text}`, () =>
    socket.destroy(),
  );
}

/**
 * What Node would refuse itself, without a word of why: a request without Host (which its server must let through),
 * an Expect that nobody knows, and CONNECT. Goes before all that answers requests.
 */
export function answerUnacceptable(
  app: FastifyInstance,
  config: Sharing,
  requestId: (sent: string | string[] | undefined) => string,
): void {
  const answerTo = (request: IncomingMessage, refusal: Refusal) => {
    const id = requestId(request.headers['x-request-id']);
    const answer = lastAnswer(refusal, id, crossOriginHeaders(config, request));
    app.log.info(answer.logged, 'unreadable request');
    return answer;
  };
  const refuseIt = (request: IncomingMessage, response: ServerResponse, refusal: Refusal): void => {
    const { status, headers, text } = answerTo(request, refusal);
    response.writeHead(status, headers).end(text);
  };
  takeBefore(app, (request, response) => {
    if (request.headers.host !== undefined || request.httpVersion === '1.0') return false;
    refuseIt(request, response, { code: 'bad_request', details: 'The Host header is missing' });
    return true;
  });
  app.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) =>
    refuseIt(request, response, { code: 'expectation_failed' }),
  );
  app.server.on('connect', (request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => socket.destroy());
    writeAnswer(socket, answerTo(request, { code: 'method_not_allowed' }));
  });
}

/**
 * The answer to a request that came whole before what is refused: it goes first, or its caller would take the refusal
 * for it. Node keeps it at the socket, and does not describe it.
 */
function answerUnderWay(socket: Socket): ServerResponse | null {
  const { _httpMessage: answer } = socket as Socket & { _httpMessage?: ServerResponse | null };
  return answer?.req.complete ? answer : null;
}

function refusalOf(code: string | undefined): Refusal {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { code: 'request_timeout' };
  if (code === MADE_ROOM) return { code: 'busy', retryAfterSeconds: 1 };
  if (code === 'HPE_HEADER_OVERFLOW') return { code: 'headers_too_large' };
  return { code: 'bad_request' };
}

/** What of a refused body is still read, so that the caller has sent it all and gets to see the answer. */
const DRAIN_BYTES = 64 * 1024 * 1024;
const DRAIN_MS = 3_000;

/** After a 413 the connection is closed, but not before the caller had a chance to read the answer. */
export function closeAfterTooLarge(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, _payload, done) => {
    if (reply.statusCode !== 413) return done();
    reply.header('Connection', 'close');
    void drain(request).then(() => done());
  });
}

function drain({ raw }: FastifyRequest): Promise<void> {
  if (raw.readableEnded || raw.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let left = DRAIN_BYTES;
    const stop = (): void => {
      clearTimeout(timer);
      raw.off('data', count).off('end', stop).off('close', stop).pause();
      resolve();
    };
    const count = (chunk: Buffer): void => {
      left -= chunk.length;
      if (left < 0) stop();
    };
    const timer = setTimeout(stop, DRAIN_MS);
    raw.on('data', count).on('end', stop).on('close', stop).resume();
  });
}
