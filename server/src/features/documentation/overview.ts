// What holds for every address, at the top of the document.

import type { ErrorCode } from '../../domain/shop-error.ts';
import { describeRefusal } from '../../http/error-table.ts';

/** Refusals that any request can get, before it reaches an address or whatever that is: no operation lists them. */
export const ANYWHERE = [
  'bad_request',
  'route_not_found',
  'method_not_allowed',
  'request_timeout',
  'expectation_failed',
  'headers_too_large',
] as const satisfies readonly ErrorCode[];

const PARTS = [
  'Every answer but a few is `{success, data}`; every refusal is `{success: false, error}` with the same `code` as the ' +
    'HTTP status, a stable `type` and a `request_id`. Amounts are rupees, weights grams, instants UTC. Every path works ' +
    'with and without a trailing slash. Fields of a body that are not known are ignored; a body is at most 512 KiB ' +
    'where nothing else is said.',
  '**Signing in.** `POST /api/auth/login` gives an access token, sent as `Authorization: Bearer`, and a refresh token; ' +
    'before the first expires, `POST /api/auth/refresh` swaps the second for two new ones. 401 is about the token ' +
    'alone, 403 about what its account may do.',
  '**Sending again.** What was not answered can be sent again with its `Idempotency-Key`: it is done once. Where there is ' +
    'none, `X-Retry-Count` (0, then 1 and more) makes a repeat with an equal body known for 90 seconds, as older ' +
    'clients send it. 429 and 503 say in `Retry-After` when to come back, where that is known.',
  '**Headers.** Where an answer has an `ETag`, `If-None-Match` with it gets 304 as long as nothing changed; every answer ' +
    'has an `X-Request-Id`, by which the log and the journal know the request. Pages of other origins (the setting ' +
    '`CORS_ORIGINS`) may send and read every header that is named here.',
];

/** In Markdown. */
export function overview(): string {
  const refusals = ANYWHERE.map((code) => {
    const { status, message } = describeRefusal({ code });
    return `- ${status} \`${code}\`: ${message}`;
  });
  return [...PARTS, `**Refusals of any address**, beside those it lists:\n\n${refusals.join('\n')}`].join(
    '\n\n',
  );
}
