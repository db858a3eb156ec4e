// The headers of requests and answers that mean something to a caller, for the document.

import type { Operation } from './operation.ts';

const text = { type: 'string' };

/** Named by the answers that carry them. */
export const ANSWER_HEADERS = {
  ETag: { description: 'Of this answer: send it back as If-None-Match, or as If-Match', schema: text },
  'Retry-After': {
    description:
      'After how many seconds another try makes sense; absent where nobody knows, as with a model that is not trained',
    schema: { type: 'integer', minimum: 1 },
  },
  'X-Journal-Position': {
    description: 'Where the change stands in the journal; a read that sends it as X-Journal-At-Least sees it',
    schema: { type: 'integer' },
  },
  'Content-Disposition': { description: 'The name of the file', schema: text },
} as const;
type AnswerHeader = keyof typeof ANSWER_HEADERS;

// None has an example: the page would fill it in, and answer the second try with 422, 412 or 304.
const REPEAT = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A text of your own, such as a UUID. The same key and body within 24 hours: the first answer again, and ' +
    'nothing is done twice',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};
const MATCH = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'The ETag or version that was read, such as "3"; 412 when somebody changed it since',
  schema: text,
};
const NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'The ETag of an earlier answer; 304 as long as nothing changed',
  schema: text,
};

const FILES = ['application/zip', 'text/csv'];

/** Names the headers of an operation where they mean something; after its refusals and files were added. */
export function describeHeaders(method: string, operation: Operation): void {
  const { responses, 'x-errors': codes = [] } = operation;
  const types = Object.keys(responses['200']?.content ?? {});
  const isTagged =
    method === 'get' && types.some((type) => type === 'application/json' || type === 'image/*');
  const isVersioned = codes.includes('stale_version');
  const isRepeatable = codes.includes('key_reused');
  const sent = [
    ...(isRepeatable ? [REPEAT] : []),
    ...(isVersioned ? [MATCH] : []),
    ...(isTagged ? [NONE_MATCH] : []),
  ];
  if (sent.length > 0) operation.parameters = [...(operation.parameters ?? []), ...sent];
  const ofSuccess: AnswerHeader[] = [
    ...(isTagged || isVersioned ? (['ETag'] as const) : []),
    ...(isRepeatable ? (['X-Journal-Position'] as const) : []),
    ...(types.some((type) => FILES.includes(type)) ? (['Content-Disposition'] as const) : []),
  ];
  for (const [status, response] of Object.entries(responses))
    if (status.startsWith('2')) nameHeaders(response, ofSuccess);
    else if (status === '429' || status === '503') nameHeaders(response, ['Retry-After']);
  if (!isTagged) return;
  responses['304'] = { description: 'Nothing changed since the ETag of If-None-Match' };
  nameHeaders(responses['304'], ['ETag']);
}

function nameHeaders(response: Operation['responses'][string], names: readonly AnswerHeader[]): void {
  if (names.length === 0) return;
  response.headers = Object.fromEntries(
    names.map((name) => [name, { $ref: `#/components/headers/${name}` }]),
  );
}
