// One line for each change, refusal and slow answer, without secrets, query strings or bodies: reads that went well are
// too many to be of use. And errors as their text and stack alone, because their other properties may hold anything.

import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** A read that took longer is worth a line. */
const SLOW_MS = 500;

export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    if (isPlainRead(request, reply)) return done();
    logAnswer(request.log, {
      method: request.method,
      path: request.is404 ? harmlessPath(request) : request.routeOptions.url,
      status: reply.statusCode,
      ms: reply.elapsedTime,
    });
    done();
  });
}

/** Of a read that went well. */
export function logIfSlow(log: FastifyBaseLogger, answer: AnswerLine): void {
  if (answer.ms >= SLOW_MS) logAnswer(log, answer);
}

interface AnswerLine {
  /** Absent where the log itself says it on every line. */
  request_id?: string;
  method: string;
  path: string | undefined;
  status: number;
  ms: number;
}

export function logAnswer(log: FastifyBaseLogger, answer: AnswerLine): void {
  const line = { ...answer, ms: Math.round(answer.ms * 10) / 10 };
  // A probe that answers 503 does its job; it would fill the log of errors.
  const isProbe = line.path?.startsWith('/api/health') ?? false;
  if (line.status >= 500 && !isProbe) log.error(line, 'request failed');
  else log.info(line, 'request');
}

function isPlainRead({ method, routeOptions }: FastifyRequest, reply: FastifyReply): boolean {
  const reads = routeOptions.config?.reads || method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
  return reads && reply.statusCode < 400 && reply.elapsedTime < SLOW_MS;
}

/** An unknown address up to the first part that is no plain word: what follows may be a number or a secret. */
function harmlessPath(request: FastifyRequest): string {
  const parts = (request.url.split('?', 1)[0] ?? '').split('/').slice(1, 5);
  const strange = parts.findIndex((part) => !/^[a-z][a-z-]{0,20}$/.test(part));
  if (strange === -1) return `/${parts.join('/')}`;
  return `/${[...parts.slice(0, strange), '...'].join('/')}`;
}

/** How an error stands in the log. */
function loggedError(error: unknown): { type: string; message: string; stack?: string | undefined } {
  if (!(error instanceof Error)) return { type: typeof error, message: 'a thrown value that is no error' };
  return { type: error.name, message: error.message, stack: error.stack };
}

/** What stands in the log of the things that are handed to it. */
export const LOG_SERIALIZERS = {
  err: loggedError,
  // The reader of uploads tells what it was given: all headers of the request, the token among them.
  busboyOptions: () => undefined,
};
