// Answers that were given, by what they depend on, as long as what they were made of holds.

import type { ReadyHead } from './ready-head.ts';

/** What the answer was made of. */
export interface Source {
  /** Whether it is still what would be answered. */
  holds: () => boolean;
  /** The journal position that was reached before it was made; absent: none is known. */
  position?: number;
}

/** What an answer depends on beside its address: headers of who asks. */
export interface Asked {
  /** `Accept-Encoding`. */
  encoding: string | string[] | undefined;
  origin: string | undefined;
  /** Where the answer is one caller's own. */
  authorization: string | undefined;
}

export interface Repeatable extends Asked {
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

const NONE: readonly Repeatable[] = [];

export class RememberedAnswers {
  /** By their addresses: few are asked for in more than two or three ways. */
  readonly #answers = new Map<string, Repeatable[]>();
  #count = 0;
  #bytes = 0;
  /** What was last seen to hold, in this turn of the event loop: all that the turn answers was asked before it began. */
  #held: Repeatable | null = null;

  /** The answer, if it is still what would be answered. Where it is not, others of its moment are not either. */
  find(url: string, asked: Asked): Repeatable | undefined {
    const known = this.#known(url, asked);
    if (known === undefined || known === this.#held) return known;
    if (!known.source.holds()) {
      this.#clear();
      return undefined;
    }
    if (this.#held === null) setImmediate(this.#forgetHeld);
    this.#held = known;
    return known;
  }

  put(url: string, answer: Repeatable): void {
    const { encoding, origin, authorization } = answer;
    const { length } = answer.body;
    if (`${url}${encoding}${origin}${authorization}`.length > LONGEST_KEY || length > LONGEST_BODY) return;
    if (this.#count >= MOST_ANSWERS || this.#bytes + length > MOST_BYTES) this.#clear();
    const before = this.#known(url, answer);
    const others = (this.#answers.get(url) ?? []).filter((known) => known !== before);
    this.#answers.set(url, [...others, answer]);
    this.#bytes += length - (before?.body.length ?? 0);
    if (before === undefined) this.#count++;
  }

  #known(url: string, { encoding, origin, authorization }: Asked): Repeatable | undefined {
    for (const known of this.#answers.get(url) ?? NONE) {
      if (known.encoding === encoding && known.origin === origin && known.authorization === authorization)
        return known;
    }
    return undefined;
  }

  readonly #forgetHeld = (): void => {
    this.#held = null;
  };

  #clear(): void {
    this.#answers.clear();
    this.#count = 0;
    this.#bytes = 0;
  }
}
