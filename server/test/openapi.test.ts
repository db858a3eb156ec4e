// The OpenAPI document: complete, sound, and the one that was agreed.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { allRoutes } from '../src/app.ts';
import { ERROR_CODES, type ErrorCode } from '../src/domain/shop-error.ts';
import { completeDocument } from '../src/features/documentation/complete-document.ts';
import { ANYWHERE } from '../src/features/documentation/overview.ts';
import { GOLDEN, openApiText } from './openapi-document.ts';
import { openTestShop, type TestShop } from './test-shop.ts';

interface Media {
  schema?: object;
  example?: unknown;
  examples?: object;
}
interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  security: object[];
  parameters?: {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema: { type?: string };
  }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<
    string,
    { description: string; headers?: Record<string, object>; content?: Record<string, Media> }
  >;
  'x-errors': ErrorCode[];
}

function isExampled(media: Media): boolean {
  return media.example !== undefined || media.examples !== undefined;
}

/** At least one answer of success, each with an example where it is JSON; and every answer says what it is. */
function assertAnswers(name: string, { responses }: Operation): void {
  assert.ok(
    Object.keys(responses).some((status) => status.startsWith('2')),
    name,
  );
  for (const [status, response] of Object.entries(responses)) {
    assert.ok(response.description, `${name} ${status}`);
    const contents = Object.entries(response.content ?? {});
    assert.equal(contents.length > 0, status !== '304', `${name} ${status}: content`);
    for (const [type, media] of contents) {
      assert.ok(media.schema, `${name} ${status}`);
      const isGoodJson = status.startsWith('2') && type === 'application/json';
      if (isGoodJson) assert.ok(isExampled(media), `${name} has no example`);
    }
  }
}

function assertOperation(name: string, operation: Operation): void {
  assert.ok(operation.summary, name);
  assert.ok(operation.tags.length > 0, name);
  assert.ok(Array.isArray(operation.security), name);
  assertAnswers(name, operation);
  for (const [type, media] of Object.entries(operation.requestBody?.content ?? {}))
    if (type === 'application/json') assert.ok(isExampled(media), `${name} has no example of its body`);
  for (const [, parameter] of name.matchAll(/\{(\w+)\}/g)) {
    const described = operation.parameters?.find((one) => one.name === parameter && one.in === 'path');
    assert.equal(described?.required, true, `${name} ${parameter}`);
  }
}

/** References that name nothing in the document. */
function danglingReferences(document: unknown): string[] {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map(
    (match) => match[1] ?? '',
  );
  return [...new Set(references)].filter((reference) => {
    if (!reference.startsWith('#/')) return true;
    const keys = reference.slice(2).split('/');
    return !keys.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
  });
}

describe('the OpenAPI document', () => {
  let shop: TestShop;
  // biome-ignore lint/suspicious/noExplicitAny: a document of any shape, which the tests judge
  let document: any;
  let operations: [string, Operation][];
  before(async () => {
    shop = await openTestShop();
    document = (await shop.send('GET', '/api/openapi.json', { token: null })).body;
    operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
      ([path, item]) =>
        Object.entries(item).map(([method, operation]): [string, Operation] => [
          `${method} ${path}`,
          operation,
        ]),
    );
  });
  after(() => shop.close());

  it('is of version 3.1 and has every route but the pages', () => {
    assert.equal(document.openapi, '3.1.0');
    assert.deepEqual(document.servers, [{ url: '/' }]);
    assert.equal(document.components.securitySchemes.bearer.scheme, 'bearer');
    const expected = allRoutes(shop.shop)
      .filter((route) => !route.hidden)
      .map((route) => `${route.method.toLowerCase()} ${route.path.replace(/:(\w+)/g, '{$1}')}`);
    assert.deepEqual(operations.map(([name]) => name).sort(), expected.sort());
  });

  it('gives every operation an id of its own, a summary, a tag, an example and described answers', () => {
    const ids = operations.map(([, operation]) => operation.operationId);
    assert.equal(new Set(ids).size, ids.length);
    for (const [name, operation] of operations) assertOperation(name, operation);
  });

  it('is judged by checks that see an operation that is wrong', () => {
    const [name, operation] = operations.find(([one]) => one === 'put /api/customers/{id}') ?? assert.fail();
    const { 200: good, ...refusals } = operation.responses;
    const bare = { description: 'OK', content: { 'application/json': { schema: {} } } };
    for (const wrong of [
      { summary: '' },
      { tags: [] },
      { parameters: [] },
      { requestBody: { content: { 'application/json': { schema: {} } } } },
      { responses: refusals },
      { responses: { ...operation.responses, 200: bare } },
      { responses: { ...operation.responses, 404: { description: '' } } },
    ])
      assert.throws(() => assertOperation(name, { ...operation, ...wrong }), { code: 'ERR_ASSERTION' });
    assert.ok(good);
    const astray = { a: { $ref: '#/components/schemas/Nothing' }, b: { $ref: 'https://example.com/x' } };
    assert.equal(danglingReferences(astray).length, 2);
  });

  // A text that is too long is still held against its pattern: one that tries its parts in every way stops the shop.
  it('has no pattern that takes longer the longer a text is, but by its length', () => {
    const patterns = new Set(
      [...JSON.stringify(document).matchAll(/"pattern":("(?:[^"\\\\]|\\\\.)*")/g)].map(([, p]) => p),
    );
    assert.ok(patterns.size > 5);
    for (const pattern of patterns) {
      const expression = new RegExp(JSON.parse(pattern as string) as string, 'u');
      for (const part of [
        ' ',
        '0',
        'a',
        'A',
        '.',
        '-',
        '(',
        '/',
        '+',
        '?',
        '@',
        ' +',
        '0.',
        '/a',
        'a@',
        'https://a',
      ]) {
        const from = performance.now();
        expression.test(`${part.repeat(50_000)}\n\u0000`);
        assert.ok(performance.now() - from < 1_000, `${pattern} on many ${JSON.stringify(part)}`);
      }
    }
  });

  it('describes each section that an operation names, and no other', () => {
    const described = document.tags.map((tag: { name: string }) => tag.name);
    assert.deepEqual(described.toSorted(), [...new Set(operations.flatMap(([, { tags }]) => tags))].sort());
    for (const { description } of document.tags) assert.ok(description);
  });

  it('shows the file that an upload takes', () => {
    const upload = document.paths['/api/uploads/image'].post.requestBody.content['multipart/form-data'];
    assert.deepEqual(upload.schema.required, ['image']);
    assert.equal(upload.schema.properties.image.format, 'binary');
    assert.equal(upload.encoding.image.contentType, 'image/png, image/jpeg, image/gif, image/webp');
  });

  it('says where a ticket serves, and what a list comes as', () => {
    const list = document.paths['/api/customers'].get;
    const named = (operation: typeof list) =>
      operation.parameters?.map(({ name }: { name: string }) => name) ?? [];
    assert.ok(named(list).includes('ticket'));
    assert.ok(!named(document.paths['/api/auth/me'].get).includes('ticket'));
    const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    assert.deepEqual(Object.keys(list.responses[200].content), ['application/json', 'text/csv', sheet]);
    assert.deepEqual(Object.keys(document.paths['/api/products'].get.responses[200].content), [
      'application/json',
    ]);
  });

  it('names the headers and refusals of changes where they mean something, and there alone', () => {
    for (const route of allRoutes(shop.shop).filter(({ hidden }) => !hidden)) {
      const name = `${route.method.toLowerCase()} ${route.path.replace(/:(\w+)/g, '{$1}')}`;
      const operation = operations.find(([one]) => one === name)?.[1] ?? assert.fail(name);
      const isNamed = (header: string) => operation.parameters?.some((one) => one.name === header) ?? false;
      const isChange = route.method !== 'GET' && route.access !== 'public' && !route.reads;
      const isRepeatable = isChange && route.repeatable !== false;
      assert.deepEqual(
        [isNamed('Idempotency-Key'), '422' in operation.responses],
        [isRepeatable, isRepeatable],
        name,
      );
      assert.equal(isNamed('If-Match'), route.errors?.includes('stale_version') ?? false, name);
      assert.equal('413' in operation.responses, route.body !== undefined, name);
    }
  });

  it('gives every query parameter the type of what it means', () => {
    const typeOf = new Map([
      ...['page', 'per_page', 'limit', 'skip', 'days', 'months', 'dead_days'].map((name) => [
        name,
        'integer',
      ]),
      ...['price', 'weight'].flatMap((of) => [`min_${of}`, `${of}_max`]).map((name) => [name, 'number']),
      ...['include_price', 'removed', 'include_held', 'images'].map((name) => [name, 'boolean']),
    ] as [string, string][]);
    const seen = new Set<string>();
    for (const [name, { parameters = [] }] of operations)
      for (const one of parameters) {
        assert.ok(one.description, `${name} ${one.name}`);
        const type = typeOf.get(one.name);
        if (type !== undefined) assert.equal(one.schema.type, type, `${name} ${one.name}`);
        if (type !== undefined) seen.add(one.name);
      }
    assert.deepEqual([...seen].sort(), [...typeOf.keys()].sort());
    const statuses = document.paths['/api/orders'].get.parameters.find(
      ({ name }: { name: string }) => name === 'status',
    );
    assert.deepEqual(statuses.schema.enum, ['pending', 'processing', 'completed', 'cancelled', 'all']);
  });

  it('says which bodies may be left out', () => {
    for (const route of allRoutes(shop.shop).filter(({ hidden, body }) => !hidden && body)) {
      const path = route.path.replace(/:(\w+)/g, '{$1}');
      const { requestBody, 'x-errors': codes } = document.paths[path][route.method.toLowerCase()];
      assert.equal(requestBody.required, !route.bodyOptional, path);
      assert.equal(codes.includes('body_required'), !route.bodyOptional, path);
    }
  });

  it('names every refusal that can reach a caller', () => {
    const named = operations.flatMap(([, { 'x-errors': codes }]) => codes);
    // What became of a training stands in its job.
    const inside = ['job_lost'];
    assert.deepEqual(
      ERROR_CODES.filter((code) => !named.includes(code) && !inside.includes(code)).sort(),
      [...ANYWHERE].sort(),
    );
    const { invalid_input: invalid } = document.components.examples;
    assert.deepEqual(Object.keys(invalid.value.error.fields[0]), ['field', 'rule', 'limit']);
    for (const code of ANYWHERE) assert.match(document.info.description, new RegExp(`\`${code}\``));
  });

  it('names the headers of answers, and when nothing changed', async () => {
    for (const [name, { parameters = [], responses }] of operations) {
      const good =
        Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1] ?? assert.fail(name);
      const isTagged = parameters.some((one) => one.name === 'If-None-Match');
      assert.equal('304' in responses, isTagged, name);
      if (isTagged) assert.ok(good.headers?.ETag, name);
      for (const status of ['429', '503'])
        if (responses[status]) assert.ok(responses[status].headers?.['Retry-After'], `${name} ${status}`);
    }
    const { headers } = document.paths['/api/khata/transactions'].post.responses[201];
    assert.deepEqual(Object.keys(headers), ['X-Journal-Position']);
    const list = await shop.send('GET', '/api/customers');
    const sent = { 'if-none-match': list.headers.get('etag') ?? '' };
    assert.equal((await shop.send('GET', '/api/customers', { headers: sent })).status, 304);
    assert.match(
      document.paths['/api/products'].get.responses[429].description,
      /300 requests with `search` at once/,
    );
    for (const [path, header] of [
      ['get /api/events', 'Last-Event-ID'],
      ['post /api/auth/login', 'X-Session'],
    ] as const) {
      const [, operation] = operations.find(([one]) => one === path) ?? assert.fail(path);
      assert.ok(
        operation.parameters?.some((one) => one.name === header && one.in === 'header'),
        path,
      );
    }
  });

  it('has each shape once, under its name', () => {
    const { schemas } = document.components;
    const list = document.paths['/api/products'].get.responses[200].content['application/json'].schema;
    assert.deepEqual(list.properties.data.items, { $ref: '#/components/schemas/Product' });
    assert.ok(schemas.Product.properties.current_price);
    assert.equal(schemas.Order.properties.items.items.$ref, '#/components/schemas/OrderItem');
    const text = JSON.stringify(document);
    for (const name of Object.keys(schemas)) assert.ok(text.includes(`"#/components/schemas/${name}"`), name);
  });

  it('is not made where two shapes have one name', () => {
    const reply = (property: string) => ({
      get: {
        responses: {
          200: {
            content: {
              'application/json': {
                schema: { title: 'Thing', type: 'object', properties: { [property]: { type: 'string' } } },
              },
            },
          },
        },
      },
    });
    assert.ok(completeDocument({ paths: { '/a': reply('a'), '/b': reply('a') } }));
    assert.throws(() => completeDocument({ paths: { '/a': reply('a'), '/b': reply('b') } }), /named Thing/);
  });

  it('lets through what is taken by a validator that divides binary floats', () => {
    const bodyOf = (path: string) => document.paths[path].post.requestBody.content['application/json'].schema;
    const item = { product_id: '65f0c0ffee0123456789abcd', unit_price: 33.33 };
    const order = { customer_id: '65f0c0ffee0123456789abcd', items: [item] };
    const piece = { name: 'Ring', category: 'Ring', base_price: 1.1, weight: 1.4 };
    for (const [path, body] of [
      ['/api/orders', order],
      ['/api/products', piece],
    ] as const) {
      const validate = new Ajv({ strict: false }).compile(bodyOf(path));
      assert.ok(validate(body), `${path}: ${JSON.stringify(validate.errors)}`);
    }
    assert.doesNotMatch(JSON.stringify(document), /"multipleOf":0?\./);
    const { base_price: price, weight } = bodyOf('/api/products').properties;
    assert.match(price.description, /; at most 2 decimals$/);
    assert.match(weight.description, /; at most 3 decimals$/);
  });

  it('says that a refusal has its envelope also where the status has a body of its own', () => {
    const { 400: refused } = document.paths['/api/predictions/retrain'].post.responses;
    const [own, envelope] = refused.content['application/json'].schema.anyOf;
    assert.ok(own.properties.job_id);
    assert.deepEqual(envelope, { $ref: '#/components/schemas/ErrorReply' });
  });

  it('has no reference that leads nowhere, and none that leads outside', () => {
    assert.deepEqual(danglingReferences(document), []);
    assert.doesNotMatch(JSON.stringify(document), /undefined|\[object/);
    assert.doesNotMatch(JSON.stringify(document), /https?:\/\/(?!shop\.example|example\.com)/);
  });

  it('is the one that was agreed (npm run openapi takes a new one)', async () => {
    assert.equal(await openApiText(), readFileSync(GOLDEN, 'utf8'));
  });

  it('has a page that needs nothing from outside', async () => {
    const page = await shop.send('GET', '/api/docs', { token: null });
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.text, /https?:\/\//);
    const sources = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] as string);
    assert.ok(sources.length >= 4);
    for (const source of sources) {
      const answer = await shop.send('GET', new URL(source, `${shop.origin}/api/docs`).pathname, {
        token: null,
      });
      assert.equal(answer.status, 200, source);
      const policy = answer.headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src 'none'; script-src 'self';/);
      assert.doesNotMatch(policy, /https?:|unsafe-eval/);
    }
    const json = await shop.send('GET', '/api/docs/json', { token: null });
    assert.deepEqual(json.body, document);
  });
});
