// Public reads that the memory answers at once go past the framework, which would cost more than most of the answers:
// with the very headers that all the hooks gave the first of them, but for the request's own id and what is the body's.
// What is asked again goes the whole way, to be remembered (early-answers.ts), as does whatever is special about a
// request (a token, a tag, a position to wait for, a refusal).

import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { EarlyOptions } from './early-answers.ts';
import { type Encoding, encodingOf, type KeptAnswer, tagIn } from './kept-answer.ts';
import { logIfSlow } from './log.ts';
import type { Room } from './overload.ts';
import { parseQuery, singleValues } from './query-text.ts';
import { networkOf, type RateLimiter } from './rate-limit.ts';
import { takeRate } from './register-route.ts';
import type { Route } from './route.ts';
import { endingOf, Heads, takeBefore } from './short-way.ts';

const SPECIAL = [
  'authorization',
  'if-none-match',
  'x-journal-at-least',
  'content-length',
  'transfer-encoding',
] as const;

interface Read {
  route: Route;
  atOnce: NonNullable<Route['atOnce']>;
  /** Where its requests are counted. */
  place: number;
  heads: Heads;
}

export interface ReadsOptions extends EarlyOptions {
  /** The room that all requests share. */
  room: Room;
  /** Null where nobody counts. */
  limiter: RateLimiter | null;
  /** Whether a header may say which address a request is from. */
  behindProxy: boolean;
}

export function answerReads(app: FastifyInstance, routes: readonly Route[], options: ReadsOptions): void {
  const { stopping, meters, behindProxy } = options;
  const reads = new Map<string, Read>();
  for (const route of routes) {
    const { atOnce, path } = route;
    if (atOnce)
      reads.set(path, { route, atOnce, place: meters.requests.placeOf('GET', path), heads: new Heads(200) });
  }
  const isSpecial = (headers: IncomingHttpHeaders): boolean =>
    SPECIAL.some((name) => headers[name] !== undefined) ||
    (behindProxy && headers['x-forwarded-for'] !== undefined);
  takeBefore(app, (request, response, others) => {
    if (request.method !== 'GET' || stopping?.aborted) return false;
    const { url = '', headers } = request;
    const read = reads.get(pathOf(url));
    const head = read?.heads.find(headers);
    if (!read || !head || isSpecial(headers)) return false;
    const from = performance.now();
    const kept = make(read, request, response, options);
    if (kept === null) return false;
    const send = (body: Buffer, encoding: Encoding | null): void => {
      const id = options.requestId(headers['x-request-id']);
      head.ready.write(response, id, endingOf(body.length, stopping), ownHeaders(kept, encoding));
      // As one text with its head it goes out twice as fast as two buffers.
      response.end(body.toString('latin1'), 'latin1');
      const ms = performance.now() - from;
      meters.requests.count(read.place, 200, ms);
      logIfSlow(app.log, { request_id: id, method: 'GET', path: read.route.path, status: 200, ms });
    };
    const encoding = encodingOf(kept, headers);
    if (encoding === null) send(kept.body, encoding);
    else
      kept.encoded(encoding).then(
        (body) => send(body, encoding),
        () => others(request, response),
      );
    return true;
  });
  app.addHook('onSend', ({ raw, method, headers }, reply, payload, done) => {
    // What the database gave, where the memory could not, is a text.
    const isKept = method === 'GET' && reply.statusCode === 200 && Buffer.isBuffer(payload);
    const heads = isKept ? reads.get(pathOf(raw.url ?? ''))?.heads : undefined;
    if (heads && !heads.find(headers) && !isSpecial(headers)) heads.learn(headers, reply.getHeaders());
    done(null, payload);
  });
}

/** Null where the routes have to answer. */
function make(
  { route, atOnce }: Read,
  request: IncomingMessage,
  response: ServerResponse,
  { limiter, room }: ReadsOptions,
): KeptAnswer | null {
  const { url = '', socket } = request;
  const address = socket.remoteAddress ?? '';
  if (!room.enter(response, () => networkOf(address))) return null;
  const query = parseQuery(url.slice(route.path.length + 1));
  try {
    if (limiter) takeRate(route, limiter, request, query, address);
    const kept = atOnce(url, singleValues(query));
    if (kept === null || kept.isAsked) return null;
    kept.isAsked = true;
    return kept;
  } catch {
    return null;
  }
}

function ownHeaders(kept: KeptAnswer, encoding: Encoding | null): string {
  const tag = `etag: ${tagIn(encoding, kept)}\r\n`;
  return encoding === null ? tag : `${tag}content-encoding: ${encoding}\r\n`;
}

function pathOf(url: string): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}
