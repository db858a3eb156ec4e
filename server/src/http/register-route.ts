// Makes a Fastify route of our route data: token, permission, body, handler, headers - in that order for every route.

import type { IncomingMessage } from 'node:http';
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  onRequestAsyncHookHandler,
  onRequestHookHandler,
} from 'fastify';
import type { TSchema } from 'typebox';
import type { By } from '../domain/actor.ts';
import { refuse, ShopError } from '../domain/shop-error.ts';
import { UNREADABLE_BODY } from './body-parser.ts';
import { ERROR_TABLE } from './error-table.ts';
import { noteVersion } from './etag.ts';
import { variesBy } from './headers.ts';
import { singleValues } from './query-text.ts';
import type { RateLimiter } from './rate-limit.ts';
import { type Claimant, readClaim } from './repeat-claim.ts';
import { type Beginning, beginningOf, repeatUntilChanged } from './repeat-until-changed.ts';
import type { Call, Route } from './route.ts';
import { type Caller, findCaller, letIn } from './session.ts';
import type { Shop } from './shop.ts';
import { findTicketHolder, hasTicket } from './ticket.ts';
import { bodyChecker } from './validation.ts';
import { readIfVersion } from './version-check.ts';

const BODY_LIMIT = 512 * 1024;
/** Lasts as long as its caller listens: how long says nothing. */
const EVENT_STREAM = 'text/event-stream';

/** `limiter`: counts the requests of routes that have a rate; null where nobody counts. */
export function registerRoute(
  app: FastifyInstance,
  shop: Shop,
  route: Route,
  limiter: RateLimiter | null = null,
): void {
  const checkBody = route.body ? bodyChecker(route.body, route.messages) : null;
  const meter = shop.meters.requests;
  const place = meter.placeOf(route.method, route.path);
  const isStream = route.produces === EVENT_STREAM;
  app.route({
    config: { place, reads: route.method === 'GET' || route.reads === true },
    onResponse: (_request, reply, done) => {
      if (isStream) meter.countStatus(place, reply.statusCode);
      else meter.count(place, reply.statusCode, reply.elapsedTime);
      done();
    },
    method: route.method,
    url: route.path,
    bodyLimit: route.bodyLimit ?? BODY_LIMIT,
    schema: describeRoute(route),
    attachValidation: true,
    onRequest: [...limitRate(route, limiter), ...identifyCaller(shop, route)],
    handler: async (request, reply) => {
      if (checkBody) {
        request.body = presentBody(request.body, route.bodyOptional ?? false);
        checkBody(request.body);
      }
      const call = makeCall(request, reply, shop, route);
      const body = await (route.handle as (call: Call<unknown, never>) => unknown)(
        call as Call<unknown, never>,
      );
      if (reply.sent) return reply;
      if (request.beginning) repeatUntilChanged(request, shop, request.beginning);
      if (route.status && reply.statusCode === 200) reply.code(route.status);
      return body;
    },
  });
}

/** Before anything is read or looked up. */
function limitRate(route: Route, limiter: RateLimiter | null): onRequestHookHandler[] {
  if (!route.rate || !limiter) return [];
  return [
    ({ raw, query, ip }, _reply, done) => {
      takeRate(route, limiter, raw, query as Record<string, unknown>, ip);
      done();
    },
  ];
}

/** Counted already, by a way that then left them to the routes. */
const counted = new WeakSet<IncomingMessage>();

/** Counts a request once where its route has a rate. Refuses rate_limited. */
export function takeRate(
  { rate }: Route,
  limiter: RateLimiter,
  request: IncomingMessage,
  query: Record<string, unknown>,
  address: string,
): void {
  if (!rate || (rate.when !== undefined && !query[rate.when]) || counted.has(request)) return;
  limiter.take(rate.kind, address);
  counted.add(request);
}

function identifyCaller(shop: Shop, route: Route): onRequestAsyncHookHandler[] {
  // Nobody is asked for there.
  if (route.access === 'public' && !route.optionalUser) return [];
  return [(request, reply) => identify(request, reply, shop, route)];
}

async function identify(
  request: FastifyRequest,
  reply: FastifyReply,
  shop: Shop,
  route: Route,
): Promise<void> {
  variesBy(reply, 'Authorization');
  if (route.untilChanged) request.beginning = beginningOf(shop);
  if (route.access === 'public') {
    if (request.headers.authorization === undefined) return;
    // A public page stays readable with an outdated token; it only shows no more than the public sees.
    const caller = await findCaller(request, shop).catch(nobodyIfRefused);
    request.caller = caller && !caller.owesSecondFactor ? caller : undefined;
  } else {
    const byTicket = route.ticket && hasTicket(request);
    const caller = await (byTicket ? findTicketHolder : findCaller)(request, shop);
    letIn(caller, route);
    request.caller = caller;
  }
  if (request.caller) reply.header('Cache-Control', 'private, no-cache');
}

function nobodyIfRefused(error: unknown): null {
  if (error instanceof ShopError && ERROR_TABLE[error.code].status === 401) return null;
  throw error;
}

/** The body of a route that takes one. Refuses: malformed_json (none, or not an object), body_required (empty). */
export function presentBody(body: unknown, optional: boolean): unknown {
  if (body === undefined && optional) return {};
  if (body === undefined || body === UNREADABLE_BODY) throw refuse('malformed_json');
  if (body === null || body === 0 || body === '' || body === false) throw refuse('body_required');
  if (typeof body !== 'object') throw refuse('malformed_json');
  if (Object.keys(body).length === 0 && !optional) throw refuse('body_required');
  if (Array.isArray(body) && !(optional && body.length === 0)) throw refuse('malformed_json');
  return body;
}

function makeCall(
  request: FastifyRequest,
  reply: FastifyReply,
  shop: Shop,
  route: Route,
): Call<unknown, Record<string, string>> {
  const { caller } = request;
  let used = false;
  return {
    body: route.body ? request.body : undefined,
    params: request.params as Record<string, string>,
    query: singleValues(request.query as Record<string, string | string[]>),
    user: caller?.user ?? null,
    sessionId: caller?.sessionId ?? null,
    get by() {
      if (used) throw new Error('a request makes one change: its saved result is one');
      used = true;
      return makeBy(request, shop, route, caller);
    },
    ifVersion: route.method === 'GET' ? null : readIfVersion(request),
    wrote: (written) => {
      reply.header('X-Journal-Position', written.position);
      return written.value;
    },
    versioned: (version) => noteVersion(request, version),
    request,
    reply,
  };
}

/** Who changes the books by this request. Refuses: invalid_input (a key that cannot be one). */
export function makeBy(request: Claimant, shop: Shop, route: Route, caller: Caller | undefined): By {
  const at = shop.now();
  if (!caller) return { actor: { kind: 'system', name: 'public' }, requestId: request.id, at };
  const { id, username } = caller.user;
  const by: By = { actor: { kind: 'user', id, name: username }, requestId: request.id, at };
  return route.repeatable === false ? by : { ...by, claim: readClaim(request, id, shop.config.jwtSecret) };
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Where the requests of the route are counted. */
    place?: number;
    /** Whether it only reads. */
    reads?: boolean;
  }
  interface FastifyRequest {
    /** Set by uploads before the change: the hash of the file, in place of the body's. */
    fileHash?: string;
    /** Who calls, once that is known. */
    caller?: Caller | undefined;
    /** When it came, where its answer may be sent again. */
    beginning?: Beginning | undefined;
  }
}

/** The Fastify schema: used for serialising replies and for the OpenAPI document; validation is ours. */
function describeRoute(route: Route): Record<string, unknown> {
  const errors = [...new Set([...(route.errors ?? []), ...standingErrors(route)])];
  const success = route.reply
    ? { ...(route.reply as TSchema & { examples?: unknown[] }), examples: [route.example] }
    : null;
  return {
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    tags: [route.tag],
    operationId: operationId(route),
    ...(route.access === 'public' ? { security: [] } : { security: [{ bearer: [] }] }),
    ...(route.body ? { body: route.body } : {}),
    ...(route.query ? { querystring: route.query } : {}),
    ...(route.headers ? { headers: route.headers } : {}),
    ...pathParameters(route.path),
    response: { ...(success ? { [route.status ?? 200]: success } : {}), ...route.replies },
    ...(route.reply === null ? { 'x-produces': route.produces ?? 'application/octet-stream' } : {}),
    ...(route.upload ? { 'x-upload': route.upload } : {}),
    ...(route.bodyOptional ? { 'x-body-optional': true } : {}),
    ...(route.rate ? { 'x-rate': route.rate } : {}),
    ...(route.ticket ? { 'x-ticket': true } : {}),
    ...(route.hidden ? { hide: true } : {}),
    'x-permission': route.access,
    // Refusals have one form and their own serialiser; the document lists them.
    'x-errors': errors,
  };
}

function standingErrors(route: Route): (keyof typeof ERROR_TABLE)[] {
  const errors: (keyof typeof ERROR_TABLE)[] = ['internal', 'store_unavailable', 'busy'];
  if (route.access !== 'public')
    errors.push('unauthenticated', 'token_invalid', 'token_expired', 'token_revoked');
  if (route.access !== 'public' && !route.beforeSecondFactor) errors.push('totp_required');
  if (route.access !== 'public' && route.access !== 'signed-in') errors.push('forbidden');
  if (route.body) errors.push('malformed_json', 'too_large');
  if (route.body && !route.bodyOptional) errors.push('body_required');
  // A body, or an If-Match header that is neither an ETag nor a version.
  if (route.body || route.method !== 'GET') errors.push('invalid_input');
  if (route.method !== 'GET' && !route.reads) errors.push('outcome_unknown', 'storage_full', 'shop_moved');
  if (isRepeatable(route)) errors.push('key_reused');
  if (route.ticket) errors.push('ticket_invalid');
  if (route.rate) errors.push('rate_limited');
  return errors;
}

/** Whether a repeat of the request is told by its key. */
function isRepeatable({ method, access, reads, repeatable }: Route): boolean {
  return method !== 'GET' && access !== 'public' && !reads && repeatable !== false;
}

function operationId(route: Route): string {
  const words = route.path
    .replace(/^\/api/, '')
    .split(/[/:._-]/)
    .filter((word) => word !== '');
  return [route.method.toLowerCase(), ...words]
    .map((w, i) => (i === 0 ? w : w[0]?.toUpperCase() + w.slice(1)))
    .join('');
}

const PARAMETERS: Record<string, string> = {
  customerId: "The customer's id: 24 hexadecimal digits",
  filename: 'The name of the file, the last part of its image_url',
};

function pathParameters(path: string): { params?: object } {
  const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] as string);
  if (names.length === 0) return {};
  const properties = Object.fromEntries(
    names.map((name) => [
      name,
      { type: 'string', description: PARAMETERS[name] ?? 'Its id: 24 hexadecimal digits' },
    ]),
  );
  return { params: { type: 'object', required: names, properties } };
}
