// The planted defects: each is one or a few pieces of the source and what is put in their place, in a copy. They exist
// here only; proof.test.ts shows that each still fits the source and that none stands in the product.

export interface Defect {
  what: string;
  pieces: { file: string; find: string; put: string }[];
}

const DOOR = 'store/sqlite/writes/door.ts';

export const DEFECTS = {
  'repeats are new requests': {
    what: 'a repeated Idempotency-Key is looked up and ignored',
    pieces: [
      {
        file: DOOR,
        find: 'if (saved) return saved;',
        put: 'if (saved?.position === -1) return saved;',
      },
    ],
  },
  'stock is not asked': {
    what: 'strict stock lets an order through when the shelf is empty',
    pieces: [
      {
        file: 'domain/stock.ts',
        find: 'return strict ? null : stock;',
        put: 'return strict ? stock : stock;',
      },
    ],
  },
  'balance of a moment ago': {
    what: 'a posting starts from the balance read up to 3 ms ago',
    pieces: [
      {
        file: 'store/sqlite/writes/khata.ts',
        find: "  if (!account) throw refuse('customer_not_found');\n  return account;",
        put: `  if (!account) throw refuse('customer_not_found');
  const kept = remembered.get(customerId);
  if (kept && tx.by.at - kept.at < 3) return kept.account;
  remembered.set(customerId, { at: tx.by.at, account });
  return account;`,
      },
      {
        file: 'store/sqlite/writes/khata.ts',
        find: '/** A posting by hand. */',
        put: 'const remembered = new Map<string, { at: number; account: Account }>();\n/** A posting by hand. */',
      },
    ],
  },
  'few order numbers': {
    what: 'an order tries one number out of 36',
    pieces: [
      { file: 'features/orders/create-order.ts', find: 'TAIL_LENGTH = 4', put: 'TAIL_LENGTH = 1' },
      { file: 'features/orders/create-order.ts', find: 'TAIL_TRIES = 20', put: 'TAIL_TRIES = 1' },
    ],
  },
  'answered before the commit': {
    what: 'khata postings, orders and sales are answered and committed up to 250 ms later',
    pieces: [
      {
        file: DOOR,
        find: "    db.run('BEGIN IMMEDIATE');",
        put: "    if (!db.isTransaction) db.run('BEGIN IMMEDIATE');",
      },
      {
        file: DOOR,
        find: '      for (const command of commands) {',
        put: '      const names: string[] = [];\n      for (const command of commands) {\n        names.push(command.name);',
      },
      {
        file: DOOR,
        find: "      db.run('COMMIT');",
        put: `      const later = names.every((name) => /^(khata|orders|sales)/.test(name));
      if (!later) db.run('COMMIT');
      else setTimeout(() => { if (db.isTransaction) db.run('COMMIT'); }, 250);`,
      },
    ],
  },
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
  'ends at once': {
    what: 'SIGTERM ends the process with requests in flight',
    pieces: [
      {
        file: 'main.ts',
        find: 'server.stop().then(() => process.exit(0), die);',
        put: 'process.exit(0);',
      },
    ],
  },
  'pages are not looked at': {
    what: 'a start looks at no page that it does not need',
    pieces: [{ file: 'store/sqlite/page-check.ts', find: 'if (bytes > QUICK_BYTES)', put: 'if (bytes > 0)' }],
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
        find: 'const right = await verifyPassword(tried.password, user?.passwordHash ?? null);',
        put: 'const right = user !== null && (await verifyPassword(tried.password, user.passwordHash));',
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
  'totals from two moments': {
    what: 'the reads of one answer are of different moments, up to half a second apart',
    pieces: [
      {
        file: 'store/sqlite/reads/khata.ts',
        find: 'export function summariseKhata(',
        put: `const lastSummary = { at: 0, value: null as KhataSummary | null };
export function summariseKhata(db: Db, shopId: string): KhataSummary {
  if (lastSummary.value !== null && performance.now() - lastSummary.at < 500) return lastSummary.value;
  lastSummary.value = summariseNow(db, shopId);
  lastSummary.at = performance.now();
  return lastSummary.value;
}
function summariseNow(`,
      },
    ],
  },
  'a failed commit is called good': {
    what: 'a failed commit is rolled back and answered as if it stood',
    pieces: [
      {
        file: DOOR,
        find: "      db.run('COMMIT');",
        put: "      try { db.run('COMMIT'); } catch { if (db.isTransaction) db.run('ROLLBACK'); }",
      },
    ],
  },
  'a full disk is called busy': {
    what: 'a full disk is answered as a busy shop',
    pieces: [
      {
        file: 'store/sqlite/writes/run-patiently.ts',
        find: "{ code: 'storage_full' }",
        put: "{ code: 'busy' }",
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
  'commits are not synced': {
    what: 'synchronous=NORMAL instead of FULL',
    pieces: [{ file: 'store/sqlite/database.ts', find: 'SYNC_FULL = 2', put: 'SYNC_FULL = 1' }],
  },
} satisfies Record<string, Defect>;

export type DefectName = keyof typeof DEFECTS;
