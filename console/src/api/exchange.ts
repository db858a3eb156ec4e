// One request and its answer. Knows the envelopes and headers, nothing of sessions.

import { ApiError, type FieldProblem } from './api-error.ts';

export interface Sent {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

interface ErrorEnvelope {
  error?: {
    type?: string;
    fields?: FieldProblem[];
    data?: Record<string, unknown>;
    request_id?: string;
  };
}

/** The last change of ours that the server confirmed: later reads must have seen it. */
let journalPosition = 0;

export function forgetJournalPosition(): void {
  journalPosition = 0;
}

/** The answer's JSON. Throws ApiError: the server's refusal, `unreachable` (no answer), `unreadable` (not ours). */
export async function exchange<T>(sent: Sent): Promise<T> {
  const response = await reach(sent);
  const position = Number(response.headers.get('X-Journal-Position') ?? 0);
  if (position > journalPosition) journalPosition = position;
  // A restored backup signs everybody out, and may not be there yet; signing in must not wait for it.
  if (response.status === 401) forgetJournalPosition();
  const reply: unknown = await response.json().catch(() => null);
  if (response.ok && reply !== null) return reply as T;
  throw refusal(response, reply as ErrorEnvelope | null);
}

async function reach({ method, path, body, headers, signal }: Sent): Promise<Response> {
  const isFile = body instanceof FormData;
  try {
    return await fetch(path, {
      method,
      headers: {
        ...(journalPosition > 0 ? { 'X-Journal-At-Least': String(journalPosition) } : {}),
        ...(body === undefined || isFile ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError({ type: 'unreachable', status: 0 });
  }
}

function refusal(response: Response, envelope: ErrorEnvelope | null): ApiError {
  const retryAfter = Number(response.headers.get('Retry-After'));
  const { error } = envelope ?? {};
  return new ApiError({
    // A proxy in between may answer with a page of its own.
    type: error?.type ?? 'unreadable',
    status: response.status,
    fields: error?.fields ?? [],
    data: error?.data ?? {},
    requestId: error?.request_id,
    retryAfterSeconds: retryAfter > 0 ? retryAfter : undefined,
  });
}
