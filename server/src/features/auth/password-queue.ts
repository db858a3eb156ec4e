// Hashing is dear, so it waits its turn: two at a time, and separate waiting rooms, each with a turn of its own, so
// that strangers who flood theirs make nobody else wait for more than the hash under way.

import { refuse } from '../../domain/shop-error.ts';

/**
 * `familiar`: an appointed account, from an address that signed in to it before. `appointed`: such an account from
 * elsewhere. `strangers`: sign-up, names that nobody has, accounts that signed themselves up.
 */
const ROOMS = ['familiar', 'appointed', 'strangers'] as const;
export type WaitingRoom = (typeof ROOMS)[number];

/** Of Node's pool of four threads: the others stay free for reading files. */
const AT_ONCE = 2;
const PLACES = { familiar: 64, appointed: 64, strangers: 32 } satisfies Record<WaitingRoom, number>;
/** One account's share of a room, so that a flood against one name leaves places for the others. */
const PLACES_PER_ACCOUNT = 48;
const RETRY_AFTER_SECONDS = 2;

interface Waiting {
  account: string;
  start: () => void;
}

export class PasswordQueue {
  readonly #rooms: Record<WaitingRoom, Waiting[]> = { familiar: [], appointed: [], strangers: [] };
  #running = 0;
  #lastServed = 0;

  /**
   * Runs the work when its turn comes. At most two run at any time, so at most two attempts on one account are
   * undecided. Refuses `throttled` at once when the room, or the account's share of it, is full.
   */
  async run<T>(room: WaitingRoom, account: string, work: () => Promise<T>): Promise<T> {
    await this.#turn(room, account);
    try {
      return await work();
    } finally {
      this.#running--;
      this.#serveNext();
    }
  }

  #turn(room: WaitingRoom, account: string): Promise<void> {
    const waiting = this.#rooms[room];
    const own = waiting.filter((other) => other.account === account).length;
    if (waiting.length >= PLACES[room] || own >= PLACES_PER_ACCOUNT) {
      throw refuse('throttled', {
        details: 'Too many people sign in at this moment. Try again in a moment',
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    }
    return new Promise((start) => {
      waiting.push({ account, start });
      this.#serveNext();
    });
  }

  #serveNext(): void {
    while (this.#running < AT_ONCE) {
      const next = this.#takeNext();
      if (!next) return;
      this.#running++;
      next.start();
    }
  }

  /** The first of the next room, in turn, in which somebody waits. */
  #takeNext(): Waiting | undefined {
    for (let step = 1; step <= ROOMS.length; step++) {
      const room = (this.#lastServed + step) % ROOMS.length;
      const next = this.#rooms[ROOMS[room] as WaitingRoom].shift();
      if (!next) continue;
      this.#lastServed = room;
      return next;
    }
    return undefined;
  }
}
