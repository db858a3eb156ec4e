import type { By, Written } from '../domain/actor.ts';
import type { SecondFactor, SecondFactorProof } from '../domain/second-factor.ts';
import type { User } from '../domain/user.ts';

/** What an account confirms its second step with. The code of `step` is used up by it. */
export interface ConfirmedFactor {
  sealed: string;
  step: number;
  recoveryHashes: string[];
  /** The session that stays signed in; the others were opened without a code. */
  keepSessionId: string | null;
}

/** The second step of signing in: a secret by account. The journal tells that it changed, never what it holds. */
export interface SecondFactorStore {
  find(userId: string): Promise<SecondFactor | null>;
  /** Begins anew with this secret; nobody is asked for a code yet. Refuses: user_not_found, totp_on. */
  enrol(userId: string, sealed: string, by: By): Promise<Written<null>>;
  /** Switches it on. Refuses: user_not_found, totp_on, totp_off (not begun, or begun anew with another secret). */
  confirm(userId: string, confirmed: ConfirmedFactor, by: By): Promise<Written<User>>;
  /** Other recovery codes in place of all. Refuses: user_not_found, totp_off, totp_wrong (the proof is used up). */
  renewCodes(
    userId: string,
    proof: SecondFactorProof,
    recoveryHashes: string[],
    by: By,
  ): Promise<Written<User>>;
  /** The account's own switching off. Refuses: user_not_found, totp_off, totp_wrong (the proof is used up). */
  drop(userId: string, proof: SecondFactorProof, by: By): Promise<Written<User>>;
  /**
   * Switches it off for somebody who lost it, and ends the account's sessions. Refuses: user_not_found, totp_off;
   * forbidden for one's own account, or when the one who resets it does not hold the account's rights.
   */
  reset(userId: string, by: By): Promise<Written<User>>;
}
