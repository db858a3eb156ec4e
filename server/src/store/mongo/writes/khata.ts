// Postings to the ledger: entry, balance and sums in one write. Orders and sales post through here too, in theirs.

import type { KhataEntry, NewKhataEntry, PostedEntry } from '../../../domain/khata.ts';
import { judgeCredit, reversalOf, sumsAfter } from '../../../domain/khata-posting.ts';
import { refuse } from '../../../domain/shop-error.ts';
import { toEntry } from '../reads/khata.ts';
import type { CustomerRow } from '../rows.ts';
import { bringBack, findActive } from './customers.ts';
import { dayOfFigures, daysAfter, keepEntry } from './figures.ts';
import { getSettings } from './settings.ts';
import type { Tx } from './tx.ts';
import { type AnyQuery, byId, type Query } from './view.ts';

/** What an entry holds beside what its poster said. */
interface Links {
  source: KhataEntry['source'];
  /** The entry that it takes back. */
  reverses: KhataEntry | null;
}

/** A posting by hand. */
export function postByHand(tx: Tx, input: NewKhataEntry): PostedEntry {
  return postEntry(tx, input, null, 'amount');
}

/** Posts for an order or sale, or by hand (`source` null), as a `field` asks for. Refuses: customer_not_found, credit_limit_exceeded,
 * invalid_input. */
export function postEntry(
  tx: Tx,
  input: NewKhataEntry,
  source: KhataEntry['source'],
  field: string,
): PostedEntry {
  tx.need([byId('customers', input.customerId), dayOfFigures(tx.by.at) as unknown as AnyQuery]);
  const customer = findActive(tx, input.customerId);
  if (!customer) throw refuse('customer_not_found');
  const warning = judgeCredit(customer, input, getSettings(tx), field);
  return { entry: append(tx, customer, input, { source, reverses: null }), warning };
}

/** What was owed before the shop kept its books here. Refuses: customer_not_found. */
export function postOpening(tx: Tx, input: NewKhataEntry): KhataEntry {
  return postKnown(tx, input, { kind: 'opening', id: input.customerId });
}

/** What is so already: no credit limit stops it. Refuses: customer_not_found. */
export function postKnown(tx: Tx, input: NewKhataEntry, source: KhataEntry['source']): KhataEntry {
  const customer = tx.get('customers', input.customerId);
  if (!customer) throw refuse('customer_not_found');
  return append(tx, customer, input, { source, reverses: null });
}

/** Posts the opposite of an entry; no credit rule stands against taking something back. */
export function reverseEntry(tx: Tx, id: string, reversalId: string, reason: string): KhataEntry {
  const entry = findEntry(tx, id);
  if (!entry) throw refuse('entry_not_found');
  const reversal = reversalOf(entry, reversalId, reason);
  // A removed customer has a clear khata: they are shown again, so that no debt is hidden.
  bringBack(tx, entry.customerId);
  const customer = tx.get('customers', entry.customerId);
  if (!customer) throw refuse('customer_not_found');
  return append(tx, customer, reversal, { source: entry.source, reverses: entry });
}

/** The entry with what stands elsewhere: the customer's name of today and the entry that took it back. */
export function findEntry(tx: Tx, id: string): KhataEntry | null {
  const reversals: Query<'khata_transactions'> = {
    collection: 'khata_transactions',
    name: `khata_transactions/reverses/${id}`,
    // The index holds reversals alone, and serves only those who say so.
    filter: { reverses: { $eq: byId('khata_transactions', id).filter._id, $type: 'objectId' } },
    matches: (row) => row.reverses === id,
  };
  tx.need([byId('khata_transactions', id), reversals]);
  const row = tx.get('khata_transactions', id);
  if (!row) return null;
  const customerName = tx.get('customers', row.customerId)?.name ?? '';
  return toEntry(row, customerName, tx.find(reversals)[0]?.id ?? null);
}

/** The journal comes first: its sequence number is the entry's place in the ledger. */
function append(tx: Tx, customer: CustomerRow, input: NewKhataEntry, links: Links): KhataEntry {
  const { by, shopId } = tx;
  const sums = sumsAfter(
    {
      balancePaise: customer.balancePaise,
      debitsPaise: customer.khataDebitsPaise,
      creditsPaise: customer.khataCreditsPaise,
    },
    input.type,
    input.amountPaise,
  );
  const { id, ...fields } = input;
  const { source } = links;
  const reverses = links.reverses?.id ?? null;
  const action = reverses === null ? 'khata.posted' : 'khata.reversed';
  const recorded = { ...fields, balanceAfterPaise: sums.balancePaise, reverses, source };
  const position = tx.record(action, { type: 'khata_entry', id }, null, recorded);
  const entry = { id, shopId, position, ...recorded, createdAt: by.at, createdBy: by.actor.name };
  tx.add('khata_transactions', entry);
  tx.put('customers', {
    ...customer,
    balancePaise: sums.balancePaise,
    khataEntries: customer.khataEntries + 1,
    khataDebitsPaise: sums.debitsPaise,
    khataCreditsPaise: sums.creditsPaise,
    khataPosition: position,
    khataDays: daysAfter(customer.khataDays, entry, links.reverses, by.at),
    updatedAt: by.at,
  });
  keepEntry(tx, entry, links.reverses);
  return toEntry(entry, customer.name, null);
}
