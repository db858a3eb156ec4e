// Many short texts as bytes in a few large blocks: outside the heap, where the collector need not look at them.

const BLOCK_BYTES = 256 * 1024;

/** Where a text stands, and how much room it has there. */
export interface TextPlace {
  block: number;
  start: number;
  length: number;
  room: number;
}

export class TextStore {
  readonly #blocks: Buffer[] = [];
  #used = 0;
  #bytes = 0;
  #wasted = 0;

  add(text: string): TextPlace {
    const place = this.#takeRoom(Buffer.byteLength(text));
    (this.#blocks[place.block] as Buffer).write(text, place.start);
    return place;
  }

  /** Puts another text in place of an earlier one: where that stood, if it fits there. */
  replace(earlier: TextPlace, text: string): TextPlace {
    const length = Buffer.byteLength(text);
    if (length > earlier.room) {
      this.#wasted += earlier.room;
      return this.add(text);
    }
    (this.#blocks[earlier.block] as Buffer).write(text, earlier.start);
    return { ...earlier, length };
  }

  /** Writes the text into `target` and answers where it ends there. */
  copy({ block, start, length }: TextPlace, target: Buffer, at: number): number {
    (this.#blocks[block] as Buffer).copy(target, at, start, start + length);
    return at + length;
  }

  read({ block, start, length }: TextPlace): string {
    return (this.#blocks[block] as Buffer).toString('utf8', start, start + length);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** More than half is of no use any more. */
  get isWorn(): boolean {
    return this.#wasted > BLOCK_BYTES && this.#wasted * 2 > this.#bytes;
  }

  #takeRoom(length: number): TextPlace {
    if (this.#used + length > (this.#blocks.at(-1)?.length ?? 0)) {
      const block = Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, length));
      this.#blocks.push(block);
      this.#bytes += block.length;
      this.#used = 0;
    }
    const start = this.#used;
    this.#used += length;
    return { block: this.#blocks.length - 1, start, length, room: length };
  }
}
