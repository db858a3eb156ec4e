// Every failure leaves through here, in the contract's envelope, with the request id. The text of an unexpected error
// goes to the log and never to the caller.

import type { FastifyBaseLogger, FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Refusal, refuse, ShopError } from '../domain/shop-error.ts';
import { describeRefusal, ERROR_TABLE } from './error-table.ts';
import type { RequestMeter } from './request-meter.ts';
import type { Route } from './route.ts';

export function answerErrors(app: FastifyInstance, routes: readonly Route[], meter: RequestMeter): void {
  app.setErrorHandler((error, request, reply) => {
    return sendRefusal(request, reply, toRefusal(error, request.log));
  });
  const addresses = routes.map(({ method, path }) => ({ method, path, pattern: toPattern(path) }));
  const fixed = new Set(routes.flatMap(({ path }) => (/[:*]/.test(path) ? [] : [path])));
  const answerUnknown = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const path = pathOf(request);
    const allowed = new Set<string>(['OPTIONS']);
    const isFixed = fixed.has(path);
    for (const { method, path: own, pattern } of addresses)
      if (isFixed ? own === path : pattern.test(path)) allowed.add(method);
    if (allowed.has('GET')) allowed.add('HEAD');
    const isUnknown = allowed.size === 1 || allowed.has(request.method);
    if (request.is404)
      meter.countStatus(0, ERROR_TABLE[isUnknown ? 'route_not_found' : 'method_not_allowed'].status);
    // A route may find nothing itself (a file that is not there): then the method was not what was wrong.
    if (isUnknown) return sendRefusal(request, reply, refuse('route_not_found'));
    reply.header('Allow', [...allowed].sort().join(', '));
    return sendRefusal(request, reply, refuse('method_not_allowed'));
  };
  app.setNotFoundHandler(answerUnknown);
  // An address that nothing answers is said so before its body is looked at. So is one that only a wider address would
  // answer: `categories` is no id of a piece.
  app.addHook('onRequest', (request, reply, done) => {
    const { url = '' } = request.routeOptions;
    if (request.is404 || (url.includes(':') && fixed.has(pathOf(request)))) answerUnknown(request, reply);
    else done();
  });
}

/** What its caller hears of an error. What nobody expected is logged, with `named` beside it. */
export function toRefusal(error: unknown, log: FastifyBaseLogger, named: object = {}): ShopError {
  const known = error instanceof ShopError ? error : fromFastify(error as FastifyError);
  if (known === null) log.error({ ...named, err: error as Error }, 'unexpected error');
  else if (known.cause !== undefined) log.error({ ...named, err: known.cause }, known.message);
  return known ?? refuse('internal');
}

/** Fastify's own refusals as ours; null when the error is none of them. */
function fromFastify(error: FastifyError): ShopError | null {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
      return refuse('too_large');
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return refuse('malformed_json');
    case 'ECONNRESET':
      return refuse('bad_request', { details: 'The request was cut off' });
    default:
      return typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500
        ? refuse('bad_request')
        : null;
  }
}

/** Sends a refusal in the envelope. */
export function sendRefusal(request: FastifyRequest, reply: FastifyReply, error: ShopError): FastifyReply {
  const { status, body } = errorBody(error.refusal, error.firstRequestId ?? request.id);
  if (error.refusal.retryAfterSeconds !== undefined)
    reply.header('Retry-After', error.refusal.retryAfterSeconds);
  if (status === 401) reply.header('WWW-Authenticate', 'Bearer');
  return reply
    .code(status)
    .header('Cache-Control', 'no-store')
    .type('application/json; charset=utf-8')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(body);
}

/** The envelope of a refusal, as it also goes out where no reply object is at hand. */
export function errorBody(refusal: Refusal, requestId: string): { status: number; body: object } {
  const { status, message, details } = describeRefusal(refusal);
  const error = {
    code: status,
    type: refusal.code,
    message,
    details: refusal.details ?? details,
    fields: refusal.fields,
    data: refusal.data,
    request_id: requestId,
  };
  return { status, body: { success: false, error } };
}

/** Without its query and a trailing slash. */
function pathOf({ url }: FastifyRequest): string {
  return (url.split('?', 1)[0] ?? '').replace(/(?<=.)\/$/, '');
}

/** Matches the addresses of a route, with and without a trailing slash. */
function toPattern(path: string): RegExp {
  const escaped = path
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:\w+/g, '[^/]+')
    .replace(/\*$/, '.*');
  return new RegExp(`^${escaped === '/' ? '' : escaped}/?$`);
}
