// Questions that are sent as POST and answered from their body alone go past the framework, which would cost more than
// most of the answers: with the very headers that all the hooks gave the first of them, but for the request's own id.
// Whatever is special about a question (a token, a long body, a refusal) goes the whole way.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { bodyReader } from './body-parser.ts';
import type { EarlyOptions } from './early-answers.ts';
import { logIfSlow } from './log.ts';
import type { Room } from './overload.ts';
import { networkOf } from './rate-limit.ts';
import { presentBody } from './register-route.ts';
import { replySerializer } from './reply-serializers.ts';
import type { Route } from './route.ts';
import { bytesOf, endingOf, goTheWholeWay, type Head, Heads, isPlain, takeBefore } from './short-way.ts';
import { bodyChecker } from './validation.ts';

interface Question {
  /** Where its requests are counted. */
  place: number;
  /** The answer as JSON. Throws where the whole way has to say why not. */
  answer: (body: unknown) => Promise<string>;
  heads: Heads;
}

export interface QuestionsOptions extends EarlyOptions {
  /** The room that all requests share. */
  room: Room;
}

export function answerQuestions(
  app: FastifyInstance,
  routes: readonly Route[],
  { requestId, stopping, meters, room }: QuestionsOptions,
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
    { ready }: Head,
  ) => {
    const from = performance.now();
    const sent = await bytesOf(request);
    // The caller went away.
    if (sent === null) return;
    try {
      const text = await question.answer(readBody(sent));
      const id = requestId(request.headers['x-request-id']);
      const length = Buffer.byteLength(text);
      ready.write(response, id, endingOf(length, stopping));
      // A character a byte goes out without being looked at again.
      response.end(text, length === text.length ? 'latin1' : 'utf8');
      const ms = performance.now() - from;
      meters.requests.count(question.place, 200, ms);
      logIfSlow(app.log, { request_id: id, method: 'POST', path: request.url, status: 200, ms });
    } catch {
      await goTheWholeWay(app, request, response, sent);
    }
  };
  takeBefore(app, (request, response) => {
    const { method, headers } = request;
    const question = method === 'POST' && !stopping?.aborted ? questions.get(request.url ?? '') : undefined;
    const head = question?.heads.find(headers);
    if (!question || !head || headers.authorization !== undefined || !isPlain(headers)) return false;
    // Those that come through one proxy hold their places together.
    if (!room.enter(response, () => networkOf(request.socket.remoteAddress ?? ''))) return false;
    void answer(request, response, question, head);
    return true;
  });
  app.addHook('onSend', ({ raw, method, headers }, reply, payload, done) => {
    const question = reply.statusCode === 200 ? questions.get(raw.url ?? '') : undefined;
    if (question && method === 'POST' && headers.authorization === undefined && isPlain(headers))
      question.heads.learn(headers, reply.getHeaders());
    done(null, payload);
  });
}

function toQuestion({ body, messages, reply, handle }: Route, place: number): Question {
  const check = bodyChecker(body as object, messages);
  let serialize: ((answer: unknown) => string) | undefined;
  return {
    place,
    heads: new Heads(200),
    answer: async (sent) => {
      const present = presentBody(sent, false);
      check(present);
      const answer = await (handle as (call: { body: unknown }) => unknown)({ body: present });
      serialize ??= replySerializer(reply as object);
      return serialize(answer);
    },
  };
}
