import type { By } from '../../domain/actor.ts';
import { refuse } from '../../domain/shop-error.ts';
import type { Shop } from '../../http/shop.ts';

/**
 * Counts an attempt at an account's password before it is looked at, so that tries at the same moment cannot go
 * beyond the limit. Answers its id, by which a right one is taken off the count. Refuses: throttled.
 */
export async function countAttempt(
  shop: Shop,
  account: string,
  address: string,
  by: By,
): Promise<string | null> {
  if (!shop.config.loginThrottle) return null;
  const id = shop.newId();
  const { value } = await shop.store.sessions.takeAttempt({ id, account, address }, by);
  if (!value.allowed) {
    throw refuse('throttled', {
      details: 'Too many wrong passwords. Try again later',
      retryAfterSeconds: value.retryAfterSeconds,
    });
  }
  return id;
}
