import type { Defect } from './defect.ts';

/** What goes wrong with who comes in, and with what they send. */
export const OF_THE_DOOR = {
  'tokens of any algorithm': {
    what: 'a token may name HS384 or HS512',
    pieces: [
      {
        file: 'http/access-token.ts',
        find: "algorithms: ['HS256'],",
        put: "algorithms: ['HS256', 'HS384', 'HS512'],",
      },
    ],
  },
  'accounts of a moment ago': {
    what: 'who calls is read from a memory of up to a second',
    pieces: [
      {
        file: 'http/session.ts',
        find: '  const bearer = await shop.store.sessions.bearer(userId, claims.sessionId);',
        put: `  const kept = remembered.get(token);
  const isFresh = kept !== undefined && performance.now() - kept.at < 1000;
  const bearer = isFresh ? kept.bearer : await shop.store.sessions.bearer(userId, claims.sessionId);
  if (!isFresh) remembered.set(token, { at: performance.now(), bearer });`,
      },
      {
        file: 'http/session.ts',
        find: 'export interface Caller {',
        put: `const remembered = new Map<string, { at: number; bearer: Awaited<ReturnType<Shop['store']['sessions']['bearer']>> }>();
export interface Caller {`,
      },
    ],
  },
  'reused tokens are siblings': {
    what: 'a refresh token that was used before gets a sibling for ever',
    pieces: [
      { file: 'domain/session-rules.ts', find: "? 'reused' : 'sibling'", put: "? 'sibling' : 'sibling'" },
    ],
  },
  'staff may do everything': {
    what: 'a clerk has every permission',
    pieces: [
      {
        file: 'domain/permissions.ts',
        find: "user.role === 'staff' ? user.permissions",
        put: "user.role === 'staff' ? PERMISSIONS",
      },
    ],
  },
  'numbers out of anything': {
    what: 'texts, booleans and null become numbers in bodies',
    pieces: [{ file: 'http/validation.ts', find: 'coerceTypes: false', put: 'coerceTypes: true' }],
  },
  'bills in floats': {
    what: 'lines are multiplied in rupees, as floats, and cut off',
    pieces: [
      {
        file: 'domain/bill.ts',
        find: 'BigInt(line.quantity) * BigInt(line.unitPricePaise)',
        put: 'BigInt(Math.trunc(line.quantity * (line.unitPricePaise / 100) * 100))',
      },
    ],
  },
  'unknown names answer at once': {
    what: 'no password is hashed for a name that nobody has',
    pieces: [
      {
        file: 'features/auth/log-in.ts',
        find: 'const right = await verifyPassword(tried.password, user?.passwordHash ?? null,',
        put: 'const right = user !== null && await verifyPassword(tried.password, user.passwordHash,',
      },
    ],
  },
  'a hundred guesses': {
    what: 'a hundred wrong passwords are let through',
    pieces: [{ file: 'domain/session-rules.ts', find: 'MAX_FAILURES = 10', put: 'MAX_FAILURES = 100' }],
  },
  'foreign origins are welcome': {
    what: 'the origin of a request is reflected whatever it is',
    pieces: [
      {
        file: 'http/headers.ts',
        find: "origin: anyOrigin ? '*' : [...config.corsOrigins],",
        put: 'origin: true,',
      },
    ],
  },
  'whole addresses in the log': {
    what: 'the line of a request has its query string',
    pieces: [
      {
        file: 'http/log.ts',
        find: 'path: request.is404 ? harmlessPath(request) : request.routeOptions.url,',
        put: 'path: request.is404 ? harmlessPath(request) : request.url,',
      },
    ],
  },
  'uploads are kept as they came': {
    what: 'a picture is stored without being made anew',
    pieces: [
      {
        file: 'features/uploads/re-encode.ts',
        find: 'return { type, bytes: await turn };',
        put: 'await turn; return { type, bytes };',
      },
    ],
  },
  'slow clients have all the time': {
    what: 'no limit on how long a request takes to arrive',
    pieces: [
      { file: 'app.ts', find: 'requestTimeout: 12_000', put: 'requestTimeout: 0' },
      { file: 'app.ts', find: 'headersTimeout: 8_000', put: 'headersTimeout: 0' },
      { file: 'app.ts', find: 'connectionTimeout: 14_000', put: 'connectionTimeout: 0' },
    ],
  },
  'sign-up takes the role it is sent': {
    what: 'an account that signs itself up gets the role of its body',
    pieces: [
      {
        file: 'features/auth/account-routes.ts',
        find: "        role: 'staff' as const,\n        permissions: [],\n        appointed: false,",
        put: "        role: ((body as { role?: 'admin' }).role ?? 'staff') as 'staff',\n        permissions: [],\n        appointed: false,",
      },
    ],
  },
  'searches are put into the SQL': {
    what: 'what is searched for stands in the text of the statement',
    pieces: [
      {
        file: 'store/sqlite/reads/conditions.ts',
        find: 'return `instr(\u0024{column}, :part\u0024{n}) > 0`;',
        // Not a whole attack, but all that one needs: the text is no value any more.
        put: "return `(instr(\u0024{column}, :part\u0024{n}) > 0 OR \u0024{column} LIKE '%\u0024{text}%')`;",
      },
    ],
  },
  'texts go into CSV as they are': {
    what: 'no apostrophe stands before a text that begins a formula',
    pieces: [
      {
        file: 'http/csv.ts',
        find: 'const text = IN_NEED.test(cell) ?',
        put: "const text = IN_NEED.test('') ?",
      },
    ],
  },
  'refusals do not say when to come back': {
    what: 'no Retry-After',
    pieces: [
      {
        file: 'http/error-reply.ts',
        find: "reply.header('Retry-After', ",
        put: "reply.header('X-Nothing', ",
      },
    ],
  },
  'the page writes its address into itself': {
    what: 'the console writes its own address into the page, and has no policy for scripts',
    pieces: [
      {
        file: 'features/console/console-routes.ts',
        find: "import { existsSync } from 'node:fs';",
        put: "import { existsSync, readFileSync } from 'node:fs';",
      },
      {
        file: 'features/console/console-routes.ts',
        find: "reply.header('Content-Security-Policy', PAGE_POLICY)",
        put: "reply.removeHeader('Content-Security-Policy')",
      },
      {
        file: 'features/console/console-routes.ts',
        find: 'return reply.sendFile(PAGE, { cacheControl: false });',
        put: `return reply.type('text/html').send(readFileSync(join(DIST, PAGE), 'utf8')
    .replace('<body>', '<body><script>document.write(decodeURIComponent(location.search))</script>'));`,
      },
    ],
  },
} satisfies Record<string, Defect>;
