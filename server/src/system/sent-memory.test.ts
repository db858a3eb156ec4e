import assert from 'node:assert/strict';
import { Readable, Writable } from 'node:stream';
import { it } from 'node:test';
import { SentMemory } from './sent-memory.ts';

/** A client that takes a chunk when it is told to. */
function clientAndStream() {
  const takes: (() => void)[] = [];
  const client = new Writable({ highWaterMark: 1, write: (_chunk, _encoding, done) => takes.push(done) });
  const stream = new Readable({ highWaterMark: 1, read: () => undefined });
  return { takes, client, stream };
}

it('keeps a chunk while the client has not taken it, and gives its memory back once it has', () => {
  const { takes, client, stream } = clientAndStream();
  const sent = new SentMemory(client, stream);
  const [first, second] = [new Uint8Array(1000), new Uint8Array(1000)];
  sent.add(first);
  client.write(first);
  // The second waits in the stream: nobody has written it yet.
  sent.add(second);
  stream.push(second);
  sent.free();
  assert.deepEqual([first.length, second.length], [1000, 1000]);
  takes.shift()?.();
  sent.free();
  assert.deepEqual([first.length, second.length], [0, 1000]);
  client.write(stream.read());
  takes.shift()?.();
  sent.free();
  assert.equal(second.length, 0);
});
