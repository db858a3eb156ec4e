// An HTTP client that knows three outcomes: answered with a success, answered with a refusal, and unknown.

import { Agent, request } from 'node:http';

export type Row = Record<string, unknown>;

export interface Body {
  success?: boolean;
  data: unknown;
  message?: string;
  error?: { code: number; type: string; message: string; details?: unknown; fields?: Row[] };
  pagination?: Row;
  [other: string]: unknown;
}

export interface Answer {
  /** 0: unknown (reset, time-out): it may have happened or not. */
  status: number;
  /** Why it is unknown. */
  why: string;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** The parsed body; an empty object where it is no JSON. */
  body: Body;
  /** The port of this side of its connection. */
  localPort?: number | undefined;
}

export interface Sending {
  headers?: Record<string, string>;
  timeoutMs?: number;
  /** The address of this machine that the connection comes from. */
  from?: string;
  /** On a connection of its own: a kept one may be closed by the other side while this one is busy. */
  fresh?: true;
  /** The body is not waited for: a stream that does not end. */
  headersOnly?: true;
}

const TIMEOUT_MS = 15_000;

export class Client {
  /** Where the program listens; it changes when the program is started again. */
  origin: string;
  token: string | null;
  readonly #agent: Agent;

  constructor(origin: string, token: string | null = null, sockets = 1) {
    this.origin = origin;
    this.token = token;
    this.#agent = new Agent({ keepAlive: true, maxSockets: sockets });
  }

  get(path: string, sending?: Sending): Promise<Answer> {
    return this.send('GET', path, undefined, sending);
  }

  post(path: string, body?: unknown, sending?: Sending): Promise<Answer> {
    return this.send('POST', path, body, sending);
  }

  put(path: string, body?: unknown, sending?: Sending): Promise<Answer> {
    return this.send('PUT', path, body, sending);
  }

  /** A Buffer or a text is sent as it is; anything else as JSON. */
  send(method: string, path: string, body?: unknown, sending: Sending = {}): Promise<Answer> {
    const payload = payloadOf(body);
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const unknown = (why: string): void => resolve({ status: 0, why, headers: {}, text: '', body: EMPTY });
    const url = new URL(this.origin);
    const sent = request(
      {
        host: url.hostname,
        port: url.port,
        method,
        path,
        agent: sending.fresh ? false : this.#agent,
        ...(sending.from === undefined ? {} : { localAddress: sending.from }),
        headers: {
          ...(payload === null
            ? {}
            : { 'content-type': 'application/json', 'content-length': String(payload.length) }),
          ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
          ...sending.headers,
        },
      },
      (response) => {
        const { statusCode = 0, headers } = response;
        const { localPort } = response.socket;
        if (sending.headersOnly) {
          resolve({ status: statusCode, why: '', headers, text: '', body: EMPTY });
          response.on('error', () => undefined).destroy();
          return;
        }
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          // An answer that broke off is no answer.
          if (response.complete)
            resolve({ status: statusCode, why: '', headers, text, body: parsed(text), localPort });
          else unknown('broken off');
        });
        response.on('error', (error) => unknown(error.message));
      },
    );
    sent.setTimeout(sending.timeoutMs ?? TIMEOUT_MS, () => sent.destroy(new Error('time-out')));
    sent.on('error', (error) => unknown(error.message));
    sent.end(payload ?? undefined);
    return promise;
  }

  close(): void {
    this.#agent.destroy();
  }
}

const EMPTY: Body = { data: null };

function payloadOf(body: unknown): Buffer | null {
  if (body === undefined) return null;
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function parsed(text: string): Body {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Body) : EMPTY;
  } catch {
    return EMPTY;
  }
}

/** A 2xx. */
export function isDone(answer: Answer): boolean {
  return answer.status >= 200 && answer.status < 300;
}

/** A defect leaves it open, as a broken connection does; and the program may say itself that nobody knows. */
export function isUnknown(answer: Answer): boolean {
  return answer.status === 0 || answer.status === 500 || answer.body.error?.type === 'outcome_unknown';
}

/** The `data` of an answer that must be a success; throws with the answer otherwise. */
export function dataOf(answer: Answer, what = 'the request'): Row {
  if (!isDone(answer)) {
    throw new Error(`${what} was answered ${answer.status} ${answer.why}${answer.text.slice(0, 500)}`);
  }
  return answer.body.data as Row;
}

export function rowsOf(answer: Answer, what = 'the list'): Row[] {
  return dataOf(answer, what) as unknown as Row[];
}
