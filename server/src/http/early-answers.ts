// Answers that hold are sent again before the framework sees the request: with the very headers that all the hooks gave
// the first of them, but for the request's own id. An answer that depends on who asks is remembered by its token.
// Whatever is special about a request (another token, a position to wait for, a body) leaves it to the routes.

import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasTag } from './etag.ts';
import type { Meters } from './meters.ts';
import { ReadyHead } from './ready-head.ts';
import { RememberedAnswers, type Repeatable, type Source } from './remembered-answers.ts';
import { takeBefore } from './short-way.ts';

const OF_THE_REQUEST = 'x-request-id';

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

/** Goes before all that answers requests. After all other hooks of answers were added. */
export function answerEarly(app: FastifyInstance, { requestId, stopping, meters }: EarlyOptions): void {
  const withoutToken = new RememberedAnswers();
  const byToken = new RememberedAnswers();
  const early = meters.tally('swati_early_answers_total', 'Answers that were sent again as they were');
  const find = (url: string, headers: IncomingHttpHeaders): Repeatable | undefined => {
    const { authorization, origin, 'accept-encoding': encoding } = headers;
    if (authorization !== undefined) {
      const own = byToken.find(url, { encoding, origin, authorization });
      if (own !== undefined) return own;
    }
    const known = withoutToken.find(url, { encoding, origin, authorization: undefined });
    // A token that is sent may lead to another answer than the address alone.
    return authorization === undefined || known?.forAnybody ? known : undefined;
  };
  takeBefore(app, (request, response) => {
    if (request.method !== 'GET' || stopping?.aborted) return false;
    const { headers } = request;
    // Without Host it is refused.
    if (headers.host === undefined) return false;
    // Behind another answer on its connection it has to wait for a caller who may never read: the routes count such ones.
    if (response.socket === null) return false;
    const known = find(request.url ?? '', headers);
    if (known === undefined || isSpecial(headers, known.source)) return false;
    const head = hasTag(headers['if-none-match'], known.tag) ? known.shortHead : known.head;
    // The routes have said 304 so far.
    if (head === null) return false;
    send(response, known, head, requestId(headers[OF_THE_REQUEST]));
    // A few microseconds: less than the clock is worth asking for.
    meters.requests.count(known.place, head.status, 0);
    early.count++;
    return true;
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    const source = repeatable.get(request);
    if (source) remember(request, reply, source, payload);
    done(null, payload);
  });
  const remember = (request: FastifyRequest, reply: FastifyReply, source: Source, payload: unknown): void => {
    const { raw, method } = request;
    if (method !== 'GET' || reply.hasHeader('connection') || isSpecial(raw.headers, source)) return;
    const place = request.routeOptions.config.place ?? 0;
    const given = { source, place, payload, status: reply.statusCode };
    const answer = toRepeatable(given, reply.getHeaders(), raw.headers);
    if (answer === null) return;
    (answer.authorization === undefined ? withoutToken : byToken).put(raw.url ?? '', answer);
  };
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

interface Answered {
  source: Source;
  place: number;
  status: number;
  payload: unknown;
}

/** Null: of another status, or sent in parts. */
function toRepeatable(
  { source, place, status, payload }: Answered,
  headers: Record<string, string | number | string[] | undefined>,
  asked: IncomingHttpHeaders,
): Repeatable | null {
  const isBody = typeof payload === 'string' || Buffer.isBuffer(payload);
  if (status !== 304 && (status !== 200 || !isBody)) return null;
  const forAnybody = !/\bauthorization\b/i.test(String(headers.vary));
  return {
    encoding: asked['accept-encoding'],
    origin: asked.origin,
    authorization: forAnybody ? undefined : asked.authorization,
    source,
    place,
    tag: String(headers.etag).replace(/^W\//, ''),
    body: status === 304 ? '' : Buffer.from(payload as string).toString('latin1'),
    head: status === 304 ? null : new ReadyHead(200, headers),
    shortHead: new ReadyHead(304, headers),
    forAnybody,
  };
}

function send(response: ServerResponse, { body, shortHead }: Repeatable, head: ReadyHead, id: string): void {
  if (head === shortHead) {
    head.write(response, id);
    response.end();
  } else {
    head.write(response, id, ['content-length', String(body.length)]);
    response.end(body, 'latin1');
  }
}
