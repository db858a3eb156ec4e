// Who changes the shop's books, and what a change answers. Every changing method of the store takes a `By` last.

/** A person with an account, the `swati` command on the machine itself, or the program on its own. */
export type Actor =
  | { kind: 'user'; id: string; name: string }
  | { kind: 'command_line'; name: string }
  | { kind: 'system'; name: string };

/** What the program does on its own, as the journal names it; the console has its own words for it. */
export const OWN_TASKS = [
  'backup',
  'first start',
  'first models',
  'picture cleaning',
  'reference data',
  'sample shop',
  'scoring',
  'training',
] as const;
export type OwnTask = (typeof OWN_TASKS)[number];

/**
 * A caller's claim that a request may be a repeat. Scope: the signed-in user.
 * `key`: the Idempotency-Key, 1 to 255 visible ASCII characters, kept 24 h; null when none was sent.
 * `fingerprint`: SHA-256 of method, path and body. `retryCount`: the older client's X-Retry-Count (0: a first try).
 */
export interface Claim {
  userId: string;
  key: string | null;
  fingerprint: string;
  retryCount: number;
}

/** Who, for which request, when (milliseconds since 1970, UTC), and whether it may be a repeat. */
export interface By {
  actor: Actor;
  requestId: string;
  at: number;
  claim?: Claim;
  /** A symbol, so that it stays in this process and thread: what is copied to another does not have it. */
  [EARLY]?: Early;
}

export const EARLY: unique symbol = Symbol('early');

/**
 * Given by a caller who gets the answer ready while the change becomes durable. The store may then answer before, and
 * says here what to wait for until anybody may hear of it: the promise rejects with why the change was not made.
 * Undefined: the change is durable.
 */
export interface Early {
  durable: Promise<void> | undefined;
}

/**
 * What a change answers: its value and the journal position at which it can be read.
 * `requestId` is the request that made it, which for a replay is the first one.
 */
export interface Written<T> {
  value: T;
  position: number;
  requestId: string;
}
