// One's own signed-in devices, and what one chose for the console.

import { Type } from 'typebox';
import { PreferencesBody, PreferencesWire, SessionWire } from '../../contract/account.ts';
import { Data, Done } from '../../contract/envelope.ts';
import { parseId } from '../../domain/id.ts';
import { refuse } from '../../domain/shop-error.ts';
import type { Preferences, User } from '../../domain/user.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { preferencesExample } from './account-examples.ts';
import { toPreferencesWire, toSessionWire } from './account-wire.ts';

const sessionExample = {
  id: '65e0c0ffee0123456789abce',
  created_at: '2026-01-15T10:30:00.123Z',
  last_used_at: '2026-01-15T10:30:00.123Z',
  expires_at: '2026-02-14T10:30:00.123Z',
  address: '192.168.1.20',
  user_agent: 'Mozilla/5.0',
  current: true,
};

export function sessionRoutes(shop: Shop): Route[] {
  return [
    listSessionsRoute(shop),
    endSessionRoute(shop),
    endAllSessionsRoute(shop),
    readPreferencesRoute(),
    changePreferencesRoute(shop),
  ];
}

function listSessionsRoute(shop: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/auth/sessions',
    access: 'signed-in',
    tag: 'Sign-in',
    summary: "List one's own sessions, latest used first",
    reply: Data(Type.Array(SessionWire)),
    example: { success: true, data: [sessionExample] },
    handle: async ({ user, sessionId }) => {
      const sessions = await shop.store.sessions.list((user as User).id, shop.now());
      return { success: true, data: sessions.map((session) => toSessionWire(session, sessionId)) };
    },
  });
}

function endSessionRoute({ store }: Shop): Route {
  return route({
    method: 'DELETE',
    path: '/api/auth/sessions/:id',
    access: 'signed-in',
    repeatable: false,
    tag: 'Sign-in',
    summary: "End one of one's own sessions",
    reply: Done,
    errors: ['session_not_found'],
    example: { success: true, message: 'Signed out' },
    handle: async ({ params, user, by }) => {
      const id = parseId(params.id);
      if (id === null) throw refuse('session_not_found');
      await store.sessions.revoke((user as User).id, id, by);
      return { success: true, message: 'Signed out' };
    },
  });
}

function endAllSessionsRoute({ store }: Shop): Route {
  return route({
    method: 'DELETE',
    path: '/api/auth/sessions',
    access: 'signed-in',
    repeatable: false,
    tag: 'Sign-in',
    summary: 'Sign out everywhere, here too',
    reply: Done,
    example: { success: true, message: 'Signed out everywhere' },
    handle: async ({ user, by }) => {
      await store.sessions.revokeAll((user as User).id, by);
      return { success: true, message: 'Signed out everywhere' };
    },
  });
}

function readPreferencesRoute(): Route {
  return route({
    method: 'GET',
    path: '/api/auth/me/preferences',
    access: 'signed-in',
    beforeSecondFactor: true,
    tag: 'Sign-in',
    summary: 'Read what one chose for the console',
    reply: Data(PreferencesWire),
    example: { success: true, data: preferencesExample },
    handle: ({ user }) => ({ success: true, data: toPreferencesWire((user as User).preferences) }),
  });
}

function changePreferencesRoute({ store }: Shop): Route {
  return route({
    method: 'PUT',
    path: '/api/auth/me/preferences',
    access: 'signed-in',
    beforeSecondFactor: true,
    repeatable: false,
    tag: 'Sign-in',
    summary: 'Choose language, theme and saved views; what is left out stays',
    body: PreferencesBody,
    reply: Data(PreferencesWire),
    example: { success: true, data: preferencesExample },
    handle: async ({ body, user, by }) => {
      const changes: Partial<Preferences> = {
        ...(body.language === undefined ? {} : { language: body.language }),
        ...(body.theme === undefined ? {} : { theme: body.theme }),
        ...(body.saved_views === undefined ? {} : { savedViews: body.saved_views.map(toSavedView) }),
      };
      const { value } = await store.users.changePreferences((user as User).id, changes, by);
      return { success: true, data: toPreferencesWire(value.preferences) };
    },
  });
}

/** Only the known fields: what else a caller sends is not kept. */
function toSavedView({ screen, name, query }: { screen: string; name: string; query: string }) {
  return { screen, name, query };
}
