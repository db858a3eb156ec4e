// Questions that are sent as POST and answered from their body alone go past the framework, which would cost more than
// most of the answers: with the very headers that all the hooks gave the first of them, but for the request's own id.
// Whatever is special about a question (a token, a long body, a refusal) goes the whole way.

import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { bodyReader } from './body-parser.ts';
import type { EarlyOptions } from './early-answers.ts';
import { presentBody } from './register-route.ts';
import { replySerializer } from './reply-serializers.ts';
import type { Route } from './route.ts';
import { bodyChecker } from './validation.ts';

/** Bytes. */
const LONGEST_BODY = 16_384;
/** Origins of pages whose headers are kept; one more and all go. */
const MOST_HEADS = 100;
const SPECIAL = ['authorization', 'x-journal-at-least', 'if-match', 'transfer-encoding', 'expect'] as const;
const OF_THE_ANSWER = new Set(['x-request-id', 'content-length']);

interface Question {
  /** Where its requests are counted. */
  place: number;
  /** The answer as JSON. Throws where the whole way has to say why not. */
  answer: (body: unknown) => Promise<string>;
  /** Names and values by turns, by the origin of the page that asked. */
  heads: Map<string, string[]>;
}

/** After `answerEarly`: it is asked before that. */
export function answerQuestions(
  app: FastifyInstance,
  routes: readonly Route[],
  { requestId, stopping, meters }: EarlyOptions,
): void {
  const questions = new Map<string, Question>();
  for (const route of routes) {
    if (route.byBody)
      questions.set(route.path, toQuestion(route, meters.requests.placeOf('POST', route.path)));
  }
  const readBody = bodyReader(app);
  const answer = async (
    request: IncomingMessage,
    response: ServerResponse,
    question: Question,
    head: string[],
  ) => {
    const from = performance.now();
    const sent = await textOf(request);
    // The caller went away.
    if (sent === null) return;
    try {
      const text = await question.answer(readBody(sent));
      const id = requestId(request.headers['x-request-id']);
      response.writeHead(200, [
        ...head,
        'x-request-id',
        id,
        'content-length',
        String(Buffer.byteLength(text)),
      ]);
      response.end(text);
      meters.requests.count(question.place, 200, performance.now() - from);
    } catch {
      await goTheWholeWay(app, request, response, sent);
    }
  };
  const [routed] = app.server.listeners('request');
  app.server.removeAllListeners('request');
  app.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { method, headers } = request;
    const question = method === 'POST' && !stopping?.aborted ? questions.get(request.url ?? '') : undefined;
    const head = question?.heads.get(headers.origin ?? '');
    if (question && head && isPlain(headers)) void answer(request, response, question, head);
    else routed?.call(app.server, request, response);
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    const question = reply.statusCode === 200 ? questions.get(request.raw.url ?? '') : undefined;
    if (question && request.method === 'POST' && isPlain(request.headers)) {
      if (question.heads.size >= MOST_HEADS) question.heads.clear();
      question.heads.set(request.headers.origin ?? '', toHead(reply.getHeaders()));
    }
    done(null, payload);
  });
}

function toQuestion({ body, messages, reply, handle }: Route, place: number): Question {
  const check = bodyChecker(body as object, messages);
  let serialize: ((answer: unknown) => string) | undefined;
  return {
    place,
    heads: new Map(),
    answer: async (sent) => {
      const present = presentBody(sent, false);
      check(present);
      const answer = await (handle as (call: { body: unknown }) => unknown)({ body: present });
      serialize ??= replySerializer(reply as object);
      return serialize(answer);
    },
  };
}

function isPlain(headers: IncomingHttpHeaders): boolean {
  const length = Number(headers['content-length']);
  return (
    /^application\/json(; ?charset=utf-8)?$/i.test(headers['content-type'] ?? '') &&
    length > 0 &&
    length <= LONGEST_BODY &&
    !SPECIAL.some((name) => headers[name] !== undefined)
  );
}

function toHead(headers: Record<string, string | number | string[] | undefined>): string[] {
  return Object.entries(headers)
    .filter(([name]) => !OF_THE_ANSWER.has(name))
    .flatMap(([name, value]) => [name, String(value)]);
}

/** Null where it did not come whole. */
function textOf(request: IncomingMessage): Promise<string | null> {
  return new Promise((resolve) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    request.on('end', () => resolve(text)).on('close', () => resolve(null));
  });
}

/** What was read already is handed to the routes as a request of its own. */
async function goTheWholeWay(
  app: FastifyInstance,
  { url = '', headers, socket }: IncomingMessage,
  response: ServerResponse,
  payload: string,
): Promise<void> {
  const remoteAddress = socket.remoteAddress ?? '';
  const answer = await app.inject({ method: 'POST', url, headers, payload, remoteAddress });
  if (response.destroyed) return;
  // What else belongs to a connection is said by the one that is there.
  const { connection, date: _, ...head } = answer.headers;
  response.writeHead(answer.statusCode, connection === 'close' ? { ...head, connection } : head);
  response.end(answer.rawPayload);
}
