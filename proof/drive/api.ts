// The API as the program itself describes it: every operation with its permission, its body and its answers.

import type { Client, Row } from './client.ts';

export interface Operation {
  method: string;
  /** With `{name}` for parameters. */
  path: string;
  permission: string;
  /** The schema of a JSON body, and its documented example. */
  body: { schema: Row; example: Row } | null;
  query: string[];
  /** Schemas of JSON answers by status; null: something else than JSON. */
  answers: Map<number, Row | null>;
}

export interface Api {
  document: Row;
  operations: Operation[];
}

export async function readApi(client: Client): Promise<Api> {
  const answer = await client.get('/api/openapi.json');
  const document = answer.body as unknown as Row;
  return { document, operations: operationsOf(document) };
}

/** Of an OpenAPI document. */
export function operationsOf(document: Row): Operation[] {
  const operations = Object.entries(document.paths as Record<string, Record<string, Row>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, one]) => toOperation(method, path, inPlace(one, document))),
  );
  if (operations.length < 50) throw new Error(`the API describes only ${operations.length} operations`);
  return operations;
}

/** What it refers to stands in its own place. */
function inPlace(part: Row, document: Row): Row {
  return JSON.parse(JSON.stringify(part), (_key, value: { $ref?: unknown } | null) => {
    if (typeof value?.$ref !== 'string') return value;
    const keys = value.$ref.split('/').slice(1);
    const found = keys.reduce<unknown>((at, key) => (at as Row | undefined)?.[key], document);
    if (found === undefined) throw new Error(`nothing is named ${value.$ref}`);
    return inPlace(found as Row, document);
  }) as Row;
}

interface Content {
  content?: { 'application/json'?: { schema: Row; example?: Row } };
}

function toOperation(method: string, path: string, one: Row): Operation {
  const json = (one.requestBody as Content | undefined)?.content?.['application/json'];
  const responses = one.responses as Record<string, Content>;
  return {
    method: method.toUpperCase(),
    path,
    permission: String(one['x-permission']),
    body: json ? { schema: json.schema, example: json.example ?? {} } : null,
    query: ((one.parameters ?? []) as Row[]).filter((it) => it.in === 'query').map((it) => String(it.name)),
    answers: new Map(
      Object.entries(responses).map(([status, { content }]) => [
        Number(status),
        content?.['application/json']?.schema ?? null,
      ]),
    ),
  };
}

/** An id as ids look, that nothing has. */
export const MISSING_ID = '65e0c0ffee0123456789abcd';

/** The path with something in the place of each parameter. */
export function addressOf(operation: Operation, id = MISSING_ID): string {
  return operation.path.replace(/\{(\w+)\}/g, (_all, name: string) => (/file/i.test(name) ? 'none.png' : id));
}

/** How an operation is named in tables: `GET /api/customers/{id}`. */
export function nameOf({ method, path }: Operation): string {
  return `${method} ${path}`;
}
