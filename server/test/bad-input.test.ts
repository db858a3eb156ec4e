// Bad input: whatever is sent, the answer is of the 400 family, in the envelope, and names the field and what is
// allowed. The routes and their examples are read from the application, so new ones are covered.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { allRoutes } from '../src/app.ts';
import { type FieldProblem, ShopError } from '../src/domain/shop-error.ts';
import type { Route } from '../src/http/route.ts';
import { bodyChecker } from '../src/http/validation.ts';
import { exampleAddress, exampleBody } from './example-request.ts';
import { type Answer, openTestShop, type TestShop } from './test-shop.ts';

const LONG_TEXT = 'x'.repeat(5000);
const MUTATIONS: readonly unknown[] = [
  null,
  true,
  '1',
  [1],
  {},
  { $ne: null },
  1e308,
  -1,
  1.000001,
  2 ** 53,
  '',
  '   ',
  'NaN',
  "' OR 1=1 --",
  '\u0000',
  LONG_TEXT,
  'no-such-value',
];
/** What a number may never be made of; numeric texts are judged by the schema, as some fields take them. */
const NO_NUMBERS: readonly unknown[] = [true, [1], {}, 1e308, 'NaN', ''];

const ODD_TEXTS = ['', 'NaN', '-1', '1e308', '0', '9'.repeat(20), "'", '%00', '%E0%A4%A8', 'x'.repeat(3000)];
const ODD_IDS = ['0', 'null', '\u0000', '..%2f..%2fx', 'ZZe0c0ffee0123456789abcd', '1e308', "' OR 1=1"];

const json = { 'content-type': 'application/json' };
const nested = (levels: number) => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;
/** What is no JSON object, with its headers and the contract's message. */
const BROKEN_TEXTS = [
  ['{"name": ', json, 'Invalid JSON format'],
  ['{"a": NaN}', json, 'Invalid JSON format'],
  ['{"__proto__": {"role": "admin"}}', json, 'Invalid JSON format'],
  ['{"a": {"constructor": {"prototype": {"x": 1}}}}', json, 'Invalid JSON format'],
  [Buffer.from('{"name": "Caf\xe9"}', 'latin1'), json, 'Invalid JSON format'],
  ['"text"', json, 'Invalid JSON format'],
  ['[1, 2]', json, 'Invalid JSON format'],
  ['name=Asha', { 'content-type': 'application/x-www-form-urlencoded' }, null],
  ['{"name": "Asha"}', { 'content-type': 'text/plain' }, null],
  ['<a/>', { 'content-type': 'no type at all' }, null],
  ['', json, null],
] as const;
const DEEP_TEXTS = [
  [nested(100_000), json, 'Invalid JSON format'],
  [nested(500_000), json, 'Request body is too large'],
] as const;
/** Half a megabyte of brackets takes its time, and what counts them stands before all routes: every sixth gets them. */
const brokenTexts = (at: number) => [...BROKEN_TEXTS, ...(at % 6 === 0 ? DEEP_TEXTS : [])];

type Body = Record<string, unknown>;
interface FieldSchema {
  type?: string | string[];
  items?: { properties?: Record<string, FieldSchema> };
}
const nameOf = (route: Route): string => `${route.method} ${route.path}`;

function fieldsOf(route: Route): [string, FieldSchema][] {
  return Object.entries((route.body as { properties?: Record<string, FieldSchema> }).properties ?? {});
}

const checkers = new Map<Route, (body: unknown) => void>();

/** What the schema says to a body; the check may turn numeric texts into numbers, so it gets a copy. */
function schemaProblems(route: Route, body: unknown): FieldProblem[] {
  const check = checkers.get(route) ?? bodyChecker(route.body as object, route.messages);
  checkers.set(route, check);
  try {
    check(structuredClone(body));
    return [];
  } catch (error) {
    assert.ok(error instanceof ShopError);
    return error.refusal.fields ?? [];
  }
}

function assertNoFailure(answer: Answer, what: string): void {
  const untrained = answer.body?.error?.type?.endsWith('_not_trained');
  assert.ok(answer.status < 500 || untrained, `${what}: ${answer.status} ${answer.text.slice(0, 300)}`);
  if (answer.status < 400) return;
  assert.equal(answer.body.success, false, what);
  assert.equal(answer.body.error.code, answer.status, what);
  assert.ok(answer.body.error.request_id, what);
}

describe('bad input', () => {
  let shop: TestShop;
  let routes: Route[];
  before(async () => {
    shop = await openTestShop({ loginThrottle: false });
    routes = allRoutes(shop.shop).filter((route) => route.body !== undefined);
  });
  after(() => shop.close());

  // Some routes end the session that uses them, so each gets one of its own.
  const tokens = new Map<Route, string>();
  const tokenFor = async (route: Route): Promise<string> => {
    const token = tokens.get(route) ?? (await shop.signIn('admin'));
    tokens.set(route, token);
    return token;
  };
  const send = async (route: Route, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    shop.send(route.method, exampleAddress(route), {
      token: await tokenFor(route),
      body: body as object,
      headers,
    });

  it('names every field that is wrong and what is allowed', async () => {
    let tried = 0;
    for (const [at, { route, field, value, body, what }] of routes.flatMap(mutationsOf).entries()) {
      const expected = schemaProblems(route, body);
      if (mustBeRefused(route, field, value)) assert.ok(expected.length > 0, `${what} is allowed`);
      if (expected.length === 0 && isDear(route)) continue;
      // What the schema refuses is worded in one place: every third of it is sent, each field's in turn.
      if (expected.length > 0 && at % 3 !== 0) continue;
      const answer = await send(route, body);
      tried++;
      assertNoFailure(answer, what);
      if (expected.length > 0) assertNamed(answer, field, what);
    }
    assert.ok(tried > 500, `only ${tried} requests`);
  });

  it('names every field that is missing', async () => {
    for (const route of routes) {
      const required = (route.body as { required?: string[] }).required ?? [];
      for (const field of required) {
        const { [field]: _left, ...body } = exampleBody(route) ?? {};
        const answer = await send(route, { ...body, unknown_field: 1 });
        assert.equal(answer.status, 400, `${nameOf(route)} without ${field}`);
        assert.ok(
          answer.body.error.fields.some((problem: FieldProblem) => problem.field === field),
          `${nameOf(route)} without ${field}: ${answer.text.slice(0, 300)}`,
        );
      }
    }
  });

  it('answers what is no JSON object with the two messages of the contract', async () => {
    for (const [at, route] of routes.entries()) {
      for (const [text, headers, message] of brokenTexts(at)) {
        const answer = await send(route, text, headers);
        const what = `${nameOf(route)} ${text.slice(0, 30)}`;
        assertNoFailure(answer, what);
        if (text.length === 0 && route.bodyOptional) continue;
        assert.ok(answer.status === 400 || answer.status === 413, what);
        assert.equal(answer.body.error.message, message ?? 'Invalid JSON format', what);
      }
      if (route.bodyOptional) continue;
      for (const empty of ['{}', '[]', 'null', '0']) {
        const answer = await send(route, empty, json);
        assert.equal(answer.status, 400, `${nameOf(route)} ${empty}`);
        assert.equal(answer.body.error.message, 'Request body is required', `${nameOf(route)} ${empty}`);
      }
    }
  });

  it('says of JSON with a member that is never taken that it is JSON', async () => {
    for (const text of ['{"__proto__": {}}', '{"a": {"constructor": {"prototype": {}}}}']) {
      const { status, body } = await send(routes[0] as Route, text, json);
      assert.equal(status, 400);
      assert.match(body.error.details, /must not have a member "__proto__"/, text);
    }
  });

  it('refuses a body over the limit of its route', async () => {
    for (const route of routes) {
      const text = JSON.stringify({
        ...exampleBody(route),
        filling: 'x'.repeat((route.bodyLimit ?? 512 * 1024) + 1),
      });
      const answer = await send(route, text, { 'content-type': 'application/json' });
      assert.equal(answer.status, 413, nameOf(route));
      assertNoFailure(answer, nameOf(route));
    }
  });

  const cheapRoutes = (): Route[] =>
    allRoutes(shop.shop).filter((route) => !isDear(route) && !route.path.includes('*'));

  it('takes odd queries and headers without failing, and with an answer that is documented', async () => {
    const { body: document } = await shop.send('GET', '/api/openapi.json');
    for (const [at, route] of cheapRoutes().entries()) {
      const names = Object.keys((route.query as { properties?: object } | undefined)?.properties ?? {});
      const body = exampleBody(route);
      // Every third at each route, another third at the next.
      for (const value of ODD_TEXTS.filter((_, n) => (n + at) % 3 === 0)) {
        const query = [...names, 'page', 'constructor', '__proto__']
          .map((name) => `${name}=${value}`)
          .join('&');
        const answer = await shop.send(route.method, `${exampleAddress(route)}?${query}`, {
          token: await tokenFor(route),
          ...(body ? { body } : {}),
          headers: {
            'if-match': value.slice(0, 50).replaceAll('%', ''),
            'x-retry-count': value.slice(0, 20),
            'x-request-id': value.slice(0, 70),
          },
        });
        if (answer.body !== null && 'success' in answer.body)
          assertNoFailure(answer, `${nameOf(route)} ?${value.slice(0, 20)}`);
        const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
        // Pages such as the console's are no part of the document; too long an address never reaches a route.
        const described = document.paths[path]?.[route.method.toLowerCase()];
        const isSaid =
          described === undefined || answer.status === 431 || String(answer.status) in described.responses;
        assert.ok(isSaid, `${nameOf(route)} ${answer.status} is not documented`);
      }
    }
  });

  it('answers a malformed id with the 400 family', async () => {
    for (const route of cheapRoutes().filter(({ path }) => path.includes(':'))) {
      const body = exampleBody(route);
      for (const id of ODD_IDS) {
        const answer = await shop.send(route.method, route.path.replace(/:\w+/g, encodeURI(id)), {
          token: await tokenFor(route),
          ...(body ? { body } : {}),
        });
        const what = `${nameOf(route)} ${id}`;
        assert.ok(
          [400, 404].includes(answer.status),
          `${what}: ${answer.status} ${answer.text.slice(0, 200)}`,
        );
        assertNoFailure(answer, what);
      }
    }
  });
});

interface Mutation {
  route: Route;
  field: string;
  value: unknown;
  body: Body;
  what: string;
}

function mutationsOf(route: Route): Mutation[] {
  return fieldsOf(route).flatMap(([field, schema]) => {
    const example = exampleBody(route) ?? {};
    const bodies = MUTATIONS.map((value) => ({
      value,
      inner: '',
      body: { ...example, [field]: value } as Body,
    }));
    const row = Array.isArray(example[field]) ? example[field][0] : undefined;
    for (const inner of Object.keys(schema.items?.properties ?? {})) {
      for (const value of MUTATIONS)
        bodies.push({ value, inner, body: { ...example, [field]: [{ ...row, [inner]: value }] } });
    }
    return bodies.map(({ value, inner, body }) => ({
      route,
      field,
      value,
      body,
      what: `${nameOf(route)} ${field}${inner && `.0.${inner}`}=${JSON.stringify(value)?.slice(0, 40)}`,
    }));
  });
}

function mustBeRefused(route: Route, field: string, value: unknown): boolean {
  const types = [fieldsOf(route).find(([name]) => name === field)?.[1].type].flat();
  const isNumber = types.includes('number') || types.includes('integer');
  return isNumber && NO_NUMBERS.includes(value);
}

function assertNamed(answer: Answer, field: string, what: string): void {
  assert.equal(answer.status, 400, `${what}: ${answer.text.slice(0, 200)}`);
  const named: FieldProblem[] = answer.body.error.fields;
  assert.ok(
    named.some((problem) => problem.field === field || problem.field.startsWith(`${field}.`)),
    `${what}: ${answer.text.slice(0, 300)}`,
  );
  for (const problem of named) {
    assert.ok(problem.rule.length > 0 && problem.limit.length > 0, what);
    assert.equal(typeof answer.body.error.details[problem.field], 'string', what);
  }
}

/** Routes that hash a password when their input is good; a few hundred of those would take minutes. */
function isDear(route: Route): boolean {
  return /\/auth\/(login|signup|register|change-password)|\/setup|\/users/.test(route.path);
}
