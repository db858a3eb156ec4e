// A caller with one kept connection of its own: what it asks goes to the worker that has that connection.

import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  // Tests reach into the JSON freely; a wrong path fails the assertion that reads it.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  body: any;
}

export interface Asking {
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export class Caller {
  readonly #origin: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Rejects when the connection is refused or lost. */
  ask(method: string, path: string, { token, body, headers = {} }: Asking = {}): Promise<Answer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const sent = request(
        this.#origin + path,
        {
          method,
          agent: this.#agent,
          headers: {
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
            ...(text === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
        },
        (response) => {
          let answered = '';
          response
            .setEncoding('utf8')
            .on('data', (part: string) => {
              answered += part;
            })
            .on('error', reject)
            .on('end', () => {
              const { statusCode = 0, headers: received } = response;
              const isJson = received['content-type']?.includes('json') ?? false;
              resolve({
                status: statusCode,
                headers: received,
                body: isJson ? JSON.parse(answered) : answered,
              });
            });
        },
      ).on('error', reject);
      sent.end(text);
    });
  }

  hangUp(): void {
    this.#agent.destroy();
  }
}
