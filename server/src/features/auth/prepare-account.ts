import type { SignupBody } from '../../contract/account.ts';
import type { NewUser } from '../../domain/user.ts';
import type { Shop } from '../../http/shop.ts';
import { readNewAccount } from './account-input.ts';
import { hashPassword } from './password.ts';
import type { PasswordQueue, WaitingRoom } from './password-queue.ts';

/**
 * A new account of what somebody typed, without its rights: checked first, then its password is hashed when `who` has
 * its turn in the room. Refuses: invalid_input, throttled (the room is full).
 */
export async function prepareAccount(
  shop: Shop,
  queue: PasswordQueue,
  turn: { room: WaitingRoom; who: string },
  typed: SignupBody,
): Promise<Pick<NewUser, 'id' | 'username' | 'email' | 'passwordHash'>> {
  const { username, email, password } = readNewAccount(typed);
  const passwordHash = await queue.run(turn.room, turn.who, () =>
    hashPassword(password, shop.randomText, shop.passwordCost),
  );
  return { id: shop.newId(), username, email, passwordHash };
}
