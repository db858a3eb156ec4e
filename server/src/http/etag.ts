// ETags of JSON answers: a hash of the body, so that it changes with the piece and with the rate, and in front of it
// the version of the one thing answered, which is what If-Match compares.

import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const versions = new WeakMap<FastifyRequest, number>();
const matters = new WeakMap<FastifyRequest, string>();

export function noteVersion(request: FastifyRequest, version: number): void {
  versions.set(request, version);
}

/**
 * What of an answer tells a new one, where the body says the time, too. Its tag is a weak one: a caller that has the
 * same may keep an older body.
 */
export function noteMatter(request: FastifyRequest, matter: object): void {
  matters.set(request, JSON.stringify(matter));
}

/** Adds ETags to successful JSON answers of GET and HEAD, and answers 304 to a matching If-None-Match. */
export function tagAnswers(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    done(null, tagged(request, reply, payload));
  });
}

/** The payload to send: the same one, or nothing where the caller has it. */
function tagged(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  if (typeof payload !== 'string' || reply.statusCode >= 300) return payload;
  const version = versions.get(request);
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (!reads && version === undefined) return payload;
  if (reply.hasHeader('etag') || !String(reply.getHeader('content-type')).includes('json')) return payload;
  const matter = matters.get(request);
  const tag = tagOf(matter ?? payload, version);
  reply.header('ETag', matter === undefined ? tag : `W/${tag}`);
  if (!reads) return payload;
  if (!reply.hasHeader('cache-control')) reply.header('Cache-Control', 'no-cache');
  if (!hasTag(request.headers['if-none-match'], tag)) return payload;
  reply.code(304).removeHeader('content-type').removeHeader('content-length');
  return '';
}

/** The tag of a body; `version`: that of the one thing answered. */
export function tagOf(body: string | Buffer, version: number | undefined): string {
  const text = hash('sha256', body, 'base64url').slice(0, 16);
  return version === undefined ? `"${text}"` : `"${version}-${text}"`;
}

/** Whether If-None-Match names this tag, or any. */
export function hasTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  // Nearly always it is the one, as it was sent.
  if (header === tag) return true;
  return header.split(',').some((part) => part.trim() === '*' || part.trim().replace(/^W\//, '') === tag);
}
