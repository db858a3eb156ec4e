// What ways past the framework share: which requests are plain enough for them, the headers that all the hooks gave an
// answer of the framework, the whole body, and the way back to the routes.

import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { ReadyHead } from './ready-head.ts';

/** Bytes. */
const LONGEST_BODY = 16_384;
/** Origins of pages whose headers are kept; one more and all go. */
const MOST_HEADS = 100;
const SPECIAL = ['x-journal-at-least', 'if-match', 'transfer-encoding', 'expect'] as const;
const OF_THE_ANSWER = new Set([
  'x-request-id',
  'content-length',
  'content-encoding',
  'x-journal-position',
  'etag',
  'connection',
]);

/** Whether a request has a short body of JSON and nothing about it that only the routes look at. */
export function isPlain(headers: IncomingHttpHeaders): boolean {
  const length = Number(headers['content-length']);
  return (
    /^application\/json(; ?charset=utf-8)?$/i.test(headers['content-type'] ?? '') &&
    length > 0 &&
    length <= LONGEST_BODY &&
    !SPECIAL.some((name) => headers[name] !== undefined)
  );
}

/** What is the same in the heads of all answers of a route to one origin. */
export interface Head {
  ready: ReadyHead;
  /** Names and values by turns. */
  headers: readonly string[];
}

/** The heads of a route's answers that went well, by the origin of the page that asked. */
export class Heads {
  readonly #status: number;
  readonly #heads = new Map<string, Head>();

  constructor(status: number) {
    this.#status = status;
  }

  find({ origin = '' }: IncomingHttpHeaders): Head | undefined {
    return this.#heads.get(origin);
  }

  learn({ origin = '' }: IncomingHttpHeaders, given: ReturnType<FastifyReply['getHeaders']>): void {
    if (this.#heads.size >= MOST_HEADS) this.#heads.clear();
    const kept = Object.entries(given).filter(([name]) => !OF_THE_ANSWER.has(name));
    this.#heads.set(origin, {
      ready: new ReadyHead(this.#status, Object.fromEntries(kept)),
      headers: kept.flatMap(([name, value]) => [name, String(value)]),
    });
  }
}

/** How long the body is, and whether the connection ends with it. */
export function endingOf(length: number, stopping: AbortSignal | undefined): string[] {
  const headers = ['content-length', String(length)];
  if (stopping?.aborted) headers.push('connection', 'close');
  return headers;
}

/** Whoever takes a request answers it; it is asked before those that were there already, who are the `others`. */
export type Take = (request: IncomingMessage, response: ServerResponse, others: Others) => boolean;
export type Others = (request: IncomingMessage, response: ServerResponse) => void;

export function takeBefore(app: FastifyInstance, take: Take): void {
  const [routed] = app.server.listeners('request');
  const others: Others = (request, response) => void routed?.call(app.server, request, response);
  app.server.removeAllListeners('request');
  app.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!take(request, response, others)) others(request, response);
  });
}

/** Null where it did not come whole. Of a plain request: its length was said. */
export function bytesOf(request: IncomingMessage): Buffer | Promise<Buffer | null> {
  const length = Number(request.headers['content-length']);
  // Most come in one piece with their heads, and are there already.
  const there = request.read() as Buffer | null;
  if (there?.length === length) return there;
  return restOf(request, there === null ? [] : [there], length);
}

function restOf(request: IncomingMessage, parts: Buffer[], length: number): Promise<Buffer | null> {
  let missing = parts.reduce((left, part) => left - part.length, length);
  return new Promise((resolve) => {
    request.on('data', (part: Buffer) => {
      parts.push(part);
      missing -= part.length;
      if (missing === 0) resolve(Buffer.concat(parts));
    });
    request.on('close', () => resolve(null));
  });
}

/** What was read already is handed to the routes as a request of its own. */
export async function goTheWholeWay(
  app: FastifyInstance,
  { url = '', headers, socket }: IncomingMessage,
  response: ServerResponse,
  payload: Buffer,
): Promise<void> {
  const remoteAddress = socket.remoteAddress ?? '';
  const answer = await app.inject({ method: 'POST', url, headers, payload, remoteAddress });
  if (response.destroyed) return;
  // What else belongs to a connection is said by the one that is there.
  const { connection, date: _, ...head } = answer.headers;
  response.writeHead(answer.statusCode, connection === 'close' ? { ...head, connection } : head);
  response.end(answer.rawPayload);
}
