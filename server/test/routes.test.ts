// What every route must have, and who may use it, as told by the routes themselves.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv, type ErrorObject } from 'ajv';
import { Type } from 'typebox';
import { allRoutes } from '../src/app.ts';
import { PERMISSIONS, type Role, STAFF_PERMISSIONS } from '../src/domain/permissions.ts';
import { type ErrorCode, ShopError } from '../src/domain/shop-error.ts';
import { ERROR_TABLE } from '../src/http/error-table.ts';
import { replySerializer } from '../src/http/reply-serializers.ts';
import type { Route } from '../src/http/route.ts';
import { bodyChecker } from '../src/http/validation.ts';
import { exampleAddress, exampleBody } from './example-request.ts';
import { openTestShop, type TestShop } from './test-shop.ts';

const SOURCE = fileURLToPath(new URL('../src', import.meta.url));
const nameOf = (route: Route): string => `${route.method} ${route.path}`;

describe('routes', () => {
  let shop: TestShop;
  let routes: Route[];
  before(async () => {
    shop = await openTestShop();
    routes = allRoutes(shop.shop);
  });
  after(() => shop.close());

  it('are registered in one way only', () => {
    const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
    );
    const direct = files.filter((file) =>
      /\b(app|fastify|instance|server)\.(get|post|put|patch|delete|all|route)\(/.test(
        readFileSync(join(SOURCE, file), 'utf8'),
      ),
    );
    assert.deepEqual(direct, [join('http', 'register-route.ts')]);
    assert.equal(new Set(routes.map(nameOf)).size, routes.length);
    for (const { method, path } of routes) assert.ok(shop.app.hasRoute({ method, url: path }), path);
  });

  it('have all that a route must have, and examples that fit', () => {
    for (const route of routes) assert.deepEqual(flawsOf(route), [], nameOf(route));
  });

  it('are judged by checks that see each flaw', () => {
    const sound = routes.find((route) => nameOf(route) === 'POST /api/customers') ?? assert.fail();
    const { example } = sound as { example: { data: object } };
    const flaws: [string, Partial<Route>][] = [
      ['access', { access: 'everything' as Route['access'] }],
      ['summary', { summary: '' }],
      ['tag', { tag: '' }],
      ['path', { path: '/api/customers/' }],
      ['error', { errors: ['no_such_code' as ErrorCode] }],
      ['reply', { reply: null }],
      ['example', { example: { success: true, data: { ...example.data, name: 7 } } }],
      ['serializer', { replies: { 202: Type.Unsafe({ type: 'moon' }) } }],
      ['undeclared', { example: { success: true, data: { ...example.data, password_hash: 'x' } } }],
      ['body', { body: Type.Object({ name: Type.String() }, { examples: [{ name: 7 }] }) }],
      ['body', { body: Type.Object({ name: Type.String() }) }],
      [
        'body',
        { body: Type.Object({ name: Type.Unsafe({ minLength: '1' }) }, { examples: [{ name: 'x' }] }) },
      ],
    ];
    for (const [flaw, wrong] of flaws) {
      assert.deepEqual(
        flawsOf({ ...sound, ...wrong }).map((text) => text.split(':')[0]),
        [flaw],
        flaw,
      );
    }
  });

  const callers: [string, Role | null][] = [
    ['nobody', null],
    ['an account without rights', 'user'],
    ['appointed staff', 'staff'],
    ['an admin', 'admin'],
  ];
  for (const [who, role] of callers) {
    it(`let ${who} do what the policy says and no more`, async () => {
      for (const route of routes) {
        // Some end their own session, so each gets one of its own.
        const token = role === null ? null : await shop.signIn(role);
        const body = exampleBody(route);
        const answer = await shop.send(route.method, exampleAddress(route), {
          token,
          ...(body === undefined ? {} : { body }),
        });
        const verdict = verdictOf(answer.body?.error?.type);
        assert.equal(verdict, expectedVerdict(route, role), nameOf(route));
        // Of a route that is guarded the check must see when it is left open.
        if (verdict !== 'open') {
          assert.notEqual(verdict, expectedVerdict({ ...route, access: 'public' }, role), nameOf(route));
        }
        if (answer.status === 403 && verdictOf(answer.body.error.type) === 403) {
          assert.equal(answer.body.error.message, 'Admin access required');
          assert.ok(answer.body.error.details.includes(route.access), nameOf(route));
        }
      }
    });
  }

  it('refuse every method that they do not have', async () => {
    const paths = new Map<string, Set<string>>();
    for (const route of routes) {
      const address = exampleAddress(route);
      paths.set(address, (paths.get(address) ?? new Set()).add(route.method));
    }
    for (const [address, methods] of paths) {
      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']) {
        if (methods.has(method)) continue;
        const answer = await shop.send(method, address);
        // An address with an id may fit a wider route too.
        if (answer.status !== 405) {
          const wider = routes.some((route) => route.method === method && fits(route.path, address));
          const isFixed = routes.some(({ path }) => path === address);
          assert.ok(wider && !isFixed, `${method} ${address} answers ${answer.status}`);
        }
      }
    }
  });
});

const examples = new Ajv({
  strict: false,
  allErrors: true,
  validateFormats: false,
  multipleOfPrecision: 6,
});

/** What is wrong with a route, each beginning with the part that is. */
function flawsOf(route: Route): string[] {
  const known: readonly string[] = ['public', 'signed-in', ...PERMISSIONS];
  const unknown = (route.errors ?? []).filter((code) => !(code in ERROR_TABLE));
  return [
    ...(known.includes(route.access) ? [] : [`access: ${route.access}`]),
    ...(route.summary.length >= 5 ? [] : ['summary: missing']),
    ...(route.tag.length > 0 ? [] : ['tag: missing']),
    ...(route.path === '/' || !route.path.endsWith('/') ? [] : ['path: ends in a slash']),
    ...unknown.map((code) => `error: ${code}`),
    ...(route.reply !== null || route.produces !== undefined ? [] : ['reply: neither schema nor type']),
    ...flawsOfSerializers(route),
    ...flawsOfExample(route),
    ...flawsOfBody(route),
  ];
}

/** They are made when a route first answers; none may fail then. */
function flawsOfSerializers({ reply, replies = {} }: Route): string[] {
  return [reply, ...Object.values(replies)].flatMap((schema) => {
    try {
      if (schema !== null) replySerializer(schema);
      return [];
    } catch (error) {
      return [`serializer: ${error}`];
    }
  });
}

function flawsOfExample({ reply, example }: Route): string[] {
  if (example === undefined) return ['example: missing'];
  if (reply === null) return [];
  const validate = examples.compile(reply);
  if (!validate(example)) return [`example: ${problems(validate.errors)}`];
  return undeclaredFields(reply, example, '').map((field) => `undeclared: ${field}`);
}

function flawsOfBody(route: Route): string[] {
  if (route.body === undefined) return [];
  if (!examples.validateSchema(route.body)) return [`body: is no schema: ${problems(examples.errors)}`];
  const body = exampleBody(route);
  if (Object.keys(body ?? {}).length === 0) return ['body: no example'];
  try {
    bodyChecker(route.body)(body);
    return [];
  } catch (error) {
    assert.ok(error instanceof ShopError);
    return [`body: ${JSON.stringify(error.refusal.fields)}`];
  }
}

function expectedVerdict(route: Route, role: Role | null): 'open' | 401 | 403 {
  if (route.access === 'public') return 'open';
  if (role === null) return 401;
  if (route.access === 'signed-in' || role === 'admin') return 'open';
  const granted: readonly string[] = role === 'staff' ? STAFF_PERMISSIONS : [];
  return granted.includes(route.access) ? 'open' : 403;
}

/** What the door said; 401 and 403 of the route's own (a wrong password, a set-up code) are not the door's. */
function verdictOf(type: string | undefined): 'open' | 401 | 403 {
  if (type === 'forbidden') return 403;
  return ['unauthenticated', 'token_invalid', 'token_expired', 'token_revoked'].includes(type ?? '')
    ? 401
    : 'open';
}

function fits(path: string, address: string): boolean {
  return new RegExp(`^${path.replace(/:\w+/g, '[^/]+').replace('*', '.*')}$`).test(address);
}

function problems(errors: ErrorObject[] | null | undefined): string {
  return (errors ?? []).map((error) => `${error.instancePath} ${error.message}`).join('; ');
}

interface Schema {
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: unknown;
  patternProperties?: unknown;
  anyOf?: Schema[];
}

/** Fields of an example that its schema does not name: they would be dropped from a real answer. */
function undeclaredFields(schema: Schema, value: unknown, path: string): string[] {
  if (Array.isArray(value))
    return value.flatMap((item) => undeclaredFields(schema.items ?? {}, item, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [];
  const { properties } = schema;
  if (properties === undefined || schema.additionalProperties || schema.patternProperties) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    const inner = properties[name];
    return inner ? undeclaredFields(inner, item, `${path}.${name}`) : [`${path}.${name}`];
  });
}
