// If-Match: the version that the caller has seen. An ETag of ours is "<version>-<hash>"; only the version counts.

import type { FastifyRequest } from 'fastify';
import { invalid } from '../domain/shop-error.ts';

/** The version from If-Match, else from the body's `version`; null when neither is sent or If-Match is `*`. */
export function readIfVersion(request: FastifyRequest): number | null {
  const header = request.headers['if-match'];
  if (header !== undefined) {
    if (header.trim() === '*') return null;
    const match = /^(?:W\/)?"?(\d{1,15})(?:-[\w-]*)?"?$/.exec(header.trim());
    if (!match) throw invalid('If-Match', 'pattern', 'must be the ETag or version of an earlier answer');
    return Number(match[1]);
  }
  const version = (request.body as { version?: unknown } | null | undefined)?.version;
  return typeof version === 'number' && Number.isInteger(version) ? version : null;
}
