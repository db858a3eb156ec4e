import { STATUS_CODES } from 'node:http';
import { ErrorReply } from '../../contract/envelope.ts';
import type { ErrorCode } from '../../domain/shop-error.ts';
import { describeRefusal } from '../../http/error-table.ts';

interface Document {
  paths?: object | undefined;
  components?: { schemas?: object | undefined } | undefined;
}
interface Media {
  schema?: object;
  example?: unknown;
}
interface Operation {
  parameters?: object[];
  security?: object[];
  responses: Record<string, { description?: string; content?: Record<string, Media> }>;
  /** The refusals of the operation. */
  'x-errors'?: ErrorCode[];
  /** The content type of a reply that is no JSON. */
  'x-produces'?: string;
}

const REPEAT_HEADER = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key and body within 24 hours: the first answer again, and nothing is done twice',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
  example: '0d9f7a5e-6c0b-4d0c-9f0e-5f1f1d3f4a11',
};
const MATCH_HEADER = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'The ETag or version that was read; 412 when somebody changed it since',
  schema: { type: 'string' },
  example: '"3"',
};

/** Adds what the generator does not know: refusals with one schema for all, files, and the headers of changes. */
export function completeDocument<D extends Document>(document: D): D {
  for (const [method, operation] of operationsOf(document)) {
    const { 'x-errors': errors = [], 'x-produces': contentType, responses } = operation;
    delete operation['x-produces'];
    if (contentType !== undefined) responses['200'] = fileResponse(contentType);
    for (const [status, response] of Object.entries(responses)) {
      if (response.description === 'Default Response')
        response.description = STATUS_CODES[status] ?? 'Answer';
    }
    for (const code of errors) addRefusal(responses, code);
    if (method === 'get' || (operation.security ?? []).length === 0) continue;
    const headers = method === 'post' ? [REPEAT_HEADER] : [REPEAT_HEADER, MATCH_HEADER];
    operation.parameters = [...(operation.parameters ?? []), ...headers];
  }
  const components = document.components ?? {};
  const schemas = { ...components.schemas, ErrorReply: JSON.parse(JSON.stringify(ErrorReply)) as object };
  return { ...document, components: { ...components, schemas } };
}

function operationsOf(document: Document): [string, Operation][] {
  return Object.values(document.paths ?? {}).flatMap((path) =>
    Object.entries(path as Record<string, Operation>),
  );
}

function fileResponse(contentType: string): { description: string; content: Record<string, Media> } {
  const schema = { type: 'string', contentMediaType: contentType };
  return { description: 'The file', content: { [contentType]: { schema } } };
}

/** Refusals of one status share a response, whose description lists each code with its text. */
function addRefusal(responses: Operation['responses'], code: ErrorCode): void {
  const { status, message } = describeRefusal({ code });
  const line = `\`${code}\`: ${message}`;
  const known = responses[String(status)];
  if (known) known.description = `${known.description}\n\n${line}`;
  else {
    responses[String(status)] = {
      description: line,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorReply' } } },
    };
  }
}
