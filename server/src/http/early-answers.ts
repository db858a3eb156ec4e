// Answers that hold are sent again before the framework sees the request: with the very headers that all the hooks gave
// the first of them, but for the request's own id. An answer that depends on who asks is remembered by its token.
// Whatever is special about a request (another token, a position to wait for, a body) leaves it to the routes.

import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hasTag } from './etag.ts';
import type { Meters } from './meters.ts';
import { RememberedAnswers, type Repeatable, type Source } from './remembered-answers.ts';

const OF_THE_REQUEST = 'x-request-id';
const OF_THE_BODY = new Set(['content-type', 'content-length', 'content-encoding']);

const repeatable = new WeakMap<FastifyRequest, Source>();

/** Says that the answer to this request may be sent again as long as its source holds. */
export function repeatEarly(request: FastifyRequest, source: Source): void {
  repeatable.set(request, source);
}

export interface EarlyOptions {
  /** The id of a request from what its caller sent. */
  requestId: (sent: string | string[] | undefined) => string;
  stopping: AbortSignal | undefined;
  meters: Meters;
}

/** Goes before the routes of this application. After all other hooks of answers were added. */
export function answerEarly(app: FastifyInstance, { requestId, stopping, meters }: EarlyOptions): void {
  const withoutToken = new RememberedAnswers();
  const byToken = new RememberedAnswers();
  const early = meters.tally('swati_early_answers_total', 'Answers that were sent again as they were');
  const answered = (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.method !== 'GET' || stopping?.aborted) return false;
    const { headers } = request;
    const key = keyOf(request.url ?? '', headers);
    const own = headers.authorization === undefined ? undefined : byToken.find(tokenKeyOf(key, headers));
    const known = own ?? withoutToken.find(key);
    if (known === undefined || (own === undefined && isAnothers(headers, known))) return false;
    if (isSpecial(headers, known.source)) return false;
    const status = send(response, known, headers['if-none-match'], requestId(headers[OF_THE_REQUEST]));
    // A few microseconds: less than the clock is worth asking for.
    meters.requests.count(known.place, status, 0);
    early.count++;
    return true;
  };
  const [routed] = app.server.listeners('request');
  app.server.removeAllListeners('request');
  app.server.on('request', (request, response) => {
    if (!answered(request, response)) routed?.call(app.server, request, response);
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    const source = repeatable.get(request);
    const { raw, headers, method } = request;
    if (source && isBody(payload) && reply.statusCode === 200 && method === 'GET') {
      const answer = toRepeatable(
        source,
        request.routeOptions.config.place ?? 0,
        payload,
        reply.getHeaders(),
      );
      const key = keyOf(raw.url ?? '', headers);
      if (isSpecial(headers, source)) return done(null, payload);
      if (isAnothers(headers, answer)) byToken.put(tokenKeyOf(key, headers), answer);
      else withoutToken.put(key, answer);
    }
    done(null, payload);
  });
}

function isBody(payload: unknown): payload is string | Buffer {
  return typeof payload === 'string' || Buffer.isBuffer(payload);
}

/** What an answer depends on beside its address. */
function keyOf(url: string, headers: IncomingHttpHeaders): string {
  return `${url}\n${headers['accept-encoding'] ?? ''}\n${headers.origin ?? ''}`;
}

function tokenKeyOf(key: string, { authorization = '' }: IncomingHttpHeaders): string {
  return `${key}\n${authorization}`;
}

/** Whether a token that is sent may lead to another answer than the address alone. */
function isAnothers({ authorization }: IncomingHttpHeaders, { forAnybody }: Repeatable): boolean {
  return !forAnybody && authorization !== undefined;
}

function isSpecial(headers: IncomingHttpHeaders, { position = -1 }: Source): boolean {
  return (
    !isReached(headers['x-journal-at-least'], position) ||
    headers['content-length'] !== undefined ||
    headers['transfer-encoding'] !== undefined
  );
}

function isReached(wanted: string | string[] | undefined, position: number): boolean {
  return wanted === undefined || Number(wanted) <= position;
}

function toRepeatable(
  source: Source,
  place: number,
  payload: string | Buffer,
  headers: Record<string, string | number | string[] | undefined>,
): Repeatable {
  const bytes = Buffer.from(payload as string);
  const named = { ...headers, 'content-length': bytes.length };
  const texts = Object.entries(named).map(([name, value]) => [name, String(value)] as const);
  return {
    source,
    place,
    tag: String(headers.etag).replace(/^W\//, ''),
    body: bytes.toString('latin1'),
    head: texts.flat(),
    shortHead: texts.filter(([name]) => !OF_THE_BODY.has(name)).flat(),
    forAnybody: !/\bauthorization\b/i.test(String(headers.vary)),
  };
}

function send(response: ServerResponse, known: Repeatable, seen: string | undefined, id: string): 200 | 304 {
  const isKnown = seen !== undefined && hasTag(seen, known.tag);
  const head = isKnown ? known.shortHead : known.head;
  // The list is copied by Node while the head is written, so the place of the id may be filled for each answer.
  head[head.indexOf(OF_THE_REQUEST) + 1] = id;
  const status = isKnown ? 304 : 200;
  response.writeHead(status, head);
  if (isKnown) response.end();
  else response.end(known.body, 'latin1');
  return status;
}
