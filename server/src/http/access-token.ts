// The access token: HS256 with the older backend's claims, so that tokens issued before the switch stay good.

import { createSecretKey, type KeyObject, randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { refuse } from '../domain/shop-error.ts';
import type { User } from '../domain/user.ts';

export interface TokenClaims {
  userId: string;
  /** null in tokens of the older backend. */
  sessionId: string | null;
}

export interface TokenOptions {
  secret: string;
  lifetimeSeconds: number;
  now: () => number;
}

const keys = new Map<string, KeyObject>();

function keyOf(secret: string): KeyObject {
  let key = keys.get(secret);
  if (!key) {
    key = createSecretKey(Buffer.from(secret, 'utf8'));
    keys.set(secret, key);
  }
  return key;
}

export function signAccessToken(user: User, sessionId: string, options: TokenOptions): Promise<string> {
  const issuedAt = Math.floor(options.now() / 1000);
  return new SignJWT({
    fresh: false,
    type: 'access',
    csrf: randomUUID(),
    role: user.role,
    username: user.username,
    sid: sessionId,
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(user.id)
    .setJti(randomUUID())
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + options.lifetimeSeconds)
    .sign(keyOf(options.secret));
}

/** The claims of a good token. Refuses: token_expired; token_invalid for everything else that is wrong with it. */
export async function readAccessToken(token: string, options: TokenOptions): Promise<TokenClaims> {
  try {
    const { payload } = await jwtVerify(token, keyOf(options.secret), {
      algorithms: ['HS256'],
      requiredClaims: ['sub', 'exp', 'iat'],
      currentDate: new Date(options.now()),
    });
    if (payload.type !== 'access' || typeof payload.sub !== 'string') throw refuse('token_invalid');
    if (payload.sid !== undefined && typeof payload.sid !== 'string') throw refuse('token_invalid');
    return { userId: payload.sub, sessionId: payload.sid ?? null };
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw refuse('token_expired');
    throw refuse('token_invalid');
  }
}
