// Turns a route's reply into JSON by its schema. A serialiser is made when its route first answers: made for all
// routes at the start, they would be half of the work of opening a shop, for routes that most shops seldom use.

import fastJson from 'fast-json-stringify';
import type { FastifyInstance } from 'fastify';

type Serialize = (reply: unknown) => string;

export function serializeReplies(app: FastifyInstance): void {
  app.setSerializerCompiler<object>(({ schema }) => {
    let made: Serialize | undefined;
    return (reply) => {
      made ??= replySerializer(schema);
      return made(reply);
    };
  });
}

/** Throws where nothing can be made of the schema. */
export function replySerializer(schema: object): Serialize {
  return fastJson(schema as fastJson.Schema);
}
