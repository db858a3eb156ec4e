// Server-sent events read by fetch, since only that can send the Authorization header.

export interface StreamMessage {
  event: string;
  id: string | null;
  data: string;
}

/** Splits what has arrived into whole messages and the rest; `retryMs` is the server's wish for the next try. */
export function readMessages(text: string): {
  messages: StreamMessage[];
  rest: string;
  retryMs: number | null;
} {
  const blocks = text.split('\n\n');
  const rest = blocks.pop() ?? '';
  const fields = blocks.map(readFields);
  const messages = fields
    .filter(({ data }) => data !== undefined)
    .map(({ event = 'message', id = null, data = '' }) => ({ event, id, data }));
  const retry = fields.findLast((each) => each.retry !== undefined)?.retry;
  return { messages, rest, retryMs: retry === undefined ? null : Number(retry) };
}

/** The named lines of one block; a line that begins with a colon is a heartbeat. */
function readFields(block: string): Record<string, string | undefined> {
  const found = [...block.matchAll(/^(\w+): ?(.*)$/gm)];
  return Object.fromEntries(found.map(([, name, value]) => [name, value]));
}

/** Hands on every message until the stream ends; answers the server's wish for the next try. */
export async function readStream(
  body: ReadableStream<Uint8Array>,
  handle: (message: StreamMessage) => void,
  heard: () => void,
): Promise<number | null> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  let text = '';
  let wish: number | null = null;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return wish;
    heard();
    const found = readMessages(text + value);
    text = found.rest;
    wish = found.retryMs ?? wish;
    for (const message of found.messages) handle(message);
  }
}

/** Calls once nothing was heard for so long, each time anew after something was. */
export function watchSilence(ms: number, isSilent: () => void): { heard: () => void; end: () => void } {
  let timer = setTimeout(isSilent, ms);
  const end = () => clearTimeout(timer);
  return {
    heard: () => {
      end();
      timer = setTimeout(isSilent, ms);
    },
    end,
  };
}
