import { changedFields, presence } from '../../../domain/changed-fields.ts';
import {
  type Customer,
  type CustomerChanges,
  type NewCustomer,
  phoneOfRemovedTaken,
} from '../../../domain/customer.ts';
import { requireVersion } from '../../../domain/require-version.ts';
import { toSearchText } from '../../../domain/search-text.ts';
import { refuse, type ShopError } from '../../../domain/shop-error.ts';
import { toCustomer } from '../reads/customers.ts';
import type { CustomerRow } from '../rows.ts';
import { NOTHING_BOUGHT } from './figures.ts';
import type { Tx } from './tx.ts';
import type { Query } from './view.ts';

/** A customer that was not removed. */
export function findActive(tx: Tx, id: string): CustomerRow | null {
  const row = tx.get('customers', id);
  return row?.isActive ? row : null;
}

export function addCustomer(tx: Tx, input: NewCustomer): Customer {
  refuseTakenPhone(tx, input, null);
  return putCustomer(tx, input);
}

/** One whose phone nobody has. */
export function putCustomer(tx: Tx, input: NewCustomer): Customer {
  const { id, ...fields } = input;
  const row: CustomerRow = {
    id,
    shopId: tx.shopId,
    version: 1,
    ...fields,
    searchName: toSearchText(input.name),
    balancePaise: 0,
    khataEntries: 0,
    khataDebitsPaise: 0,
    khataCreditsPaise: 0,
    khataPosition: 0,
    khataDays: [],
    bought: NOTHING_BOUGHT,
    isActive: true,
    createdAt: tx.by.at,
    updatedAt: tx.by.at,
  };
  tx.add('customers', row);
  tx.record('customer.created', { type: 'customer', id }, null, fields);
  return toCustomer(row);
}

export function changeCustomer(
  tx: Tx,
  id: string,
  changes: CustomerChanges,
  ifVersion: number | null,
): Customer {
  const row = findForChange(tx, id, ifVersion);
  const next = { ...row, ...changes };
  if (next.phoneE164 !== row.phoneE164) refuseTakenPhone(tx, next, id);
  const { before, after } = changedFields<CustomerChanges>(row, changes);
  if (Object.keys(after).length === 0) return toCustomer(row);
  const changed = {
    ...row,
    ...after,
    searchName: toSearchText(next.name),
    version: row.version + 1,
    updatedAt: tx.by.at,
  };
  tx.put('customers', changed);
  tx.record('customer.changed', { type: 'customer', id }, before, after);
  return toCustomer(changed);
}

export function removeCustomer(tx: Tx, id: string, ifVersion: number | null): null {
  const row = findForChange(tx, id, ifVersion);
  if (row.balancePaise !== 0) throw refuse('customer_has_balance');
  tx.put('customers', { ...row, isActive: false, version: row.version + 1, updatedAt: tx.by.at });
  const { before, after } = presence(row.name, false);
  tx.record('customer.removed', { type: 'customer', id }, before, after);
  return null;
}

/** One that is there stays as they are. Refuses: customer_not_found, phone_taken. */
export function restoreCustomer(tx: Tx, id: string): Customer {
  bringBack(tx, id);
  return toCustomer(findForChange(tx, id, null));
}

/** Brings a customer back who was removed. Refuses: phone_taken (somebody else has it by now). */
export function bringBack(tx: Tx, id: string): void {
  const row = tx.get('customers', id);
  if (!row || row.isActive) return;
  const [owner] = tx.find(byPhones([row.phoneE164]));
  if (owner) throw phoneOfRemovedTaken(row, owner);
  tx.put('customers', { ...row, isActive: true, version: row.version + 1, updatedAt: tx.by.at });
  const { before, after } = presence(row.name, true);
  tx.record('customer.restored', { type: 'customer', id }, before, after);
}

function findForChange(tx: Tx, id: string, ifVersion: number | null): CustomerRow {
  const row = findActive(tx, id);
  if (!row) throw refuse('customer_not_found');
  requireVersion(row.version, ifVersion);
  return row;
}

function refuseTakenPhone(
  tx: Tx,
  { phone, phoneE164 }: { phone: string; phoneE164: string },
  exceptId: string | null,
): void {
  if (tx.find(byPhones([phoneE164])).some(({ id }) => id !== exceptId)) throw takenPhone({ phone });
}

export function takenPhone({ phone }: Pick<NewCustomer, 'phone'>): ShopError {
  return refuse('phone_taken', { data: { phone } });
}

/** Whoever of today's customers has one of the phones. */
export function byPhones(phones: readonly string[]): Query<'customers'> {
  const wanted = new Set(phones);
  return {
    collection: 'customers',
    name: `customers/phone/${phones.join(' ')}`,
    filter: { is_active: true, phone_e164: { $in: [...phones] } },
    matches: (row) => row.isActive && wanted.has(row.phoneE164),
  };
}
