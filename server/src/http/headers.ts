// Headers that every response carries, and cross-origin rules.

import type { IncomingMessage } from 'node:http';
import cors from '@fastify/cors';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ShopConfig } from './shop.ts';

/** What every response carries, also one that never reached a route. Pages send a policy of their own. */
export const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-XSS-Protection': '1; mode=block',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'Referrer-Policy': 'same-origin',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
};

const ALLOWED_HEADERS = [
  'Content-Type',
  'Authorization',
  'X-Retry-Count',
  'X-Request-Start-Time',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Last-Event-ID',
  'X-Journal-At-Least',
  'X-Request-Id',
  'X-Session',
];
const EXPOSED_HEADERS = ['ETag', 'Retry-After', 'X-Request-Id', 'X-Journal-Position', 'Content-Disposition'];

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'];
const PREFLIGHT_SECONDS = 600;
const SHARED_PATH = /^\/(api|uploads)(\/|$|\?)/;

const NOT_SHARED = { origin: false };

/** Security headers and the request id on every response, also on refusals. */
export async function sendCommonHeaders(app: FastifyInstance, config: ShopConfig): Promise<void> {
  // Here and in every hook that waits for nothing: no promise, since each costs a turn of every request.
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(SECURITY_HEADERS).header('X-Request-Id', request.id);
    done();
  });
  const anyOrigin = config.corsOrigins.includes('*');
  const shared = {
    origin: anyOrigin ? '*' : [...config.corsOrigins],
    // A literal * and credentials exclude each other.
    credentials: !anyOrigin,
    methods: METHODS,
    allowedHeaders: ALLOWED_HEADERS,
    exposedHeaders: EXPOSED_HEADERS.join(', '),
    maxAge: PREFLIGHT_SECONDS,
    optionsSuccessStatus: 200,
    strictPreflight: false,
  };
  await app.register(cors, {
    delegator: (request, done) => {
      done(null, SHARED_PATH.test(request.url ?? '') ? shared : NOT_SHARED);
    },
  });
  // OPTIONS answers 200 with an empty body everywhere, also where the origin is not ours to serve.
  app.addHook('onRequest', (request, reply, done) => {
    if (request.method === 'OPTIONS') reply.code(200).send();
    else done();
  });
}

/**
 * The cross-origin headers of an answer that no hook sees, the same as of every other. Without a request, which could
 * not be read: whose page asked is not known, so that only what is open to all is.
 */
export function crossOriginHeaders(
  { corsOrigins }: Pick<ShopConfig, 'corsOrigins'>,
  request?: IncomingMessage,
): Record<string, string> {
  if (request !== undefined && !SHARED_PATH.test(request.url ?? '')) return { Vary: 'Origin' };
  const anyOrigin = corsOrigins.includes('*');
  const origin = anyOrigin ? '*' : request?.headers.origin;
  if (origin === undefined || !corsOrigins.includes(origin)) return { Vary: 'Origin' };
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': origin,
    ...(anyOrigin ? {} : { 'Access-Control-Allow-Credentials': 'true' }),
    'Access-Control-Expose-Headers': EXPOSED_HEADERS.join(', '),
    ...(request?.method === 'OPTIONS' ? PREFLIGHT_HEADERS : {}),
  };
}

const PREFLIGHT_HEADERS = {
  'Access-Control-Allow-Methods': METHODS.join(', '),
  'Access-Control-Allow-Headers': ALLOWED_HEADERS.join(', '),
  'Access-Control-Max-Age': String(PREFLIGHT_SECONDS),
};

/** Names one more request header that the answer depends on; what others named stays. */
export function variesBy(reply: FastifyReply, header: string): void {
  const named = String(reply.getHeader('vary') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (!named.some((name) => name.toLowerCase() === header.toLowerCase())) named.push(header);
  reply.header('Vary', named.join(', '));
}
