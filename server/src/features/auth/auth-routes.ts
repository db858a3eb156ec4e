// Signing in and out, and one's own account. Answers here hold tokens, so repeats are not recognised.

import {
  ChangePasswordBody,
  LOGIN_MESSAGES,
  LoginBody,
  MeWire,
  RefreshBody,
  SessionHeaders,
  SignedInReply,
} from '../../contract/account.ts';
import { Data, Done } from '../../contract/envelope.ts';
import { refuse, ShopError } from '../../domain/shop-error.ts';
import type { User } from '../../domain/user.ts';
import { hashOpaqueToken, hashRefreshToken, nextRefreshToken } from '../../http/opaque-token.ts';
import { type Route, route } from '../../http/route.ts';
import { type Caller, findCaller } from '../../http/session.ts';
import type { Shop } from '../../http/shop.ts';
import { meExample, signedInExample } from './account-examples.ts';
import { toMeWire } from './account-wire.ts';
import { answerSession } from './answer-session.ts';
import { changePassword } from './change-password.ts';
import { logIn } from './log-in.ts';
import type { PasswordQueue } from './password-queue.ts';
import { clearRefreshCookie, readRefreshToken, wantsCookie } from './refresh-cookie.ts';

export function authRoutes(shop: Shop, queue: PasswordQueue): Route[] {
  return [
    loginRoute(shop, queue),
    meRoute(),
    refreshRoute(shop),
    logoutRoute(shop),
    changePasswordRoute(shop, queue),
  ];
}

function loginRoute(shop: Shop, queue: PasswordQueue): Route {
  return route({
    method: 'POST',
    path: '/api/auth/login',
    access: 'public',
    rate: { kind: 'sign-in' },
    repeatable: false,
    tag: 'Sign-in',
    summary: 'Sign in with username or e-mail and password',
    description:
      'At most 10 failures in 15 minutes per account; an address that signed in before has a count of its own. ' +
      'An account with sign-in codes gets 401 `totp_needed` on the right password: send the same again with `totp`. ' +
      'With `X-Session: cookie` the refresh token comes in an httpOnly cookie instead of the body.',
    headers: SessionHeaders,
    body: LoginBody,
    messages: LOGIN_MESSAGES,
    reply: SignedInReply,
    errors: ['login_failed', 'totp_needed', 'totp_wrong', 'throttled'],
    example: signedInExample,
    handle: async (call) => {
      const { body, by, request } = call;
      const tried = {
        name: body.username,
        password: body.password,
        code: body.totp ?? '',
        address: request.ip,
        userAgent: request.headers['user-agent'] ?? '',
      };
      const opened = await logIn(shop, queue, tried, by);
      return answerSession(shop, call, { ...opened, byCookie: wantsCookie(request) });
    },
  });
}

function meRoute(): Route {
  return route({
    method: 'GET',
    path: '/api/auth/me',
    access: 'signed-in',
    beforeSecondFactor: true,
    tag: 'Sign-in',
    summary: 'Read the account that is signed in',
    reply: Data(MeWire),
    example: { success: true, data: meExample },
    handle: ({ user, request }) => ({
      success: true,
      data: toMeWire(user as User, request.caller?.owesSecondFactor ?? false),
    }),
  });
}

function refreshRoute(shop: Shop): Route {
  return route({
    method: 'POST',
    path: '/api/auth/refresh',
    access: 'public',
    rate: { kind: 'session' },
    repeatable: false,
    tag: 'Sign-in',
    summary: 'Swap a refresh token for a new access token and a new refresh token',
    description:
      'Takes the token of the body, else of the cookie, and answers in the same way. One used again within 10 s ' +
      'gets a sibling (two tabs); later, its whole session ends.',
    headers: SessionHeaders,
    body: RefreshBody,
    bodyOptional: true,
    reply: SignedInReply,
    errors: ['unauthenticated', 'refresh_failed'],
    example: signedInExample,
    handle: async (call) => {
      const { body, by, request, reply } = call;
      const sent = readRefreshToken(request, body.refresh_token, shop);
      if (!sent) throw refuse('unauthenticated', { details: 'No refresh token was sent' });
      const refreshToken = nextRefreshToken(shop, sent.token);
      const { value: rotation } = await shop.store.sessions.rotate(
        hashRefreshToken(sent.token),
        hashOpaqueToken(refreshToken),
        by,
      );
      if (!('user' in rotation)) {
        clearRefreshCookie(request, reply, shop);
        throw refuse('refresh_failed');
      }
      // What came in a cookie never leaves in a body, where a script could read it.
      const byCookie = sent.byCookie || wantsCookie(request);
      return answerSession(shop, call, { ...rotation, refreshToken, byCookie });
    },
  });
}

function logoutRoute(shop: Shop): Route {
  return route({
    method: 'POST',
    path: '/api/auth/logout',
    // Also for those whose access token has expired, where the refresh token shows whose session it is.
    access: 'public',
    rate: { kind: 'session' },
    repeatable: false,
    tag: 'Sign-in',
    summary: 'End the session of the access token or of the refresh token',
    body: RefreshBody,
    bodyOptional: true,
    reply: Done,
    errors: ['unauthenticated', 'token_invalid', 'token_expired', 'token_revoked'],
    example: { success: true, message: 'Signed out' },
    handle: async ({ body, by, request, reply }) => {
      const sent = readRefreshToken(request, body.refresh_token, shop);
      const bearer = await findCaller(request, shop).catch((error: unknown): Caller | null => {
        if (sent && error instanceof ShopError) return null;
        throw error;
      });
      await shop.store.sessions.signOut(
        {
          bearer: bearer && { userId: bearer.user.id, sessionId: bearer.sessionId },
          refresh: sent && hashRefreshToken(sent.token),
        },
        by,
      );
      clearRefreshCookie(request, reply, shop);
      return { success: true, message: 'Signed out' };
    },
  });
}

function changePasswordRoute(shop: Shop, queue: PasswordQueue): Route {
  return route({
    method: 'POST',
    path: '/api/auth/change-password',
    access: 'signed-in',
    rate: { kind: 'own-account' },
    repeatable: false,
    tag: 'Sign-in',
    summary: "Change one's own password; all other sessions end",
    body: ChangePasswordBody,
    reply: Done,
    errors: ['password_wrong', 'throttled'],
    example: { success: true, message: 'Password changed' },
    handle: async ({ body, user, sessionId, by, request }) => {
      const wish = {
        current: body.current_password,
        next: body.new_password,
        address: request.ip,
        sessionId,
      };
      await changePassword(shop, queue, user as User, wish, by);
      return { success: true, message: 'Password changed' };
    },
  });
}
