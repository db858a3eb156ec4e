// Requests of the tests over kept connections, by Node's own client: what `fetch` puts on top would be half of the
// processor time of every request, the server's work included.

import { type Agent, type IncomingMessage, request } from 'node:http';

export interface Asked {
  method: string;
  headers: Record<string, string>;
  body?: FormData | Uint8Array | string;
}

export interface Received {
  status: number;
  headers: Headers;
  /** Nothing where the answer is a live stream, which has no end: its head is all that is waited for. */
  text: string;
}

/** Rejects when the connection is refused or lost before the answer is there. */
export async function askOver(agent: Agent, url: URL, asked: Asked): Promise<Received> {
  const { headers, bytes } = await encode(asked);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { agent, method: asked.method, headers })
      .on('response', resolve)
      .on('error', reject)
      .end(bytes);
  });
  const isLive = response.headers['content-type']?.startsWith('text/event-stream') ?? false;
  const parts: Buffer[] = [];
  if (isLive) response.destroy();
  else for await (const part of response) parts.push(part as Buffer);
  return {
    status: response.statusCode ?? 0,
    headers: headersOf(response),
    text: new TextDecoder().decode(Buffer.concat(parts)),
  };
}

/** A form becomes bytes with a boundary, which its type names. The length is told for every method: Node leaves it out of a DELETE. */
async function encode({ headers, body }: Asked): Promise<{ headers: Asked['headers']; bytes?: Uint8Array }> {
  if (body === undefined) return { headers };
  const form = body instanceof FormData ? new Response(body) : null;
  const bytes = form ? Buffer.from(await form.arrayBuffer()) : Buffer.from(body as Uint8Array | string);
  const type = form?.headers.get('content-type');
  const named = typeof type === 'string' ? { 'content-type': type } : {};
  return { headers: { ...named, 'content-length': String(bytes.length), ...headers }, bytes };
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    headers.append(rawHeaders[at] as string, rawHeaders[at + 1] as string);
  }
  return headers;
}
