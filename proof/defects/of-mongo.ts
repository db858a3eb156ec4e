import type { Defect } from './defect.ts';

/** What goes wrong in the store of a cluster alone. */
export const OF_MONGO = {
  'MongoDB keeps the pieces of cancelled orders': {
    what: 'a cancelled order on MongoDB gives no pieces back to the shelf',
    pieces: [{ file: 'store/mongo/writes/order-changes.ts', find: '    giveBack(tx, order);', put: '' }],
  },
  'MongoDB reads the oldest first': {
    what: 'the khata on MongoDB comes oldest first',
    pieces: [
      {
        file: 'store/mongo/reads/khata-pages.ts',
        find: 'filter, sort: NEWEST, hint }',
        put: 'filter, sort: { position: 1 }, hint }',
      },
    ],
  },
  'answered by one member': {
    what: 'a write is answered when the primary alone has it',
    pieces: [
      {
        file: 'store/mongo/concerns.ts',
        find: "{ w: 'majority', j: true, wtimeoutMS: 8_000 }",
        put: '{ w: 1, j: false, wtimeoutMS: 8_000 }',
      },
    ],
  },
  'MongoDB sums up two moments': {
    what: 'the sums of the khata on MongoDB are up to half a second old',
    pieces: [
      {
        file: 'store/mongo/reads/khata.ts',
        find: 'export async function summariseKhata(',
        put: `const lastSummary = { at: 0, value: null as Promise<KhataSummary> | null };
export function summariseKhata(questions: Questions, shopId: string): Promise<KhataSummary> {
  if (lastSummary.value !== null && performance.now() - lastSummary.at < 500) return lastSummary.value;
  lastSummary.value = summariseNow(questions, shopId);
  lastSummary.at = performance.now();
  return lastSummary.value;
}
async function summariseNow(`,
      },
    ],
  },
  'MongoDB does repeats anew': {
    what: 'on MongoDB a repeated Idempotency-Key is looked up and ignored',
    pieces: [
      {
        file: 'store/mongo/writes/run-members.ts',
        find: 'if (saved) return saved;',
        put: 'if (saved?.position === -1) return saved;',
      },
    ],
  },
  'MongoDB sells from an empty shelf': {
    what: 'on MongoDB nobody asks whether the stock is strict',
    pieces: [
      {
        file: 'store/mongo/writes/checkout.ts',
        find: 'takePieces(lines, list, getSettings(tx).strictStock, ',
        put: 'takePieces(lines, list, false, ',
      },
    ],
  },
  'MongoDB posts on an old balance': {
    what: 'a posting on MongoDB starts from the balance read up to 3 ms ago',
    pieces: [
      {
        file: 'store/mongo/writes/khata.ts',
        find: `  if (!customer) throw refuse('customer_not_found');
  const warning = `,
        put: `  if (!customer) throw refuse('customer_not_found');
  const kept = remembered.get(customer.id);
  if (kept && performance.now() - kept.at < 3)
    return { entry: append(tx, kept.customer, input, { source, reverses: null }), warning: null };
  remembered.set(customer.id, { at: performance.now(), customer });
  const warning = `,
      },
      {
        file: 'store/mongo/writes/khata.ts',
        find: '/** A posting by hand. */',
        put: 'const remembered = new Map<string, { at: number; customer: CustomerRow }>();\n/** A posting by hand. */',
      },
    ],
  },
  'MongoDB lets two wait': {
    what: 'on MongoDB a third change that waits is told that the shop is busy',
    pieces: [{ file: 'store/mongo/writes/writer.ts', find: 'MAX_WAITING = 1000', put: 'MAX_WAITING = 2' }],
  },
} satisfies Record<string, Defect>;
