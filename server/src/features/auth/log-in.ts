import { createHash } from 'node:crypto';
import type { By } from '../../domain/actor.ts';
import { refuse } from '../../domain/shop-error.ts';
import { SESSION_LIFETIME_MS, type User, type UserWithHash } from '../../domain/user.ts';
import { hashOpaqueToken, newOpaqueToken } from '../../http/opaque-token.ts';
import type { Shop } from '../../http/shop.ts';
import { tidyUsername } from './account-input.ts';
import { countAttempt } from './count-attempt.ts';
import { hashPassword, isOutdatedHash, verifyPassword } from './password.ts';
import type { PasswordQueue, WaitingRoom } from './password-queue.ts';

const MAX_USER_AGENT_LENGTH = 200;

export interface LoginTry {
  /** Username or e-mail. */
  name: string;
  password: string;
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
 * Refuses: login_failed (unknown, wrong or disabled), throttled (too many failures, or the queue is full).
 */
export async function logIn(
  shop: Shop,
  queue: PasswordQueue,
  tried: LoginTry,
  by: By,
): Promise<OpenedSession> {
  const user = await findAccount(shop, tried.name);
  const account = user?.id ?? nobody(tried.name);
  const familiar = await shop.store.sessions.isKnownAddress(account, tried.address);
  return queue.run(roomOf(user, familiar), familiar ? `${account} ${tried.address}` : account, async () => {
    const attemptId = await countAttempt(shop, account, tried.address, by);
    const right = await verifyPassword(tried.password, user?.passwordHash ?? null);
    if (!user?.isActive || !right) throw refuse('login_failed');
    return openSession(shop, user, tried, attemptId, by);
  });
}

async function openSession(
  shop: Shop,
  checked: UserWithHash,
  tried: LoginTry,
  attemptId: string | null,
  by: By,
): Promise<OpenedSession> {
  const rehashed = isOutdatedHash(checked.passwordHash)
    ? await hashPassword(tried.password, shop.randomText)
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
    },
    by,
  );
  return { user, sessionId, refreshToken };
}

/** As typed first: accounts of the older backend may have names that ours would tidy. */
async function findAccount({ store }: Shop, name: string): Promise<UserWithHash | null> {
  const tidy = tidyUsername(name);
  const user = await store.users.findForLogin(name);
  return user || tidy === name ? user : store.users.findForLogin(tidy);
}

/** Failures of a name that nobody has are counted like those of one that somebody has. */
function nobody(name: string): string {
  return `nobody:${createHash('sha256').update(tidyUsername(name).toLowerCase()).digest('hex')}`;
}

function roomOf(user: User | null, familiar: boolean): WaitingRoom {
  if (!user?.appointed) return 'strangers';
  return familiar ? 'familiar' : 'appointed';
}
