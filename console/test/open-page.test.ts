// Who is signed in at a page, where answers come late or not at all.

import assert from 'node:assert/strict';
import { test } from 'node:test';

// What a session asks of a browser.
const kept = new Map<string, string>();
Object.assign(globalThis, {
  localStorage: {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  },
  BroadcastChannel: class {
    addEventListener() {}
    postMessage() {}
  },
});
const { can, getSession, readMeAgain, signIn, signOut } = await import('../src/api/session.ts');

/** What the shop answers at a path: its status and JSON. */
type Answer = (token: string | undefined) => Promise<Response> | Response;

test('an account is read again with a fresh token, never over a sign-out, and a shop out of reach changes nothing', async ({
  mock,
}) => {
  const meOf = (...permissions: string[]) => Response.json({ data: { id: 'u1', permissions } });
  let me: Answer = () => meOf();
  const answers: Record<string, Answer> = {
    '/api/auth/login': () => Response.json({ access_token: 'first' }),
    '/api/auth/refresh': () => Response.json({ access_token: 'second' }),
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
