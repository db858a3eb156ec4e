// The access token: HS256 with the older backend's claims, so that tokens issued before the switch stay good.

import { createSecretKey, type KeyObject, randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { refuse } from '../domain/shop-error.ts';
import type { User } from '../domain/user.ts';

export interface TokenClaims {
  userId: string;
  /** null in tokens of the older backend. */
  sessionId: string | null;
  /** The second from which it is good no more. */
  expiresAt: number;
}

export interface TokenOptions {
  secret: string;
  lifetimeSeconds: number;
  now: () => number;
}

/** A token whose signature and claims were found good, and the whole second from which it holds. */
interface CheckedToken {
  claims: TokenClaims;
  notBefore: number;
}

/** A secret's key and the tokens checked with it: checking a signature anew costs a third of a whole request. */
interface Keyring {
  key: KeyObject;
  checked: Map<string, CheckedToken>;
}

const MOST_CHECKED = 1000;
const keyrings = new Map<string, Keyring>();

function keyringOf(secret: string): Keyring {
  let keyring = keyrings.get(secret);
  if (!keyring) {
    keyring = { key: createSecretKey(Buffer.from(secret, 'utf8')), checked: new Map() };
    keyrings.set(secret, keyring);
  }
  return keyring;
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
    .sign(keyringOf(options.secret).key);
}

/** The claims of a good token. Refuses: token_expired; token_invalid for everything else that is wrong with it. */
export async function readAccessToken(token: string, options: TokenOptions): Promise<TokenClaims> {
  const { key, checked } = keyringOf(options.secret);
  const known = checked.get(token);
  const second = Math.floor(options.now() / 1000);
  if (known && known.notBefore <= second && second < known.claims.expiresAt) return known.claims;
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      requiredClaims: ['sub', 'exp', 'iat'],
      currentDate: new Date(options.now()),
    });
    if (payload.type !== 'access' || typeof payload.sub !== 'string') throw refuse('token_invalid');
    // No token of this shop is made out to anybody or names its maker: such a one was made for something else.
    if (payload.aud !== undefined || payload.iss !== undefined) throw refuse('token_invalid');
    if (payload.sid !== undefined && typeof payload.sid !== 'string') throw refuse('token_invalid');
    const claims = { userId: payload.sub, sessionId: payload.sid ?? null, expiresAt: payload.exp ?? 0 };
    if (checked.size >= MOST_CHECKED) checked.delete(checked.keys().next().value ?? '');
    checked.set(token, { claims, notBefore: payload.nbf ?? 0 });
    return claims;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw refuse('token_expired');
    throw refuse('token_invalid');
  }
}
