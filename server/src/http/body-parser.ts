// Reading JSON bodies: bounded in size and depth, and never a 5xx for what a caller sent.

import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuse } from '../domain/shop-error.ts';

/** Deeper JSON than this is refused; the deepest body of the API has five levels. */
const MAX_DEPTH = 32;

/** The only JSON that the parser refuses. */
const POLLUTING = 'Request body must not have a member "__proto__", nor "prototype" in "constructor"';

/** Marks a body that was sent in a way that no route takes: with another content type. */
export const UNREADABLE_BODY = Symbol('a body that is not JSON');

export function readJsonBodies(app: FastifyInstance): void {
  const readBody = bodyReader(app);
  // Node has ended the body of a request that says no length (`optimizeEmptyRequests`), and who reads it waits for ever:
  // it is none, whatever type is said of it.
  app.addHook('onRequest', ({ raw: { headers } }, _reply, done) => {
    const isEmpty = headers['content-length'] === undefined && headers['transfer-encoding'] === undefined;
    if (isEmpty) delete headers['content-type'];
    done();
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    /^application\/(?:[\w.+-]+\+)?json\b/i,
    { parseAs: 'buffer' },
    (_request, bytes: Buffer, done) => {
      let body: unknown;
      try {
        body = readBody(bytes);
      } catch (error) {
        return done(error as Error, undefined);
      }
      done(null, body);
    },
  );
  // Anything else is read up to the limit and refused where a body is needed.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, done) =>
    done(null, bytes.length === 0 ? undefined : UNREADABLE_BODY),
  );
}

/** Reads what came as JSON. Refuses malformed_json. */
export function bodyReader(app: FastifyInstance): (bytes: Buffer) => unknown {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  return (bytes) => {
    if (bytes.length === 0) return undefined;
    // Else the wrong bytes would be stored as question marks, in the ledger for ever.
    if (!isUtf8(bytes))
      throw refuse('malformed_json', { details: 'Request body must be UTF-8, and not compressed' });
    const text = bytes.toString();
    if (isTooDeep(text)) throw refuse('malformed_json', { details: 'JSON is nested too deep' });
    let read: unknown;
    // It answers before it returns, and looks at the text alone.
    void parseJson({} as FastifyRequest, text, (error, value) => {
      if (error) throw refuse('malformed_json', isJson(text) ? { details: POLLUTING } : {});
      read = value;
    });
    return read;
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Counts brackets outside of strings; costs one pass and never recurses. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (inString) {
      if (c === 0x5c) i++;
      else if (c === 0x22) inString = false;
    } else if (c === 0x22) inString = true;
    else if (c === 0x5b || c === 0x7b) {
      if (++depth > MAX_DEPTH) return true;
    } else if (c === 0x5d || c === 0x7d) depth--;
  }
  return false;
}
