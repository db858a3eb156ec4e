// Who is calling: the bearer's token, checked against the stored account on every request, and what it may do.

import type { FastifyRequest } from 'fastify';
import { parseId } from '../domain/id.ts';
import { permissionsOf } from '../domain/permissions.ts';
import { refuse } from '../domain/shop-error.ts';
import type { User } from '../domain/user.ts';
import { readAccessToken } from './access-token.ts';
import type { Access, Route } from './route.ts';
import type { Shop } from './shop.ts';

export interface Caller {
  user: User;
  sessionId: string | null;
  /** Nothing but setting its second step up is open to the account. */
  owesSecondFactor: boolean;
  /** The instant from which what was shown opens nothing any more. */
  holdsUntil: number;
}

/**
 * The account behind the Authorization header. Refuses: unauthenticated (no bearer token), token_invalid (malformed,
 * forged, of an unknown or disabled account), token_expired, token_revoked (signed out, password changed).
 */
export async function findCaller({ headers }: Pick<FastifyRequest, 'headers'>, shop: Shop): Promise<Caller> {
  const header = headers.authorization;
  const match = /^Bearer(?:\s+(.*))?$/i.exec(header ?? '');
  if (!match) throw refuse('unauthenticated');
  const token = match[1]?.trim() ?? '';
  if (token === '') throw refuse('token_invalid');
  const claims = await readAccessToken(token, {
    secret: shop.config.jwtSecret,
    lifetimeSeconds: shop.config.accessTokenSeconds,
    now: shop.now,
  });
  const userId = parseId(claims.userId);
  if (userId === null) throw refuse('token_invalid');
  const bearer = await shop.store.sessions.bearer(userId, claims.sessionId);
  if (!bearer) throw refuse('token_invalid');
  if (!bearer.user.isActive || !bearer.live) throw refuse('token_revoked');
  return {
    user: bearer.user,
    sessionId: claims.sessionId,
    owesSecondFactor: bearer.owesSecondFactor,
    holdsUntil: claims.expiresAt * 1000,
  };
}

/** Refuses totp_required, or forbidden, where the caller may not ask the route for anything. */
export function letIn({ user, owesSecondFactor }: Caller, route: Route): void {
  if (owesSecondFactor && !route.beforeSecondFactor) throw refuse('totp_required');
  const other = route.orAccess;
  if (other === undefined || !permissionsOf(user).includes(other)) requireAccess(user, route.access);
}

/** Refuses `forbidden`, naming the permission, when the account does not hold it. */
export function requireAccess(user: User, access: Access): void {
  if (access === 'public' || access === 'signed-in') return;
  if (!permissionsOf(user).includes(access)) {
    throw refuse('forbidden', {
      details: `This needs the permission ${access}`,
      data: { permission: access },
    });
  }
}
