// Answers that hold are sent again before the framework sees the request: with the very headers that all the hooks gave
// the first of them, but for the request's own id. Whatever is special about a request (a token where the answer
// depends on it, a position to wait for, a body) leaves it to the routes.

import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hasTag } from './etag.ts';
import type { Meters } from './meters.ts';

/** What the answer was made of: still what would be answered, and the tag that callers may have. */
interface Source {
  holds: () => boolean;
  tag: string;
}

interface Repeatable {
  source: Source;
  /** Where its requests are counted. */
  place: number;
  /** The body, a character a byte: with the head it goes out as one text, which is twice as fast as two buffers. */
  body: string;
  /** Names and values by turns. */
  head: string[];
  /** The same for 304. */
  shortHead: string[];
  /** Whether the answer is the same whoever asks. */
  forAnybody: boolean;
}

/** One more and all go: they are remembered again as they are asked for. */
const MOST_REMEMBERED = 1_000;
const LONGEST_KEY = 1_024;
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
  const remembered = new Map<string, Repeatable>();
  const early = meters.tally('swati_early_answers_total', 'Answers that were sent again as they were');
  const answered = (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.method !== 'GET' || remembered.size === 0) return false;
    const { headers } = request;
    const known = remembered.get(keyOf(request.url ?? '', headers));
    if (known === undefined || isSpecial(headers, known) || stopping?.aborted) return false;
    if (!known.source.holds()) {
      remembered.clear();
      return false;
    }
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
    if (source !== undefined && Buffer.isBuffer(payload)) {
      remember(
        remembered,
        request,
        toRepeatable(source, request.routeOptions.config.place ?? 0, payload, reply.getHeaders()),
      );
    }
    done(null, payload);
  });
}

function remember(
  remembered: Map<string, Repeatable>,
  { raw, method, headers }: FastifyRequest,
  answer: Repeatable,
): void {
  const key = keyOf(raw.url ?? '', headers);
  if (method !== 'GET' || key.length > LONGEST_KEY || isSpecial(headers, answer)) return;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(key, answer);
}

/** What an answer depends on beside its address. */
function keyOf(url: string, headers: IncomingHttpHeaders): string {
  return `${url}\n${headers['accept-encoding'] ?? ''}\n${headers.origin ?? ''}`;
}

function isSpecial(headers: IncomingHttpHeaders, { forAnybody }: Repeatable): boolean {
  return (
    (!forAnybody && headers.authorization !== undefined) ||
    headers['x-journal-at-least'] !== undefined ||
    headers['content-length'] !== undefined ||
    headers['transfer-encoding'] !== undefined
  );
}

function toRepeatable(
  source: Source,
  place: number,
  payload: Buffer,
  headers: Record<string, string | number | string[] | undefined>,
): Repeatable {
  const named = { ...headers, 'content-length': payload.length };
  const texts = Object.entries(named).map(([name, value]) => [name, String(value)] as const);
  return {
    source,
    place,
    body: payload.toString('latin1'),
    head: texts.flat(),
    shortHead: texts.filter(([name]) => !OF_THE_BODY.has(name)).flat(),
    forAnybody: !/\bauthorization\b/i.test(String(headers.vary)),
  };
}

function send(response: ServerResponse, known: Repeatable, seen: string | undefined, id: string): 200 | 304 {
  const isKnown = seen !== undefined && hasTag(seen, known.source.tag);
  const head = isKnown ? known.shortHead : known.head;
  // The list is copied by Node while the head is written, so the place of the id may be filled for each answer.
  head[head.indexOf(OF_THE_REQUEST) + 1] = id;
  const status = isKnown ? 304 : 200;
  response.writeHead(status, head);
  if (isKnown) response.end();
  else response.end(known.body, 'latin1');
  return status;
}
