import { ErrorReply, INVALID_EXAMPLE } from '../../contract/envelope.ts';
import type { ErrorCode } from '../../domain/shop-error.ts';
import { describeRefusal } from '../../http/error-table.ts';
import { RATES } from '../../http/rate-limit.ts';
import type { Route, Upload } from '../../http/route.ts';
import { statusText } from '../../http/status-text.ts';
import { ANSWER_HEADERS, describeHeaders } from './describe-headers.ts';
import type { Media, Operation, RequestBody } from './operation.ts';

interface Document {
  paths?: object | undefined;
  components?: { schemas?: object | undefined; examples?: object | undefined } | undefined;
}
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

/** Adds what the generator does not know: refusals with one schema for all, files, and headers. */
export function completeDocument<D extends Document>(document: D): D {
  const refusals = new Set<ErrorCode>();
  for (const [method, operation] of operationsOf(document)) {
    describeBody(operation);
    describeFiles(operation);
    describeListFiles(operation);
    sayWhoMay(operation);
    for (const code of operation['x-errors'] ?? []) {
      addRefusal(operation, code);
      refusals.add(code);
    }
    if (operation['x-ticket']) operation.parameters = [...(operation.parameters ?? []), TICKET];
    describeHeaders(method, operation);
    delete operation['x-ticket'];
    delete operation['x-rate'];
  }
  const { paths, schemas } = nameShapes(decimalsInWords(document));
  const examples = Object.fromEntries([...refusals].sort().map((code) => [code, refusalExample(code)]));
  const components = { ...document.components, schemas, examples, headers: ANSWER_HEADERS };
  return { ...document, paths, components };
}

/** Shapes with a title stand once, under that name: clients that are made of the document then have one type for each. */
function nameShapes({ paths }: Document): { paths: object; schemas: Record<string, object> } {
  const schemas: Record<string, object> = { ErrorReply };
  const named = JSON.parse(
    JSON.stringify(paths),
    (_key, value: { title?: unknown; type?: unknown; properties?: object }) => {
      if (value?.type !== 'object' || typeof value.title !== 'string' || !value.properties) return value;
      const { title, ...shape } = value as { title: string };
      const known = schemas[title];
      if (known && JSON.stringify(known) !== JSON.stringify(shape))
        throw new Error(`two shapes are named ${title}`);
      schemas[title] = shape;
      return { $ref: `#/components/schemas/${title}` };
    },
  ) as object;
  return { paths: named, schemas };
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

function operationsOf(document: Document): [method: string, operation: Operation][] {
  return Object.values(document.paths ?? {}).flatMap((path) =>
    Object.entries(path as Record<string, Operation>),
  );
}

/** The generator takes every body for one that must be sent. */
function describeBody(operation: Operation): void {
  if (operation['x-body-optional'] && operation.requestBody) operation.requestBody.required = false;
  delete operation['x-body-optional'];
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

function formWith({ field, contentTypes, maxBytes }: Upload): RequestBody {
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
function addRefusal({ responses, 'x-rate': rate }: Operation, code: ErrorCode): void {
  const { status, message } = describeRefusal({ code, data: REFUSAL_DATA });
  const limit = rate && code === 'rate_limited' ? ` (${limitOf(rate)})` : '';
  const line = `\`${code}\`: ${message}${limit}`;
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

/** How often one address may ask, in words. */
function limitOf({ kind, when }: NonNullable<Route['rate']>): string {
  const { burst, perSecond } = RATES[kind];
  const then = perSecond < 1 ? `${Math.round(perSecond * 60)} a minute` : `${perSecond} a second`;
  const which = when === undefined ? '' : ` with \`${when}\``;
  return `from one address ${burst} requests${which} at once, then ${then}; addresses of this kind count together`;
}

function refusalExample(code: ErrorCode): object {
  if (code === 'invalid_input') return { value: INVALID_EXAMPLE };
  const { status, message, details } = describeRefusal({ code, data: REFUSAL_DATA });
  const error = { code: status, type: code, message, ...(details === undefined ? {} : { details }) };
  return { value: { success: false, error: { ...error, request_id: '3f8b2c4e' } } };
}
