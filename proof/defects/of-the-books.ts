import type { Defect } from './defect.ts';

const DOOR = 'store/sqlite/writes/door.ts';

/** What goes wrong in the books, on the disk and with the processes. */
export const OF_THE_BOOKS = {
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
        find: '/** A posting by hand. ',
        put:
          'const remembered = new Map<string, { at: number; account: Account & { isActive: number } }>();\n' +
          '/** A posting by hand. ',
      },
    ],
  },
  'few order numbers': {
    what: 'an order tries one number out of 36',
    pieces: [
      { file: 'domain/order.ts', find: 'TAIL_LENGTH = 4', put: 'TAIL_LENGTH = 1' },
      { file: 'features/orders/number-tails.ts', find: 'TAIL_TRIES = 20', put: 'TAIL_TRIES = 1' },
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
  'ends at once': {
    what: 'SIGTERM ends the process with requests in flight',
    pieces: [
      {
        file: 'serving/obey-signals.ts',
        find: 'server.stop(roll).then(() => process.exit(0), die);',
        put: 'process.exit(0);',
      },
    ],
  },
  'pages are not looked at': {
    what: 'a start looks at no page that it does not need',
    pieces: [{ file: 'store/sqlite/page-check.ts', find: 'if (bytes > QUICK_BYTES)', put: 'if (bytes > 0)' }],
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
  'the last page is left out': {
    what: 'an archive leaves out the last lines of each table',
    pieces: [
      {
        file: 'store/sqlite/archive/dump-thread.ts',
        find: 'if (lines.length > 0) yield { table: table.name, lines };',
        put: 'if (lines.length > 1) yield { table: table.name, lines: lines.slice(0, -1) };',
      },
    ],
  },
  'cancelled orders keep their pieces': {
    what: 'a cancelled order gives no pieces back to the shelf',
    pieces: [{ file: 'store/sqlite/writes/order-changes.ts', find: '    giveBack(tx, order);', put: '' }],
  },
  'fallen workers stay down': {
    what: 'a worker that fell is not replaced',
    pieces: [
      {
        file: 'workers/crew.ts',
        find: 'if (!this.#isStopping && seat.member === (fallen ?? seat.member)) this.#fill(seat);',
        put: 'if (this.#isStopping && seat.member === (fallen ?? seat.member)) this.#fill(seat);',
      },
    ],
  },
  'training holds the request thread': {
    what: 'a training begins with 1.5 s of work on the request thread',
    pieces: [
      {
        file: 'features/predictions/trainer.ts',
        find: '      const worker = new Worker(',
        put: '      const from = performance.now();\n      while (performance.now() - from < 1500);\n      const worker = new Worker(',
      },
    ],
  },
  'bodies are remembered': {
    what: 'the text of every body is kept for ever, twenty times',
    pieces: [
      {
        file: 'http/body-parser.ts',
        find: '      read = value;',
        put: '      kept.push(Buffer.alloc(20_000, text));\n      read = value;',
      },
      {
        file: 'http/body-parser.ts',
        find: 'const MAX_DEPTH = 32;',
        put: 'const MAX_DEPTH = 32;\nconst kept: Buffer[] = [];',
      },
    ],
  },
  'reversals lose a paisa': {
    what: 'the reversal of an entry is a paisa less than the entry',
    pieces: [
      {
        file: 'domain/khata-posting.ts',
        find: 'amountPaise: entry.amountPaise,',
        put: 'amountPaise: Math.max(1, entry.amountPaise - 1),',
      },
    ],
  },
  'the ledger is ordered by the clock': {
    what: 'the khata is listed by the time of its entries',
    pieces: [
      {
        file: 'store/sqlite/reads/khata.ts',
        find: 'ORDER BY e.position ',
        put: 'ORDER BY e.created_at ',
      },
    ],
  },
  'commits are not synced': {
    what: 'synchronous=NORMAL instead of FULL',
    pieces: [{ file: 'store/sqlite/database.ts', find: 'SYNC_FULL = 2', put: 'SYNC_FULL = 1' }],
  },
} satisfies Record<string, Defect>;
