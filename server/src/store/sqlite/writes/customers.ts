import { changedFields, presence } from '../../../domain/changed-fields.ts';
import {
  type Customer,
  type CustomerChanges,
  type NewCustomer,
  phoneOfRemovedTaken,
} from '../../../domain/customer.ts';
import { requireVersion } from '../../../domain/require-version.ts';
import { toSearchText } from '../../../domain/search-text.ts';
import { refuse } from '../../../domain/shop-error.ts';
import { findCustomer } from '../reads/customers.ts';
import type { Tx } from './tx.ts';

export function addCustomer(tx: Tx, input: NewCustomer): Customer {
  refuseTakenPhone(tx, input, null);
  const { shopId, by } = tx;
  tx.run(
    `INSERT INTO customers (shop_id, id, version, name, search_name, phone, phone_e164, email, address, language,
       credit_limit_paise, created_at, updated_at)
     VALUES (:shopId, :id, 1, :name, :searchName, :phone, :phoneE164, :email, :address, :language, :creditLimitPaise, :at, :at)`,
    { shopId, at: by.at, searchName: toSearchText(input.name), ...input },
  );
  const { id, ...fields } = input;
  tx.record('customer.created', { type: 'customer', id }, null, fields);
  return findCustomer(tx, shopId, id) as Customer;
}

export function changeCustomer(
  tx: Tx,
  id: string,
  changes: CustomerChanges,
  ifVersion: number | null,
): Customer {
  const customer = findForChange(tx, id, ifVersion);
  const next = { ...customer, ...changes };
  if (next.phoneE164 !== customer.phoneE164) refuseTakenPhone(tx, next, id);
  const { before, after } = changedFields(customer, changes);
  if (Object.keys(after).length === 0) return customer;
  tx.run(
    `UPDATE customers SET version = version + 1, updated_at = :at, name = :name, search_name = :searchName, phone = :phone,
       phone_e164 = :phoneE164, email = :email, address = :address, language = :language,
       credit_limit_paise = :creditLimitPaise
     WHERE shop_id = :shopId AND id = :id`,
    {
      shopId: tx.shopId,
      id,
      at: tx.by.at,
      name: next.name,
      searchName: toSearchText(next.name),
      phone: next.phone,
      phoneE164: next.phoneE164,
      email: next.email,
      address: next.address,
      language: next.language,
      creditLimitPaise: next.creditLimitPaise,
    },
  );
  tx.record('customer.changed', { type: 'customer', id }, before, after);
  return findCustomer(tx, tx.shopId, id) as Customer;
}

export function removeCustomer(tx: Tx, id: string, ifVersion: number | null): null {
  const customer = findForChange(tx, id, ifVersion);
  if (customer.balancePaise !== 0) throw refuse('customer_has_balance');
  setActive(tx, customer, false);
  return null;
}

/** One that is there stays as they are. Refuses: customer_not_found, phone_taken. */
export function restoreCustomer(tx: Tx, id: string): Customer {
  bringBack(tx, id);
  return findForChange(tx, id, null);
}

/** Brings a customer back who was removed. Refuses: phone_taken (somebody else has it by now). */
export function bringBack(tx: Tx, id: string): void {
  const removed = tx.get<{ id: string; name: string; phone: string; phoneE164: string }>(
    `SELECT id, name, phone, phone_e164 AS phoneE164 FROM customers
     WHERE shop_id = :shopId AND id = :id AND is_active = 0`,
    { shopId: tx.shopId, id },
  );
  if (!removed) return;
  const owner = findOwner(tx, removed.phoneE164);
  if (owner) throw phoneOfRemovedTaken(removed, owner);
  setActive(tx, removed, true);
}

function setActive(tx: Tx, { id, name }: { id: string; name: string }, isActive: boolean): void {
  tx.run(
    `UPDATE customers SET is_active = :isActive, version = version + 1, updated_at = :at
     WHERE shop_id = :shopId AND id = :id`,
    { shopId: tx.shopId, id, isActive: isActive ? 1 : 0, at: tx.by.at },
  );
  const action = isActive ? 'customer.restored' : 'customer.removed';
  const { before, after } = presence(name, isActive);
  tx.record(action, { type: 'customer', id }, before, after);
}

function findForChange(tx: Tx, id: string, ifVersion: number | null): Customer {
  const customer = findCustomer(tx, tx.shopId, id);
  if (!customer) throw refuse('customer_not_found');
  requireVersion(customer.version, ifVersion);
  return customer;
}

function refuseTakenPhone(
  tx: Tx,
  input: { phone: string; phoneE164: string },
  exceptId: string | null,
): void {
  const taken = findOwner(tx, input.phoneE164);
  if (taken && taken.id !== exceptId) throw refuse('phone_taken', { data: { phone: input.phone } });
}

function findOwner(tx: Tx, phoneE164: string): { id: string; name: string } | undefined {
  return tx.get<{ id: string; name: string }>(
    'SELECT id, name FROM customers WHERE shop_id = :shopId AND phone_e164 = :phoneE164 AND is_active = 1',
    { shopId: tx.shopId, phoneE164 },
  );
}
