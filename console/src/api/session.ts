// Who is signed in here. The access token lives in this module's memory alone; the refresh token in a cookie that no
// script can read. One sign-out signs out every tab.

import type { MeWire, UserWire } from '../../../server/src/contract/account.ts';
import { isApiError } from './api-error.ts';
import { exchange, forgetJournalPosition } from './exchange.ts';
import { onTabs, tellTabs } from './tabs.ts';

export type Permission = UserWire['permissions'][number];

export type Session =
  | { status: 'starting' | 'signed-out' | 'unreachable'; me: null }
  /** `expired`: the page stays as it is and asks for the password over it. */
  | { status: 'signed-in' | 'expired'; me: MeWire };

/** Says that a refresh cookie may be there, so that a stranger's first visit asks for nothing. No secret. */
const HINT = 'swati.session';
const BY_COOKIE = { 'X-Session': 'cookie' };

let session: Session = { status: 'starting', me: null };
let accessToken: string | null = null;
let refreshing: Promise<boolean> | null = null;
const listeners = new Set<() => void>();
const forgetters = new Set<(userId: string) => void>();

function become(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}

export function getSession(): Session {
  return session;
}

export function onSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Called at every sign-out, so that drafts and kept answers of the person go too. */
export function onForget(forget: (userId: string) => void): void {
  forgetters.add(forget);
}

export function bearer(): Record<string, string> {
  return accessToken === null ? {} : { Authorization: `Bearer ${accessToken}` };
}

export function can(permission: Permission): boolean {
  return session.me?.permissions.includes(permission) ?? false;
}

/** Whether an earlier visit's session may still be good. */
export function mayBeSignedIn(): boolean {
  return localStorage.getItem(HINT) !== null;
}

/** Goes on with the session of an earlier visit, where there is one. */
export async function startSession(): Promise<void> {
  if (!mayBeSignedIn()) return become({ status: 'signed-out', me: null });
  try {
    if (!(await refreshAccess())) return;
  } catch {
    return become({ status: 'unreachable', me: null });
  }
  await meet();
}

/** Reads whose the session is. The cookie is still good where that fails; the page offers to try again. */
async function meet(): Promise<void> {
  try {
    become({ status: 'signed-in', me: await readMe() });
  } catch {
    become({ status: 'unreachable', me: null });
  }
}

async function readMe(): Promise<MeWire> {
  const { data } = await exchange<{ data: MeWire }>({
    method: 'GET',
    path: '/api/auth/me',
    headers: bearer(),
  });
  return data;
}

/** Reads permissions and preferences again, as after a change of one's own account. Unread, they stay as they are. */
export async function readMeAgain(): Promise<void> {
  const asked = session.me?.id;
  if (session.status !== 'signed-in') return;
  try {
    // A quiet page's token has expired.
    const me = await readMe().catch(async (error) => {
      if (isApiError(error) && error.status === 401 && (await refreshAccess())) return readMe();
      throw error;
    });
    // Who has signed out meanwhile stays so.
    if (session.status === 'signed-in' && session.me.id === asked) become({ status: 'signed-in', me });
  } catch {
    // What was changed is changed; the next question tells of a shop that is out of reach.
  }
}

/** A new access token by the cookie; false when the session has ended. Throws when the server is not reached. */
export function refreshAccess(): Promise<boolean> {
  refreshing ??= oneTabAtATime(swapToken).finally(() => {
    refreshing = null;
  });
  return refreshing;
}

/** Web Locks exist in secure contexts only; without them the server's ten seconds of grace do. */
async function oneTabAtATime(work: () => Promise<boolean>): Promise<boolean> {
  const { locks } = navigator as { locks?: LockManager };
  return locks === undefined ? work() : locks.request('swati-refresh', work);
}

async function swapToken(): Promise<boolean> {
  try {
    const reply = await exchange<{ access_token: string; user: { id: string } }>({
      method: 'POST',
      path: '/api/auth/refresh',
      body: {},
      headers: BY_COOKIE,
    });
    accessToken = reply.access_token;
    if (session.me === null || session.me.id === reply.user.id) return true;
  } catch (error) {
    if (!isApiError(error) || error.status !== 401) throw error;
    accessToken = null;
    localStorage.removeItem(HINT);
    become(session.me === null ? { status: 'signed-out', me: null } : { status: 'expired', me: session.me });
    return false;
  }
  // Another tab signed somebody else in while this one was asleep: what the first one wished is not done in their name.
  forget(session.me.id);
  become({ status: 'starting', me: null });
  await meet();
  return false;
}

/** `code`: '' where none was asked for. Throws ApiError `login_failed`, `totp_needed`, `totp_wrong` or `throttled`. */
export async function signIn(username: string, password: string, code = ''): Promise<void> {
  const before = session.me;
  const reply = await exchange<{ access_token: string }>({
    method: 'POST',
    path: '/api/auth/login',
    body: { username, password, ...(code === '' ? {} : { totp: code }) },
    headers: BY_COOKIE,
  });
  accessToken = reply.access_token;
  localStorage.setItem(HINT, 'yes');
  const me = await readMe();
  // Somebody else at the same page must not meet the first one's half-filled forms.
  if (before !== null && before.id !== me.id) forget(before.id);
  become({ status: 'signed-in', me });
  tellTabs({ kind: 'signed-in', userId: me.id });
}

export async function signOut(): Promise<void> {
  const headers = bearer();
  end();
  tellTabs({ kind: 'signed-out' });
  await exchange({ method: 'POST', path: '/api/auth/logout', body: {}, headers });
}

/** Leaves the page as a stranger would find it. */
function end(): void {
  if (session.me !== null) forget(session.me.id);
  accessToken = null;
  localStorage.removeItem(HINT);
  become({ status: 'signed-out', me: null });
}

function forget(userId: string): void {
  forgetJournalPosition();
  for (const each of forgetters) each(userId);
}

onTabs((message) => {
  if (message.kind === 'signed-out' && session.me !== null) end();
  if (message.kind === 'signed-in') void followSignIn(message.userId);
});

/** Another tab signed in: this one goes on by the same cookie. */
async function followSignIn(userId: string): Promise<void> {
  if (session.status === 'signed-in' && session.me.id === userId) return;
  if (session.me !== null && session.me.id !== userId) forget(session.me.id);
  await startSession();
}
