// How long sign-in bookkeeping counts, and what follows from what is kept.

/** Failed attempts on one account, from strangers or from one known address, that are let through. */
const MAX_FAILURES = 10;
export const FAILURE_WINDOW_MS = 15 * 60_000;
/** The lane of all addresses that did not sign in to the account before. */
export const STRANGERS = 'strangers';
/** An address that an account was not used from for so long is a stranger's again. */
export const ADDRESS_KEPT_MS = 365 * 24 * 3_600_000;
/**
 * What is kept of an account that nobody appointed: strangers make them, and sign in as often as they are let. The rest
 * falls away, what was used longest ago first.
 */
export const KEPT_OF_STRANGERS = { sessions: 200, addresses: 20 } as const;
/** Refresh tokens that are kept of a session, its first among them: whatever fell away is known by that one. */
export const TOKENS_KEPT_OF_SESSION = 100;
/** What is known of a refresh token. */
export interface RefreshHashes {
  hash: string;
  /** Of the first one of its session, with which all later ones begin. One of an older program is its own first. */
  firstHash: string;
}

/** When a token that fell away was rotated: long ago. */
export const ROTATED_LONG_AGO = 0;
/** Two tabs that refresh in the same moment both get through. */
const SIBLING_WINDOW_MS = 10_000;

/**
 * Seconds to wait before another attempt, or null when one is allowed. `failures`: of the window, oldest first. One that is
 * further ahead than a window is of a clock that ran wrong: nobody is shut out until that day.
 */
export function attemptWaitSeconds(failures: readonly number[], at: number): number | null {
  const counted = failures.filter((failure) => failure <= at + FAILURE_WINDOW_MS);
  if (counted.length < MAX_FAILURES) return null;
  const oldest = counted[counted.length - MAX_FAILURES] ?? at;
  return Math.max(1, Math.ceil((oldest + FAILURE_WINDOW_MS - at) / 1000));
}

/**
 * What a refresh token is worth: `reused` ends its family. Instants; null: not yet. One that was swapped by a clock which
 * ran ahead has no siblings until that day comes: a copy of it would open the session unnoticed.
 */
export function judgeRefresh(
  token: { rotatedAt: number | null; expiresAt: number; revokedAt: number | null },
  at: number,
): 'rotated' | 'sibling' | 'unknown' | 'expired' | 'reused' {
  if (token.revokedAt !== null) return 'unknown';
  if (token.expiresAt <= at) return 'expired';
  if (token.rotatedAt === null) return 'rotated';
  return Math.abs(at - token.rotatedAt) > SIBLING_WINDOW_MS ? 'reused' : 'sibling';
}
