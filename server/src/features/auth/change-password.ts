import type { By } from '../../domain/actor.ts';
import { refuse } from '../../domain/shop-error.ts';
import type { User } from '../../domain/user.ts';
import type { Shop } from '../../http/shop.ts';
import { checkNewPassword } from './account-input.ts';
import { countAttempt } from './count-attempt.ts';
import { hashPassword, verifyPassword } from './password.ts';
import type { PasswordQueue } from './password-queue.ts';

export interface PasswordWish {
  current: string;
  next: string;
  address: string;
  /** The session that stays signed in. */
  sessionId: string | null;
}

/**
 * Replaces the account's own password and ends its other sessions. Wrong tries count as failed sign-ins, or a stolen
 * token could guess on. Refuses: invalid_input, password_wrong, throttled.
 */
export async function changePassword(
  shop: Shop,
  queue: PasswordQueue,
  user: User,
  wish: PasswordWish,
  by: By,
): Promise<void> {
  checkNewPassword(wish.next, 'new_password');
  await queue.run(user.appointed ? 'familiar' : 'strangers', user.id, async () => {
    const attemptId = await countAttempt(shop, user.id, wish.address, by);
    const checkedHash = (await shop.store.users.findWithHash(user.id))?.passwordHash ?? null;
    const right = await verifyPassword(wish.current, checkedHash, shop.passwordCost);
    if (checkedHash === null || !right) throw refuse('password_wrong');
    const passwordHash = await hashPassword(wish.next, shop.randomText, shop.passwordCost);
    const change = { passwordHash, checkedHash, keepSessionId: wish.sessionId, attemptId };
    await shop.store.users.changePassword(user.id, change, by);
  });
}
