import { createHash } from 'node:crypto';
import type { By } from '../../domain/actor.ts';
import type { SecondFactorProof } from '../../domain/second-factor.ts';
import { refuse } from '../../domain/shop-error.ts';
import { SESSION_LIFETIME_MS, type User, type UserWithHash } from '../../domain/user.ts';
import { hashOpaqueToken, newOpaqueToken } from '../../http/opaque-token.ts';
import type { Shop } from '../../http/shop.ts';
import { tidyUsername } from './account-input.ts';
import { countAttempt } from './count-attempt.ts';
import { hashPassword, isOutdatedHash, verifyPassword } from './password.ts';
import type { PasswordQueue, WaitingRoom } from './password-queue.ts';
import { proveSecondFactor } from './prove-second-factor.ts';

const MAX_USER_AGENT_LENGTH = 200;

export interface LoginTry {
  /** Username or e-mail. */
  name: string;
  password: string;
  /** Of the authenticator app, or a recovery code; '' where none was sent. */
  code: string;
  address: string;
  userAgent: string;
}
/** A session that was opened or lengthened. */
export interface OpenedSession {
  user: User;
  sessionId: string;
  refreshToken: string;
}

/**
 * Checks name and password and opens a session. Unknown names take the same way and the same time as known ones.
 * Refuses: login_failed (unknown, wrong or disabled), totp_needed and totp_wrong (the password was right),
 * throttled (too many failures, or the queue is full).
 */
export async function logIn(
  shop: Shop,
  queue: PasswordQueue,
  tried: LoginTry,
  by: By,
): Promise<OpenedSession> {
  const user = await findAccount(shop, tried.name);
  const account = user?.id ?? nobody(tried.name);
  const familiar = await shop.store.sessions.isKnownAddress(account, tried.address, by.at);
  return queue.run(roomOf(user, familiar), familiar ? `${account} ${tried.address}` : account, async () => {
    const attemptId = await countAttempt(shop, account, tried.address, by);
    const right = await verifyPassword(tried.password, user?.passwordHash ?? null, shop.passwordCost);
    if (!user?.isActive || !right) throw refuse('login_failed');
    const proof = await passSecondStep(shop, user, tried.code, attemptId, by);
    return openSession(shop, user, tried, { attemptId, proof }, by);
  });
}

/** null: the account has no second step. A wrong code counts like a wrong password; one not sent yet does not. */
async function passSecondStep(
  shop: Shop,
  user: User,
  code: string,
  attemptId: string | null,
  by: By,
): Promise<SecondFactorProof | null> {
  if (user.secondFactor === null) return null;
  if (code.trim() === '') {
    if (attemptId !== null) await shop.store.sessions.forgetAttempt(attemptId, by);
    throw refuse('totp_needed');
  }
  const factor = await shop.store.secondFactors.find(user.id);
  const proof = factor && proveSecondFactor(shop, user.id, factor, code);
  if (!proof) throw refuse('totp_wrong');
  return proof;
}

async function openSession(
  shop: Shop,
  checked: UserWithHash,
  tried: LoginTry,
  { attemptId, proof }: { attemptId: string | null; proof: SecondFactorProof | null },
  by: By,
): Promise<OpenedSession> {
  const rehashed = isOutdatedHash(checked.passwordHash, shop.passwordCost)
    ? await hashPassword(tried.password, shop.randomText, shop.passwordCost)
    : null;
  const sessionId = shop.newId();
  const refreshToken = newOpaqueToken(shop);
  const { value: user } = await shop.store.sessions.open(
    {
      id: sessionId,
      userId: checked.id,
      refreshHash: hashOpaqueToken(refreshToken),
      expiresAt: by.at + SESSION_LIFETIME_MS,
      checked: { passwordHash: checked.passwordHash, authVersion: checked.authVersion },
      address: tried.address,
      userAgent: tried.userAgent.slice(0, MAX_USER_AGENT_LENGTH),
      rehashed,
      attemptId,
      proof,
      isJournalled: checked.appointed,
    },
    // It is the person who signs in, once the password has shown who that is.
    { ...by, actor: { kind: 'user', id: checked.id, name: checked.username } },
  );
  return { user, sessionId, refreshToken };
}

/** As typed first: accounts of the older backend may have names that ours would tidy. */
async function findAccount({ store }: Shop, name: string): Promise<UserWithHash | null> {
  const tidy = tidyUsername(name);
  const user = await store.users.findForLogin(name);
  return user || tidy === name ? user : store.users.findForLogin(tidy);
}

/**
 * Failures of a name that nobody has are counted like those of one that somebody has, where names differ by case and
 * e-mails do not: else it would show in how many tries are let through.
 */
function nobody(name: string): string {
  const tidy = tidyUsername(name);
  const found = tidy.includes('@') ? tidy.toLowerCase() : tidy;
  return `nobody:${createHash('sha256').update(found).digest('hex')}`;
}

function roomOf(user: User | null, familiar: boolean): WaitingRoom {
  if (!user?.appointed) return 'strangers';
  return familiar ? 'familiar' : 'appointed';
}
