// Who is signed in: sessions, the tokens that lengthen them, attempts at passwords, download tickets.

import type { By, Written } from '../domain/actor.ts';
import type { SecondFactorProof } from '../domain/second-factor.ts';
import type { RefreshHashes } from '../domain/session-rules.ts';
import type { Session, User, UserWithHash } from '../domain/user.ts';

/** What a token's bearer is worth now. `live`: the session (or, without one, the account's first version) holds. */
export interface Bearer {
  user: User;
  live: boolean;
  /** The account's role asks for a second step of signing in, and it has none. */
  owesSecondFactor: boolean;
}
export interface NewSession {
  id: string;
  userId: string;
  refreshHash: string;
  expiresAt: number;
  /** The account as it was when the password was checked. */
  checked: Pick<UserWithHash, 'passwordHash' | 'authVersion'>;
  address: string;
  userAgent: string;
  /** A hash in today's form, where the stored one was of an older kind. */
  rehashed: string | null;
  attemptId: string | null;
  /** Used up by this; null where the account has no second step. */
  proof: SecondFactorProof | null;
  /** False for accounts that strangers make for themselves: they could grow the journal. */
  isJournalled: boolean;
}
export type RotationOutcome =
  | { outcome: 'rotated' | 'sibling'; sessionId: string; user: User }
  | { outcome: 'unknown' | 'expired' | 'reused' };
export type AttemptOutcome = { allowed: true } | { allowed: false; retryAfterSeconds: number };

export interface NewTicket {
  hash: string;
  userId: string;
  sessionId: string | null;
  path: string;
  expiresAt: number;
}
export interface TicketUse {
  hash: string;
  path: string;
  keep: boolean;
}

/**
 * Sign-in bookkeeping: goes through the door, but not into the journal (strangers could grow it), except for sessions
 * of appointed accounts.
 */
export interface SessionStore {
  bearer(userId: string, sessionId: string | null): Promise<Bearer | null>;
  /** The account's live sessions, latest used first, at most 200. */
  list(userId: string, at: number): Promise<Session[]>;
  /** Whether the address signed in to the account within the year before `at`. `account` as for takeAttempt. */
  isKnownAddress(account: string, address: string, at: number): Promise<boolean>;
  /**
   * Sets last_login, remembers the address for this account and takes the login attempt off the count. Where it is
   * journalled, `user.signed_in` tells the address and how many attempts failed within the last 15 minutes. Refuses:
   * login_failed when the account was disabled or got another password since it was checked; totp_needed,
   * totp_wrong when it has a second step and no proof, or one that is used up.
   */
  open(input: NewSession, by: By): Promise<Written<User>>;
  /**
   * Swaps a refresh token, which lengthens its session. Reuse later than 10 s after its rotation revokes the family,
   * also of one that fell away: of a session the first token and the newest are kept, 200 in all.
   */
  rotate(old: RefreshHashes, newHash: string, by: By): Promise<Written<RotationOutcome>>;
  /** Refuses: session_not_found (also another user's). */
  revoke(userId: string, sessionId: string, by: By): Promise<Written<null>>;
  /**
   * Signs out: ends the bearer's session (without one: all its tokens of the older backend) and the family of the
   * refresh token, used or not. What is unknown or ended already is passed over.
   */
  signOut(
    input: { bearer: { userId: string; sessionId: string | null } | null; refresh: RefreshHashes | null },
    by: By,
  ): Promise<Written<null>>;
  /** Ends every session and every token of an account. */
  revokeAll(userId: string, by: By): Promise<Written<null>>;
  /**
   * Counts a login attempt before the password is looked at: at most 10 failures in 15 minutes per account; an
   * address that signed in to it before has a count of its own. `account`: user id or a hash of the unknown name.
   */
  takeAttempt(
    input: { id: string; account: string; address: string },
    by: By,
  ): Promise<Written<AttemptOutcome>>;
  /** Takes an attempt off the count: its password was right. One that is not there is passed over. */
  forgetAttempt(id: string, by: By): Promise<Written<null>>;
  /** A download ticket (by hash): one path, one use, and no longer than the session that asked for it. */
  addTicket(input: NewTicket, by: By): Promise<Written<null>>;
  /**
   * The ticket's account, once; null when unknown, used, expired, of another path, or signed out meanwhile. `keep`: it
   * is only looked at, and still good afterwards.
   */
  takeTicket(ticket: TicketUse, by: By): Promise<Written<User | null>>;
}
