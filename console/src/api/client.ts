// Calls of a signed-in person: the bearer's token, refreshed once when it has expired; a key on every change.

import { ApiError, isApiError } from './api-error.ts';
import { exchange, type Sent } from './exchange.ts';
import { readsHeld } from './hold-reads.ts';
import { closeKey, forgetOpenKeys, nameOfChange, openKey } from './repeat-key.ts';
import { bearer, getSession, onForget, readMeAgain, refreshAccess } from './session.ts';

const ENDED = ['unauthenticated', 'token_invalid', 'token_expired', 'token_revoked'];

onForget(forgetOpenKeys);

async function authorised<T>(sent: Sent): Promise<T> {
  const attempt = () => exchange<T>({ ...sent, headers: { ...sent.headers, ...bearer() } });
  try {
    return await attempt();
  } catch (error) {
    // The owner asks for sign-in codes since: the frame leads through it once it knows.
    if (isApiError(error) && error.type === 'totp_required' && getSession().me?.totp_required === false)
      void readMeAgain();
    const ended = isApiError(error) && ENDED.includes(error.type);
    if (!ended || getSession().me === null || !(await refreshAccess())) throw error;
    return attempt();
  }
}

/** Query parameters; what is undefined or empty is left out. */
export type Query = Record<string, string | number | boolean | undefined>;

export function withQuery(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The whole reply: `{success, data, pagination, ...}`. */
export async function getReply<R>(path: string, query?: Query, signal?: AbortSignal): Promise<R> {
  const held = readsHeld();
  if (held !== undefined) await held;
  return authorised<R>({ method: 'GET', path: withQuery(path, query), signal });
}

/** The reply's `data` alone. */
export async function getData<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return (await getReply<{ data: T }>(path, query, signal)).data;
}

interface Change {
  body?: unknown;
  /** The version that the person has seen: refused as `stale_version` when somebody else changed it meanwhile. */
  seen?: number | undefined;
  /** The draft that it was typed in: the same of one draft is done once, from whichever tabs and however often it is sent. */
  draftId?: string;
}

/** A change; the whole reply. The same change sent again while its outcome is unknown is done once. */
export async function sendReply<R>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  { body, seen, draftId }: Change = {},
): Promise<R> {
  const text = body instanceof FormData ? fileNames(body) : JSON.stringify(body ?? null);
  const name = nameOfChange(`${getSession().me?.id} ${method} ${path} ${seen ?? ''} ${text}`);
  const headers = {
    'Idempotency-Key': openKey(name, draftId),
    ...(seen === undefined ? {} : { 'If-Match': `"${seen}"` }),
  };
  try {
    const reply = await authorised<R>({ method, path, headers, ...(body === undefined ? {} : { body }) });
    closeKey(name, 'done', draftId);
    return reply;
  } catch (error) {
    if (error instanceof ApiError && !error.isOutcomeUnknown) closeKey(name, 'refused', draftId);
    throw error;
  }
}

/** A change; the reply's `data` alone. */
export async function sendData<T>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  change: Change = {},
): Promise<T> {
  return (await sendReply<{ data: T }>(method, path, change)).data;
}

function fileNames(form: FormData): string {
  return [...form]
    .map(
      ([name, value]) =>
        `${name}=${value instanceof File ? `${value.name} ${value.size} ${value.lastModified}` : value}`,
    )
    .join('&');
}
