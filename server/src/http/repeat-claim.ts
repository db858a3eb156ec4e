// Recognising a repeated request: the Idempotency-Key, or the older client's X-Retry-Count with an equal body.

import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Claim } from '../domain/actor.ts';
import { invalid } from '../domain/shop-error.ts';

const KEY = /^[\x21-\x7e]{1,255}$/;
const MAX_RETRY_COUNT = 100;

/** The claim of a signed-in caller's change. `bodyHash`: for uploads, the hash of the file instead of the body. */
export function readClaim(request: FastifyRequest, userId: string, bodyHash?: string): Claim {
  const header = request.headers['idempotency-key'];
  const key = Array.isArray(header) ? header[0] : header;
  if (key !== undefined && !KEY.test(key)) {
    throw invalid('Idempotency-Key', 'pattern', 'must be 1 to 255 visible ASCII characters');
  }
  const retry = Number(request.headers['x-retry-count'] ?? 0);
  const retryCount = Number.isInteger(retry) && retry > 0 ? Math.min(retry, MAX_RETRY_COUNT) : 0;
  const path = request.url.split('?', 1)[0]?.replace(/(?<=.)\/$/, '') ?? '';
  const body = bodyHash ?? hash(JSON.stringify(request.body ?? null));
  return { userId, key: key ?? null, fingerprint: hash(`${request.method}\n${path}\n${body}`), retryCount };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
