// Recognising a repeated request: the Idempotency-Key, or the older client's X-Retry-Count with an equal body.

import { hash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Claim } from '../domain/actor.ts';
import { invalid } from '../domain/shop-error.ts';

const KEY = /^[\x21-\x7e]{1,255}$/;
const MAX_RETRY_COUNT = 100;

/** What a claim is read from. */
export type Claimant = Pick<FastifyRequest, 'id' | 'method' | 'url' | 'headers' | 'body' | 'fileHash'>;

/**
 * The claim of a signed-in caller's change. For uploads the hash of the file stands in place of the body's. The
 * fingerprint is keyed with a secret, because it is stored and a body may hold a password.
 */
export function readClaim(request: Claimant, userId: string, secret: string): Claim {
  const header = request.headers['idempotency-key'];
  const key = Array.isArray(header) ? header[0] : header;
  if (key !== undefined && !KEY.test(key)) {
    throw invalid('Idempotency-Key', 'pattern', 'must be 1 to 255 visible ASCII characters');
  }
  const retry = Number(request.headers['x-retry-count'] ?? 0);
  const retryCount = Number.isInteger(retry) && retry > 0 ? Math.min(retry, MAX_RETRY_COUNT) : 0;
  const path = request.url.split('?', 1)[0]?.replace(/(?<=.)\/$/, '') ?? '';
  const body = request.fileHash ?? JSON.stringify(request.body ?? null);
  // Two plain hashes: the inner one has a fixed length, so nothing can be appended; an HMAC object costs five of them.
  const fingerprint = hash('sha256', `${secret}\n${hash('sha256', `${request.method}\n${path}\n${body}`)}`);
  return { userId, key: key ?? null, fingerprint, retryCount };
}
