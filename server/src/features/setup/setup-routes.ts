// The first account of an empty shop, made by whoever can read the code on the terminal.

import { SetupBody, SetupWire, SIGNUP_MESSAGES, UserWire } from '../../contract/account.ts';
import { Data } from '../../contract/envelope.ts';
import { refuse } from '../../domain/shop-error.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { userExample } from '../auth/account-examples.ts';
import { toUserWire } from '../auth/account-wire.ts';
import type { PasswordQueue } from '../auth/password-queue.ts';
import { prepareAccount } from '../auth/prepare-account.ts';
import { SetupLock } from './setup-code.ts';

export function setupRoutes(shop: Shop, queue: PasswordQueue): Route[] {
  const lock = shop.setupCode ? new SetupLock(shop.setupCode) : null;
  const isOpen = async () => lock !== null && (await shop.store.users.count()) === 0;
  return [neededRoute(isOpen), setUpRoute(shop, queue, lock, isOpen)];
}

function neededRoute(isOpen: () => Promise<boolean>): Route {
  return route({
    method: 'GET',
    path: '/api/setup',
    access: 'public',
    tag: 'Set-up',
    summary: 'Whether the shop waits for its first account',
    reply: Data(SetupWire),
    example: { success: true, data: { needed: false } },
    handle: async () => ({ success: true, data: { needed: await isOpen() } }),
  });
}

function setUpRoute(
  shop: Shop,
  queue: PasswordQueue,
  lock: SetupLock | null,
  isOpen: () => Promise<boolean>,
): Route {
  return route({
    method: 'POST',
    path: '/api/setup',
    access: 'public',
    repeatable: false,
    tag: 'Set-up',
    summary: 'Make the first account, an admin',
    description: 'The code stands on the terminal where the shop was started. Ten wrong ones lock this page.',
    body: SetupBody,
    messages: SIGNUP_MESSAGES,
    status: 201,
    reply: Data(UserWire),
    errors: ['setup_closed', 'setup_code_wrong', 'throttled'],
    example: { success: true, data: { ...userExample, role: 'admin' } },
    handle: async ({ body, by, wrote }) => {
      if (lock === null || !(await isOpen())) throw refuse('setup_closed');
      const verdict = lock.check(body.code);
      if (verdict === 'locked') {
        throw refuse('throttled', { details: 'Too many wrong codes. Start the shop again for a new one' });
      }
      if (verdict === 'wrong') throw refuse('setup_code_wrong');
      const account = {
        ...(await prepareAccount(shop, queue, { room: 'familiar', who: 'set-up' }, body)),
        role: 'admin' as const,
        permissions: [],
        appointed: true,
      };
      return { success: true, data: toUserWire(wrote(await shop.store.users.addFirst(account, by))) };
    },
  });
}
