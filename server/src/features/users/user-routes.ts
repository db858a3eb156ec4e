// The accounts of the shop, for those who manage them.

import { Type } from 'typebox';
import { ROLE_MESSAGE, UserChangesBody, UserWire } from '../../contract/account.ts';
import { Data } from '../../contract/envelope.ts';
import { parseId } from '../../domain/id.ts';
import { refuse } from '../../domain/shop-error.ts';
import type { User, UserChanges } from '../../domain/user.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { userExample } from '../auth/account-examples.ts';
import { checkNewPassword } from '../auth/account-input.ts';
import { toUserWire } from '../auth/account-wire.ts';
import { hashPassword } from '../auth/password.ts';
import type { PasswordQueue } from '../auth/password-queue.ts';

const OWN_PASSWORD = 'One’s own password is changed with the current one: POST /api/auth/change-password';

export function userRoutes(shop: Shop, queue: PasswordQueue): Route[] {
  return [listRoute(shop), changeRoute(shop, queue), resetTotpRoute(shop)];
}

function listRoute({ store }: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/users',
    access: 'users.manage',
    tag: 'Accounts',
    summary: 'List all accounts, oldest first',
    reply: Data(Type.Array(UserWire)),
    example: { success: true, data: [userExample] },
    handle: async () => ({ success: true, data: (await store.users.list()).map(toUserWire) }),
  });
}

function changeRoute(shop: Shop, queue: PasswordQueue): Route {
  return route({
    method: 'PUT',
    path: '/api/users/:id',
    access: 'users.manage',
    tag: 'Accounts',
    summary: "Change an account's role, permissions or password, or disable it",
    description:
      'A changed role or permission acts at the next request. A new password or a disabled account ends all its ' +
      'sessions. Nobody gives rights that they do not hold, and the last active admin stays one.',
    body: UserChangesBody,
    messages: [ROLE_MESSAGE],
    reply: Data(UserWire),
    errors: ['user_not_found', 'last_admin', 'throttled'],
    example: { success: true, data: userExample },
    handle: async ({ params, body, user, by, wrote }) => {
      const id = parseId(params.id);
      if (id === null) throw refuse('user_not_found');
      const changes = toUserChanges(body);
      if (body.password !== undefined) {
        const { password } = body;
        // A session that was left open, or stolen, must not be enough to take the account over.
        if (id === user?.id) throw refuse('forbidden', { details: OWN_PASSWORD });
        checkNewPassword(password, 'password');
        changes.passwordHash = await queue.run('familiar', (user as User).id, () =>
          hashPassword(password, shop.randomText, shop.passwordCost),
        );
      } else if (Object.keys(changes).length === 0) throw refuse('body_required');
      return { success: true, data: toUserWire(wrote(await shop.store.users.change(id, changes, by))) };
    },
  });
}

function resetTotpRoute({ store }: Shop): Route {
  return route({
    method: 'DELETE',
    path: '/api/users/:id/totp',
    access: 'users.manage',
    tag: 'Accounts',
    summary: 'Switch sign-in codes off for somebody who lost them',
    description: "Ends the account's sessions. One's own are switched off with a code, not here.",
    reply: Data(UserWire),
    errors: ['user_not_found', 'totp_off'],
    example: { success: true, data: userExample },
    handle: async ({ params, by, wrote }) => {
      const id = parseId(params.id);
      if (id === null) throw refuse('user_not_found');
      return { success: true, data: toUserWire(wrote(await store.secondFactors.reset(id, by))) };
    },
  });
}

function toUserChanges({ role, is_active: isActive, permissions }: UserChangesBody): UserChanges {
  return {
    ...(role === undefined ? {} : { role }),
    ...(isActive === undefined ? {} : { isActive }),
    ...(permissions === undefined ? {} : { permissions: [...new Set(permissions)] }),
  };
}
