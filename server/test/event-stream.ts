// A listener of live events, for tests: reads the stream as a browser would and keeps every message.

import assert from 'node:assert/strict';

export interface Message {
  id: string | undefined;
  event: string | undefined;
  retry: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into the JSON; a wrong path fails the assertion
  data: any;
}

export interface EventStream {
  response: Response;
  messages: Message[];
  comments: () => number;
  /** Waits until `count` messages have come that are no `hello`, and answers them. */
  first: (count: number) => Promise<Message[]>;
  /** Waits for the end of the stream. */
  ended: Promise<void>;
  hangUp: () => void;
}

export async function listen(
  address: string,
  token: string,
  headers: Record<string, string> = {},
): Promise<EventStream> {
  const hangUp = new AbortController();
  const response = await fetch(address, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: hangUp.signal,
  });
  assert.equal(response.status, 200);
  const messages: Message[] = [];
  let comments = 0;
  let told = Promise.withResolvers<void>();
  const take = (block: string): void => {
    if (block.startsWith(':')) comments++;
    else messages.push(parse(block));
    told.resolve();
    told = Promise.withResolvers<void>();
  };
  const ended = readBlocks(response, take).finally(() => told.resolve());
  return {
    response,
    messages,
    comments: () => comments,
    first: async (count) => {
      const events = () => messages.filter(({ event }) => event !== 'hello');
      while (events().length < count) {
        const isOver = await Promise.race([told.promise, ended.then(() => true)]);
        if (isOver && events().length < count) {
          assert.fail(`the stream ended after ${events().length} of ${count}`);
        }
      }
      return events();
    },
    ended,
    hangUp: () => hangUp.abort(),
  };
}

async function readBlocks(response: Response, take: (block: string) => void): Promise<void> {
  let text = '';
  try {
    for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (text + part).split('\n\n');
      text = blocks.pop() ?? '';
      blocks.forEach(take);
    }
  } catch {
    // Hung up, by this side or the other: the stream is over either way.
  }
}

function parse(block: string): Message {
  const fields = Object.fromEntries(
    block.split('\n').map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
  const { id, event, retry, data } = fields;
  return { id, event, retry, data: data === undefined ? null : JSON.parse(data) };
}
