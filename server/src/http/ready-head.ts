// The head of an answer that is given again and again, as one text: `writeHead` would check and join its fourteen headers
// every time. The date, whether the connection stays, and the headers of the one answer are still written by Node.

import type { ServerResponse } from 'node:http';

// An import would read all that the module offers, its WebSocket too, and so load a client of HTTP that nobody here
// uses: 80 ms of the processor at each start.
const { STATUS_CODES, validateHeaderName, validateHeaderValue } = process.getBuiltinModule('node:http');

const NOT_MODIFIED = 304;
const OF_THE_ANSWER = ['x-request-id', 'content-length'];
const OF_THE_BODY = ['content-type', 'content-encoding'];
const NONE: readonly string[] = [];

/** What `writeHead` does once it has its first line. Node does not describe it: the test compares the two. */
interface HeadWriter {
  _hasBody: boolean;
  _storeHeader: (lines: string, headers: readonly string[]) => void;
}

type Headers = Record<string, string | number | string[] | undefined>;

export class ReadyHead {
  readonly status: number;
  readonly #headers: Headers;
  /** Null until it is first written: most answers are given once. */
  #lines: string | null = null;

  /** `headers`: of the answer that was given first; what differs from answer to answer is left out. */
  constructor(status: number, headers: Headers) {
    this.status = status;
    this.#headers = headers;
  }

  /**
   * In place of `writeHead`. `requestId` is harmless; `headers`: what Node itself looks at, such as the length of a body,
   * names and values by turns; `more`: whole lines, harmless too, each with its end.
   */
  write(response: ServerResponse, requestId: string, headers = NONE, more = ''): void {
    const writer = response as unknown as HeadWriter;
    this.#lines ??= linesOf(this.status, this.#headers);
    response.statusCode = this.status;
    if (this.status === NOT_MODIFIED) writer._hasBody = false;
    writer._storeHeader(`${this.#lines}${requestId}\r\n${more}`, headers);
  }
}

/** Up to the value of the request's id. */
function linesOf(status: number, headers: Headers): string {
  const leftOut = status === NOT_MODIFIED ? [...OF_THE_ANSWER, ...OF_THE_BODY] : OF_THE_ANSWER;
  let lines = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n`;
  for (const [name, given] of Object.entries(headers)) {
    if (leftOut.includes(name)) continue;
    const value = String(given);
    validateHeaderName(name);
    validateHeaderValue(name, value);
    lines += `${name}: ${value}\r\n`;
  }
  // A text that was put together of parts is laid out anew for every answer; one that was read lies in one piece.
  return Buffer.from(`${lines}x-request-id: `, 'latin1').toString('latin1');
}
