import { createHash, timingSafeEqual } from 'node:crypto';

/** Without letters and digits that look alike on a terminal. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const MAX_WRONG = 10;

/** A new one-time code such as `K7QP-M2XD-9RTW`: 60 bits. */
export function newSetupCode(randomText: (length: number, alphabet: string) => string): string {
  return [1, 2, 3].map(() => randomText(4, ALPHABET)).join('-');
}

export type CodeVerdict = 'right' | 'wrong' | 'locked';

/** Compares typed codes with the shop's; after ten wrong ones it says `locked` until the program starts again. */
export class SetupLock {
  readonly #expected: Buffer;
  #wrong = 0;

  constructor(code: string) {
    this.#expected = digest(code);
  }

  check(typed: string): CodeVerdict {
    if (this.#wrong >= MAX_WRONG) return 'locked';
    if (timingSafeEqual(digest(typed), this.#expected)) return 'right';
    this.#wrong++;
    return 'wrong';
  }
}

/** Case, dashes and spaces do not count. */
function digest(code: string): Buffer {
  return createHash('sha256').update(code.toUpperCase().replace(/[\s-]/g, '')).digest();
}
