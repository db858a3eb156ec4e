import { balanceAfter, type EntryType, opposite } from '../src/domain/khata.ts';
import { newId } from '../src/store/contract-suite/builders.ts';
import type { Connection } from '../src/store/sqlite/database.ts';
import { appendEntry, readHead } from '../src/store/sqlite/writes/journal.ts';
import { SHOP } from './year-orders.ts';

export interface Ledger {
  post: (customerId: string, type: EntryType, amountPaise: number, at: number) => void;
  /** Takes back the entry that was posted last. */
  reverseLast: (at: number) => void;
  /** Writes what the entries of each customer add up to. */
  writeSums: () => void;
}

interface Entry {
  id: string;
  customerId: string;
  type: EntryType;
  amountPaise: number;
}

interface Sums {
  entries: number;
  debits: number;
  credits: number;
}

const ACTOR = { kind: 'system', name: 'bench' } as const;

/** Ledger rows with their journal entries, so that the books stand every check. */
export function openLedger(db: Connection): Ledger {
  let head = readHead(db, SHOP);
  let last: Entry | null = null;
  const sums = new Map<string, Sums>();
  const write = (entry: Entry, reverses: string | null, at: number): void => {
    const sum = sums.get(entry.customerId) ?? { entries: 0, debits: 0, credits: 0 };
    sums.set(entry.customerId, sum);
    const balanceAfterPaise = balanceAfter(sum.debits - sum.credits, entry.type, entry.amountPaise);
    sum.entries++;
    sum[entry.type === 'debit' ? 'debits' : 'credits'] += entry.amountPaise;
    const { id, ...fields } = entry;
    const texts = { description: null, paymentMethod: null, referenceNumber: null };
    head = appendEntry(
      db,
      SHOP,
      head,
      { actor: ACTOR, requestId: 'bench', at },
      {
        action: reverses === null ? 'khata.posted' : 'khata.reversed',
        subject: { type: 'khata_entry', id },
        before: null,
        after: { ...fields, ...texts, balanceAfterPaise, reverses, source: null },
      },
    );
    db.run(
      `INSERT INTO khata_entries (shop_id, position, id, customer_id, type, amount_paise, balance_after_paise,
         created_at, created_by, reverses)
       VALUES (:shopId, :position, :id, :customerId, :type, :amountPaise, :balanceAfterPaise, :at, 'bench',
         :reverses)`,
      { shopId: SHOP, position: head.seq, ...entry, balanceAfterPaise, at, reverses },
    );
  };
  return {
    post: (customerId, type, amountPaise, at) => {
      last = { id: newId(), customerId, type, amountPaise };
      write(last, null, at);
    },
    reverseLast: (at) => {
      if (last === null) return;
      write({ ...last, id: newId(), type: opposite(last.type) }, last.id, at);
      last = null;
    },
    writeSums: () => {
      for (const [id, { entries, debits, credits }] of sums) {
        db.run(
          `UPDATE customers SET khata_entries = :entries, khata_debits_paise = :debits,
             khata_credits_paise = :credits, balance_paise = :balance WHERE shop_id = :shopId AND id = :id`,
          { shopId: SHOP, id, entries, debits, credits, balance: debits - credits },
        );
      }
    },
  };
}
