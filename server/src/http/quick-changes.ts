// Changes that come often (an entry, an order, a sale) go past the framework, which would cost the thread of the requests
// more than all else it does for them: with the very headers that all the hooks gave the first of them, but for what
// is the answer's own. Who is calling, what may they do and what did they send is asked in the same order; where one of
// these is refused, or anything is special about the request, it goes the whole way. Once the store has been asked
// there is no way back: its refusals are answered here, since asking twice might write twice.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { type By, EARLY, type Early, type Written } from '../domain/actor.ts';
import { bodyReader } from './body-parser.ts';
import type { EarlyOptions } from './early-answers.ts';
import { errorBody, toRefusal } from './error-reply.ts';
import { tagOf } from './etag.ts';
import { logAnswer } from './log.ts';
import type { Room } from './overload.ts';
import { makeBy, presentBody } from './register-route.ts';
import { replySerializer } from './reply-serializers.ts';
import type { Route } from './route.ts';
import { type Caller, findCaller, letIn } from './session.ts';
import type { Shop } from './shop.ts';
import {
  bytesOf,
  endingOf,
  goTheWholeWay,
  type Head,
  Heads,
  isPlain,
  type Others,
  takeBefore,
} from './short-way.ts';
import { bodyChecker } from './validation.ts';

interface Change {
  route: Route;
  status: number;
  /** Where its requests are counted. */
  place: number;
  check: (body: unknown) => void;
  /** The answer as JSON. */
  serialize: (answer: unknown) => string;
  heads: Heads;
}

/** All that a handler of these routes looks at; see `Call`. */
interface ShortCall {
  body: unknown;
  by: By;
  wrote: <T>(written: Written<T>) => T;
  versioned: (version: number) => void;
}

export interface ChangesOptions extends EarlyOptions {
  /** The room that all requests share. */
  room: Room;
}

export function answerChanges(
  app: FastifyInstance,
  shop: Shop,
  routes: readonly Route[],
  options: ChangesOptions,
): void {
  const { stopping, meters } = options;
  const changes = new Map<string, Change>();
  for (const route of routes) {
    if (route.often) changes.set(route.path, toChange(route, meters.requests.placeOf('POST', route.path)));
  }
  const way = new ShortWay(app, shop, options);
  takeBefore(app, (request, response, others) => {
    const { method, headers } = request;
    const change = method === 'POST' && !stopping?.aborted ? changes.get(request.url ?? '') : undefined;
    const head = change?.heads.find(headers);
    if (!change || !head || !isPlain(headers)) return false;
    way.pass(change, head, request, response, others).catch((error: unknown) => {
      // Neither way could answer: the caller has to see that, and the process goes on.
      app.log.error({ err: error }, 'unexpected error');
      response.destroy();
    });
    return true;
  });
  app.addHook('onSend', ({ raw, method, headers }, reply, payload, done) => {
    const change = method === 'POST' ? changes.get(raw.url ?? '') : undefined;
    if (change && reply.statusCode === change.status && isPlain(headers))
      change.heads.learn(headers, reply.getHeaders());
    done(null, payload);
  });
}

class ShortWay {
  readonly #app: FastifyInstance;
  readonly #shop: Shop;
  readonly #options: ChangesOptions;
  readonly #readBody: (bytes: Buffer) => unknown;

  constructor(app: FastifyInstance, shop: Shop, options: ChangesOptions) {
    this.#app = app;
    this.#shop = shop;
    this.#options = options;
    this.#readBody = bodyReader(app);
  }

  /** `others`: hands the request to the routes, as long as nothing of its body was read. */
  async pass(
    change: Change,
    head: Head,
    request: IncomingMessage,
    response: ServerResponse,
    others: Others,
  ): Promise<void> {
    const from = performance.now();
    const caller = await callerOf(request, this.#shop, change.route);
    // The caller went away.
    if (response.destroyed) return;
    if (caller === null || !this.#options.room.enter(response, () => caller.user.id))
      return others(request, response);
    const sent = await bytesOf(request);
    if (sent === null) return;
    const { headers } = request;
    const { route } = change;
    const id = this.#options.requestId(headers['x-request-id']);
    let body: unknown;
    let by: By;
    try {
      body = presentBody(this.#readBody(sent), false);
      change.check(body);
      by = makeBy({ id, method: route.method, url: route.path, headers, body }, this.#shop, route, caller);
    } catch {
      return goTheWholeWay(this.#app, request, response, sent);
    }
    response.on('finish', () => this.#note(change, id, response.statusCode, performance.now() - from));
    await this.#answer(change, head, response, body, by);
  }

  async #answer(
    { route, serialize }: Change,
    head: Head,
    response: ServerResponse,
    body: unknown,
    by: By,
  ): Promise<void> {
    let own = '';
    let version: number | undefined;
    const early: Early = { durable: undefined };
    const call: ShortCall = {
      body,
      by: { ...by, [EARLY]: early },
      wrote: ({ value, position }) => {
        own = `x-journal-position: ${position}\r\n`;
        return value;
      },
      versioned: (given) => {
        version = given;
      },
    };
    try {
      const text = serialize(await (route.handle as (call: ShortCall) => unknown)(call));
      if (version !== undefined) own += `etag: ${tagOf(text, version)}\r\n`;
      const length = Buffer.byteLength(text);
      await early.durable;
      head.ready.write(response, by.requestId, endingOf(length, this.#options.stopping), own);
      // A character a byte goes out without being looked at again.
      response.end(text, length === text.length ? 'latin1' : 'utf8');
    } catch (error) {
      this.#refuse(response, head, by.requestId, error);
    }
  }

  /** As every failure leaves. */
  #refuse(response: ServerResponse, { headers }: Head, id: string, error: unknown): void {
    const { refusal, firstRequestId } = toRefusal(error, this.#app.log, { request_id: id });
    const { status, body } = errorBody(refusal, firstRequestId ?? id);
    const text = JSON.stringify(body);
    const own = ['x-request-id', id, ...endingOf(Buffer.byteLength(text), this.#options.stopping)];
    if (refusal.retryAfterSeconds !== undefined) own.push('retry-after', String(refusal.retryAfterSeconds));
    response.writeHead(status, [...unkept(headers), ...own]);
    response.end(text);
  }

  #note({ place, route }: Change, id: string, status: number, ms: number): void {
    this.#options.meters.requests.count(place, status, ms);
    logAnswer(this.#app.log, { request_id: id, method: route.method, path: route.path, status, ms });
  }
}

function toChange(route: Route, place: number): Change {
  let serialize: ((answer: unknown) => string) | undefined;
  return {
    route,
    status: route.status ?? 200,
    place,
    check: bodyChecker(route.body as object, route.messages),
    serialize: (answer) => {
      serialize ??= replySerializer(route.reply as object);
      return serialize(answer);
    },
    heads: new Heads(route.status ?? 200),
  };
}

/** Null where the routes have to say why not. */
async function callerOf(request: IncomingMessage, shop: Shop, route: Route): Promise<Caller | null> {
  try {
    const caller = await findCaller(request, shop);
    letIn(caller, route);
    return caller;
  } catch {
    return null;
  }
}

/** The headers of a refusal: nobody keeps it. */
function unkept(head: readonly string[]): string[] {
  const changed = [...head];
  changed[changed.indexOf('cache-control') + 1] = 'no-store';
  return changed;
}
