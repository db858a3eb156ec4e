// The console's refresh token travels in a cookie that no script can read and that goes to the sign-in addresses only.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { refuse } from '../../domain/shop-error.ts';
import { SESSION_LIFETIME_MS } from '../../domain/user.ts';
import type { Shop } from '../../http/shop.ts';

const COOKIE = 'swati_refresh';

export interface SentRefreshToken {
  token: string;
  byCookie: boolean;
}

/** The refresh token of the body, else of the cookie. Refuses a cookie that another site's page made the browser send. */
export function readRefreshToken(
  request: FastifyRequest,
  inBody: string | undefined,
  shop: Shop,
): SentRefreshToken | null {
  if (inBody !== undefined) return { token: inBody, byCookie: false };
  const token = request.cookies[COOKIE];
  if (token === undefined || token === '') return null;
  if (!isFromHere(request, shop)) {
    throw refuse('refresh_failed', { details: 'The session of this browser is not open to other sites' });
  }
  return { token, byCookie: true };
}

/** SameSite keeps other sites out, but not another port or subdomain of the same one; Origin does. */
function isFromHere(request: FastifyRequest, { config }: Shop): boolean {
  const { origin } = request.headers;
  if (origin === undefined || config.corsOrigins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === request.host;
}

/** Whether the caller (the console) wants the refresh token in a cookie instead of the body. */
export function wantsCookie(request: FastifyRequest): boolean {
  return request.headers['x-session'] === 'cookie';
}

export function setRefreshCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  shop: Shop,
): void {
  reply.setCookie(COOKIE, token, {
    ...attributes(request, shop),
    maxAge: Math.floor(SESSION_LIFETIME_MS / 1000),
  });
}

export function clearRefreshCookie(request: FastifyRequest, reply: FastifyReply, shop: Shop): void {
  if (request.cookies[COOKIE] !== undefined) reply.clearCookie(COOKIE, attributes(request, shop));
}

function attributes(request: FastifyRequest, { config }: Shop) {
  const secure = config.secureCookies || request.protocol === 'https';
  return { path: '/api/auth', httpOnly: true, sameSite: 'strict', secure } as const;
}
