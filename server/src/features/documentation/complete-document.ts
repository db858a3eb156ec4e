import { ErrorReply } from '../../contract/envelope.ts';
import type { ErrorCode } from '../../domain/shop-error.ts';
import { describeRefusal } from '../../http/error-table.ts';
import type { Upload } from '../../http/route.ts';
import { statusText } from '../../http/status-text.ts';

interface Document {
  paths?: object | undefined;
  components?: { schemas?: object | undefined; examples?: object | undefined } | undefined;
}
interface Media {
  schema?: object;
  example?: unknown;
  examples?: Record<string, object>;
}
interface Operation {
  description?: string;
  parameters?: object[];
  requestBody?: object;
  security?: object[];
  responses: Record<string, { description?: string; content?: Record<string, Media> }>;
  /** The refusals of the operation. */
  'x-errors'?: ErrorCode[];
  /** The content type of a reply that is no JSON. */
  'x-produces'?: string;
  /** The file of an operation that takes a form. */
  'x-upload'?: Upload;
  /** Whether a download ticket is as good as a token. */
  'x-ticket'?: boolean;
  /** `public`, `signed-in` or the permission that the account must hold. */
  'x-permission'?: string;
}

// Neither has an example: the page would fill it in, and answer the second try with 422 or every try with 412.
const REPEAT_HEADER = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A text of your own, such as a UUID. The same key and body within 24 hours: the first answer again, and ' +
    'nothing is done twice',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};
const MATCH_HEADER = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'The ETag or version that was read, such as "3"; 412 when somebody changed it since',
  schema: { type: 'string' },
};

const TICKET = {
  name: 'ticket',
  in: 'query',
  required: false,
  description: 'In place of the token: what `POST /api/tickets` gave for this path; good once',
  schema: { type: 'string' },
};
/** What a list comes as when `?format=` asks for a file. */
const LIST_FILES = ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'];

const ERROR_REPLY = { $ref: '#/components/schemas/ErrorReply' };

/** What some texts quote. */
const REFUSAL_DATA = { phone: '98765 43210', metal: 'silver' };

/** Adds what the generator does not know: refusals with one schema for all, files, and the headers of changes. */
export function completeDocument<D extends Document>(document: D): D {
  const refusals = new Set<ErrorCode>();
  for (const operation of operationsOf(document)) {
    describeFiles(operation);
    describeListFiles(operation);
    sayWhoMay(operation);
    const codes = operation['x-errors'] ?? [];
    for (const code of codes) {
      addRefusal(operation.responses, code);
      refusals.add(code);
    }
    const parameters = [
      ...(operation['x-ticket'] ? [TICKET] : []),
      ...(codes.includes('key_reused') ? [REPEAT_HEADER] : []),
      ...(codes.includes('stale_version') ? [MATCH_HEADER] : []),
    ];
    delete operation['x-ticket'];
    if (parameters.length > 0) operation.parameters = [...(operation.parameters ?? []), ...parameters];
  }
  const { paths, components = {} } = decimalsInWords(document);
  const schemas = { ...components.schemas, ErrorReply: JSON.parse(JSON.stringify(ErrorReply)) as object };
  const examples = Object.fromEntries([...refusals].sort().map((code) => [code, refusalExample(code)]));
  return { ...document, paths, components: { ...components, schemas, examples } };
}

/**
 * Decimal steps as words: whoever checks against the document divides binary floats, by which 33.33 is no multiple of
 * 0.01, and would refuse every ninth amount that is taken here.
 */
function decimalsInWords(document: Document): Document {
  return JSON.parse(
    JSON.stringify(document),
    (_key, value: { multipleOf?: number; description?: string }) => {
      const step = value?.multipleOf;
      if (step === undefined || step >= 1) return value;
      const { multipleOf: _step, description, ...rest } = value;
      const decimals = Math.round(-Math.log10(step));
      const words = description === undefined ? 'At' : `${description}; at`;
      return { ...rest, description: `${words} most ${decimals} decimals` };
    },
  ) as Document;
}

function operationsOf(document: Document): Operation[] {
  return Object.values(document.paths ?? {}).flatMap((path) =>
    Object.values(path as Record<string, Operation>),
  );
}

/** What comes or goes as a file, and the name of each answer that says no more than its status. */
function describeFiles(operation: Operation): void {
  const { 'x-produces': contentType, 'x-upload': upload, responses } = operation;
  delete operation['x-produces'];
  delete operation['x-upload'];
  if (upload !== undefined) operation.requestBody = formWith(upload);
  if (contentType !== undefined) responses['200'] = fileResponse(contentType);
  for (const [status, response] of Object.entries(responses)) {
    if (response.description === 'Default Response') response.description = statusText(Number(status));
  }
}

/** A list that `?format=` makes a file of; its JSON file has the rows of the list, as the parameter says. */
function describeListFiles({ parameters = [], responses }: Operation): void {
  const content = responses['200']?.content;
  const takesFormat = parameters.some((parameter) => 'name' in parameter && parameter.name === 'format');
  if (content?.['application/json'] === undefined || !takesFormat) return;
  for (const contentType of LIST_FILES)
    content[contentType] = { schema: { type: 'string', contentMediaType: contentType } };
}

function sayWhoMay(operation: Operation): void {
  const access = operation['x-permission'];
  if (access === undefined || access === 'public') return;
  const line = access === 'signed-in' ? 'For every signed-in account.' : `Permission: \`${access}\`.`;
  operation.description = operation.description ? `${operation.description}\n\n${line}` : line;
}

function formWith({ field, contentTypes, maxBytes }: Upload): object {
  const file = { type: 'string', format: 'binary', description: `At most ${maxBytes} bytes` };
  const schema = { type: 'object', required: [field], properties: { [field]: file } };
  const encoding = { [field]: { contentType: contentTypes.join(', ') } };
  return { required: true, content: { 'multipart/form-data': { schema, encoding } } };
}

function fileResponse(contentType: string): { description: string; content: Record<string, Media> } {
  const schema = { type: 'string', contentMediaType: contentType };
  return { description: 'The file', content: { [contentType]: { schema } } };
}

/** Refusals of one status share a response, whose description lists each code with its text. */
function addRefusal(responses: Operation['responses'], code: ErrorCode): void {
  const { status, message } = describeRefusal({ code, data: REFUSAL_DATA });
  const line = `\`${code}\`: ${message}`;
  const example = { $ref: `#/components/examples/${code}` };
  const known = responses[String(status)];
  if (!known) {
    const media = { schema: ERROR_REPLY, examples: { [code]: example } };
    responses[String(status)] = { description: line, content: { 'application/json': media } };
    return;
  }
  known.description = `${known.description}\n\n${line}`;
  const media = known.content?.['application/json'];
  if (!media) return;
  // A body of the operation's own may come with this status too.
  if (!media.examples) media.schema = { anyOf: [media.schema, ERROR_REPLY] };
  media.examples = { ...media.examples, [code]: example };
}

function refusalExample(code: ErrorCode): object {
  const { status, message, details } = describeRefusal({ code, data: REFUSAL_DATA });
  const error = { code: status, type: code, message, ...(details === undefined ? {} : { details }) };
  return { value: { success: false, error: { ...error, request_id: '3f8b2c4e' } } };
}
