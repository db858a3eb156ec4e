// New accounts: by an admin (appointed) or by the person itself (no rights until an admin gives some).

import {
  REGISTER_MESSAGES,
  RegisterBody,
  SIGNUP_MESSAGES,
  SignupBody,
  UserWire,
} from '../../contract/account.ts';
import { Data } from '../../contract/envelope.ts';
import { STAFF_PERMISSIONS } from '../../domain/permissions.ts';
import { refuse } from '../../domain/shop-error.ts';
import type { User } from '../../domain/user.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { userExample } from './account-examples.ts';
import { toUserWire } from './account-wire.ts';
import type { PasswordQueue } from './password-queue.ts';
import { prepareAccount } from './prepare-account.ts';

const SIGNED_UP = 'Account created successfully. Please login to continue.';

export function accountRoutes(shop: Shop, queue: PasswordQueue): Route[] {
  return [registerRoute(shop, queue), signupRoute(shop, queue)];
}

function registerRoute(shop: Shop, queue: PasswordQueue): Route {
  return route({
    method: 'POST',
    path: '/api/auth/register',
    access: 'users.manage',
    repeatable: false,
    tag: 'Sign-in',
    summary: 'Make an account for somebody else',
    description: 'Role staff starts with customers, khata and sales, unless permissions are named.',
    body: RegisterBody,
    messages: REGISTER_MESSAGES,
    status: 201,
    reply: Data(UserWire),
    errors: ['user_taken', 'throttled'],
    example: { success: true, data: userExample },
    handle: async ({ body, user, by, wrote }) => {
      const role = body.role ?? 'staff';
      const usual = role === 'staff' ? STAFF_PERMISSIONS : [];
      const turn = { room: 'familiar', who: (user as User).id } as const;
      const account = {
        ...(await prepareAccount(shop, queue, turn, body)),
        role,
        permissions: [...new Set(body.permissions ?? usual)],
        appointed: true,
      };
      return { success: true, data: toUserWire(wrote(await shop.store.users.add(account, by))) };
    },
  });
}

function signupRoute(shop: Shop, queue: PasswordQueue): Route {
  return route({
    method: 'POST',
    path: '/api/auth/signup',
    access: 'public',
    rate: { kind: 'sign-up' },
    repeatable: false,
    tag: 'Sign-in',
    summary: 'Make an account for oneself, without rights',
    description: 'Answers 403 where sign-up is switched off.',
    body: SignupBody,
    messages: SIGNUP_MESSAGES,
    status: 201,
    reply: Data(UserWire),
    errors: ['signup_off', 'user_taken', 'throttled'],
    example: {
      success: true,
      data: { ...userExample, appointed: false, permissions: [] },
      message: SIGNED_UP,
    },
    handle: async ({ body, by, request, wrote }) => {
      if (!shop.config.signup) throw refuse('signup_off');
      const turn = { room: 'strangers', who: `sign-up from ${request.ip}` } as const;
      const account = {
        ...(await prepareAccount(shop, queue, turn, body)),
        role: 'staff' as const,
        permissions: [],
        appointed: false,
      };
      const data = toUserWire(wrote(await shop.store.users.add(account, by)));
      return { success: true, data, message: SIGNED_UP };
    },
  });
}
