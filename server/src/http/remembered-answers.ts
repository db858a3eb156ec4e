// Answers that were given, by what they depend on, as long as what they were made of holds.

import type { ReadyHead } from './ready-head.ts';

/** What the answer was made of. */
export interface Source {
  /** Whether it is still what would be answered. */
  holds: () => boolean;
  /** The journal position that was reached before it was made; absent: none is known. */
  position?: number;
}

export interface Repeatable {
  source: Source;
  /** Which callers may have, without the mark of a weak one. */
  tag: string;
  /** Where its requests are counted. */
  place: number;
  /** The body, a character a byte: with the head it goes out as one text, which is twice as fast as two buffers. */
  body: string;
  /** Null where the first who asked had the answer, so that it was never made: `body` is empty. */
  head: ReadyHead | null;
  /** The same for 304. */
  shortHead: ReadyHead;
  /** Whether the answer is the same whoever asks. */
  forAnybody: boolean;
}

/** One more and all go: they are remembered again as they are asked for. */
const MOST_ANSWERS = 1_000;
/** The same for what their bodies take together. */
const MOST_BYTES = 16 * 1024 * 1024;
const LONGEST_BODY = 1024 * 1024;
const LONGEST_KEY = 2_048;

export class RememberedAnswers {
  readonly #answers = new Map<string, Repeatable>();
  #bytes = 0;

  /** The answer, if it is still what would be answered. Where it is not, others of its moment are not either. */
  find(key: string): Repeatable | undefined {
    const known = this.#answers.get(key);
    if (known === undefined || known.source.holds()) return known;
    this.#clear();
    return undefined;
  }

  put(key: string, answer: Repeatable): void {
    const { length } = answer.body;
    if (key.length > LONGEST_KEY || length > LONGEST_BODY) return;
    if (this.#answers.size >= MOST_ANSWERS || this.#bytes + length > MOST_BYTES) this.#clear();
    this.#bytes += length - (this.#answers.get(key)?.body.length ?? 0);
    this.#answers.set(key, answer);
  }

  #clear(): void {
    this.#answers.clear();
    this.#bytes = 0;
  }
}
