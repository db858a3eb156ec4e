// The memory of chunks that go from one thread through this one to a client.

import type { Readable, Writable } from 'node:stream';

/**
 * Gives the memory of chunks back as soon as they have left: the collector would let 60 MB of it gather first. `to` is
 * the answer itself: a stream that hands chunks on by reference does not know when they have left.
 */
export class SentMemory {
  readonly #to: Writable;
  readonly #from: Readable;
  #chunks: Uint8Array<ArrayBuffer>[] = [];
  #size = 0;

  constructor(to: Writable, from: Readable) {
    this.#to = to;
    this.#from = from;
  }

  add(chunk: Uint8Array<ArrayBuffer>): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
  }

  /** Frees all that was written and is no longer held by the answer or its socket; the last ones may not be written. */
  free(): void {
    if (this.#to.writableLength > 0) return;
    while (this.#size > this.#from.readableLength) {
      const chunk = this.#chunks.shift() as Uint8Array<ArrayBuffer>;
      this.#size -= chunk.length;
      chunk.buffer.transfer(0);
    }
  }
}
