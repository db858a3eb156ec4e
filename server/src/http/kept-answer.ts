// An answer that is made once and sent as long as it holds: its bytes with their ETag, and their compressed forms.

import type { IncomingHttpHeaders } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { repeatEarly } from './early-answers.ts';
import { hasTag, tagOf } from './etag.ts';
import { variesBy } from './headers.ts';

const ENCODINGS = ['br', 'gzip'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Smaller answers fit into one packet as they are. */
const COMPRESSED_FROM = 1_024;
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
const COMPRESS = { br: (body: Buffer) => promisify(brotliCompress)(body, BROTLI), gzip: promisify(gzip) };

export class KeptAnswer {
  readonly body: Buffer;
  readonly tag: string;
  /** Whether it is still what would be answered now. */
  readonly holds: () => boolean;
  /** Whether somebody has asked for it before. */
  isAsked = false;
  readonly #encoded = new Map<Encoding, Promise<Buffer>>();

  /** `version`: that of the one thing answered. */
  constructor(body: Buffer, holds: () => boolean, version?: number) {
    this.body = body;
    this.holds = holds;
    this.tag = tagOf(body, version);
  }

  /** Made when it is first asked for, and by another thread. */
  encoded(encoding: Encoding): Promise<Buffer> {
    const known = this.#encoded.get(encoding);
    if (known !== undefined) return known;
    const made = COMPRESS[encoding](this.body);
    this.#encoded.set(encoding, made);
    return made;
  }
}

/** Sends it in the form that the caller takes, or 304 where the caller has it. */
export function sendKept(
  request: FastifyRequest,
  reply: FastifyReply,
  kept: KeptAnswer,
): FastifyReply | Promise<FastifyReply> {
  const { headers } = request;
  variesBy(reply, 'Accept-Encoding');
  const encoding = encodingOf(kept, headers);
  reply.header('ETag', tagIn(encoding, kept));
  reply.header('Cache-Control', 'no-cache');
  // Most searches are made once: what nobody asks for again need not be remembered.
  if (kept.isAsked) repeatEarly(request, kept);
  kept.isAsked = true;
  if (headers['if-none-match'] !== undefined && hasTag(headers['if-none-match'], kept.tag)) {
    return reply.code(304).send();
  }
  reply.header('Content-Type', 'application/json; charset=utf-8');
  if (encoding === null) return reply.send(kept.body);
  return kept.encoded(encoding).then((body) => reply.header('Content-Encoding', encoding).send(body));
}

/** The form of an answer that its caller takes; null: as it is. */
export function encodingOf({ body }: KeptAnswer, headers: IncomingHttpHeaders): Encoding | null {
  return body.length < COMPRESSED_FROM ? null : encodingFor(headers['accept-encoding']);
}

/** Two forms of one answer are equal in what they say, not in their bytes. */
export function tagIn(encoding: Encoding | null, { tag }: KeptAnswer): string {
  return encoding === null ? tag : `W/${tag}`;
}

/** The better of our encodings that Accept-Encoding names and does not refuse; null: as it is. */
function encodingFor(header: string | string[] | undefined): Encoding | null {
  if (header === undefined) return null;
  const accepted = new Map(
    String(header)
      .toLowerCase()
      .split(',')
      .map((part) => {
        const [name = '', weight] = part.split(';');
        return [name.trim(), weight === undefined || !/q=0(\.0*)?\s*$/.test(weight)];
      }),
  );
  return ENCODINGS.find((encoding) => accepted.get(encoding)) ?? null;
}
