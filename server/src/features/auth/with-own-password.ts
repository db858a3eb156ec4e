import type { By } from '../../domain/actor.ts';
import { refuse } from '../../domain/shop-error.ts';
import type { User } from '../../domain/user.ts';
import type { Shop } from '../../http/shop.ts';
import { countAttempt } from './count-attempt.ts';
import { verifyPassword } from './password.ts';
import type { PasswordQueue } from './password-queue.ts';

export interface OwnPassword {
  typed: string;
  address: string;
}

/**
 * Does what needs the account's own password, when its turn in the queue has come. Wrong tries, of the password and of
 * what `work` refuses, count as failed sign-ins, or a stolen token could guess on. Refuses: password_wrong, throttled.
 */
export function withOwnPassword<T>(
  shop: Shop,
  queue: PasswordQueue,
  user: User,
  password: OwnPassword,
  by: By,
  work: (checkedHash: string) => Promise<T>,
): Promise<T> {
  return queue.run(user.appointed ? 'familiar' : 'strangers', user.id, async () => {
    const attemptId = await countAttempt(shop, user.id, password.address, by);
    const checkedHash = (await shop.store.users.findWithHash(user.id))?.passwordHash ?? null;
    const right = await verifyPassword(password.typed, checkedHash, shop.passwordCost);
    if (checkedHash === null || !right) throw refuse('password_wrong');
    const done = await work(checkedHash);
    if (attemptId !== null) await shop.store.sessions.forgetAttempt(attemptId, by);
    return done;
  });
}
