// One line a request, without secrets, query strings or bodies; and errors as their text and stack alone, because the
// other properties of an error may hold anything.

import type { FastifyInstance, FastifyRequest } from 'fastify';

export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    const line = {
      method: request.method,
      path: request.is404 ? harmlessPath(request) : request.routeOptions.url,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    };
    // A probe that answers 503 does its job; it would fill the log of errors.
    const isProbe = line.path?.startsWith('/api/health') ?? false;
    if (reply.statusCode >= 500 && !isProbe) request.log.error(line, 'request failed');
    else request.log.info(line, 'request');
    done();
  });
}

/** An unknown address up to the first part that is no plain word: what follows may be a number or a secret. */
function harmlessPath(request: FastifyRequest): string {
  const parts = (request.url.split('?', 1)[0] ?? '').split('/').slice(1, 5);
  const strange = parts.findIndex((part) => !/^[a-z][a-z-]{0,20}$/.test(part));
  if (strange === -1) return `/${parts.join('/')}`;
  return `/${[...parts.slice(0, strange), '...'].join('/')}`;
}

/** How an error stands in the log. */
export function loggedError(error: unknown): { type: string; message: string; stack?: string | undefined } {
  if (!(error instanceof Error)) return { type: typeof error, message: 'a thrown value that is no error' };
  return { type: error.name, message: error.message, stack: error.stack };
}
