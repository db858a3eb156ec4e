// A page that stands open for long: answers that come late or not at all, a day that turns.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import './page-globals.ts';
import { listenToMinute, presentMinute } from '../src/ui/use-minute.ts';

const { can, getSession, onForget, readMeAgain, signIn, signOut } = await import('../src/api/session.ts');
const { sendReply } = await import('../src/api/client.ts');
const { keepFresh } = await import('../src/api/keep-fresh.ts');
const { queryClient } = await import('../src/api/query-client.ts');

/** What the shop answers at a path: its status and JSON. */
type Answer = (token: string | undefined) => Promise<Response> | Response;

test('an account is read again with a fresh token, never over a sign-out, and a shop out of reach changes nothing', async ({
  mock,
}) => {
  const meOf = (...permissions: string[]) => Response.json({ data: { id: 'u1', permissions } });
  let me: Answer = () => meOf();
  const answers: Record<string, Answer> = {
    '/api/auth/login': () => Response.json({ access_token: 'first' }),
    '/api/auth/refresh': () => Response.json({ access_token: 'second', user: { id: 'u1' } }),
    '/api/auth/logout': () => Response.json({}),
    '/api/auth/me': (token) => me(token),
  };
  mock.method(globalThis, 'fetch', async (path: string, { headers }: { headers: Record<string, string> }) =>
    answers[path]?.(headers.Authorization),
  );
  await signIn('meera', 'secret');
  me = (token) => (token === 'Bearer second' ? meOf('journal.read') : Response.json({}, { status: 401 }));
  await readMeAgain();
  assert.ok(can('journal.read'));

  me = () => Promise.reject(new TypeError('no line'));
  await readMeAgain();
  assert.deepEqual([getSession().status, can('journal.read')], ['signed-in', true]);

  const late = Promise.withResolvers<Response>();
  me = () => late.promise;
  const reading = readMeAgain();
  await signOut();
  late.resolve(meOf('journal.read'));
  await reading;
  assert.deepEqual(getSession(), { status: 'signed-out', me: null });
});

test('what one person wished is not done by the session of another, whom a tab signed in while this one slept', async ({
  mock,
}) => {
  const forgotten: string[] = [];
  onForget((userId) => forgotten.push(userId));
  const wishes: (string | undefined)[] = [];
  const ended = () => Response.json({ error: { type: 'token_revoked' } }, { status: 401 });
  const answers: Record<string, Answer> = {
    '/api/auth/login': () => Response.json({ access_token: 'of meera' }),
    '/api/auth/refresh': () => Response.json({ access_token: 'of asha', user: { id: 'asha' } }),
    '/api/auth/logout': () => Response.json({}),
    '/api/auth/me': (token) =>
      Response.json({ data: { id: token?.slice('Bearer of '.length), permissions: [] } }),
    '/api/sales': (token) => {
      wishes.push(token);
      return token === 'Bearer of meera' ? ended() : Response.json({ success: true });
    },
  };
  mock.method(globalThis, 'fetch', async (path: string, { headers }: { headers: Record<string, string> }) =>
    answers[path]?.(headers.Authorization),
  );
  await signIn('meera', 'secret');
  assert.equal(getSession().me?.id, 'meera');
  await assert.rejects(sendReply('POST', '/api/sales', { body: {} }), { type: 'token_revoked' });
  assert.deepEqual(wishes, ['Bearer of meera']);
  assert.deepEqual([getSession().status, getSession().me?.id, forgotten], ['signed-in', 'asha', ['meera']]);
  await signOut();
});

test('what was asked for yesterday is asked for again when the day of the shop turns', ({ mock }) => {
  mock.timers.enable({ apis: ['Date', 'setInterval'], now: new Date('2026-01-15T23:58:30+05:30') });
  keepFresh();
  queryClient.setQueryData(['analytics', 'today'], 1);
  const isOld = () => queryClient.getQueryState(['analytics', 'today'])?.isInvalidated;
  mock.timers.tick(60_000);
  assert.equal(isOld(), false);
  mock.timers.tick(60_000);
  assert.equal(isOld(), true);
  queryClient.clear();
});

test('the present minute is that of now, also where nobody has shown it for hours', ({ mock }) => {
  mock.timers.enable({ apis: ['Date', 'setInterval'], now: Date.now() });
  listenToMinute(() => {})();
  mock.timers.tick(3 * 3_600_000);
  const leave = listenToMinute(() => {});
  assert.equal(presentMinute(), Date.now());
  leave();
});
