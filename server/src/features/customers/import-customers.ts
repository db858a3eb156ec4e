// A file of customers, row by row: ours as it was exported, or another program's. A row whose customer is here already,
// as the file has them, is passed over; one whose phone belongs to somebody else is wrong.

import { NewCustomerBody } from '../../contract/customer.ts';
import type { Customer, CustomerFields } from '../../domain/customer.ts';
import { parseId } from '../../domain/id.ts';
import { OPENING_BALANCE } from '../../domain/khata-texts.ts';
import { MAX_PAISE } from '../../domain/money.ts';
import type { ImportedCustomer } from '../../domain/record-import.ts';
import { ShopError } from '../../domain/shop-error.ts';
import { LANGUAGES } from '../../domain/user.ts';
import { bodyChecker } from '../../http/validation.ts';
import { quoted, readAmount, readName } from '../prices/import-cells.ts';
import type { ColumnRule } from '../prices/import-columns.ts';
import type { ImportKind, RowCells } from '../prices/import-rows.ts';
import { toNewCustomer } from './customer-input.ts';

const COLUMNS: readonly ColumnRule[] = [
  { field: 'name', names: ['customer_name', 'customer'], required: true },
  { field: 'phone', names: ['phone_number', 'mobile', 'contact'], required: true },
  { field: 'email', names: ['e_mail'] },
  { field: 'address', names: [] },
  { field: 'language', names: [] },
  { field: 'credit_limit', names: ['limit'] },
  { field: 'current_balance', names: ['balance', 'opening_balance'] },
  { field: 'customer_id', names: ['id'] },
  // Written by the export, and the shop's own to say.
  { field: 'registered_date', names: [] },
  { field: 'updated_at', names: [] },
];

/**
 * `isKnown`: here already, as the file has them. `balancePaise`: what the file says is owed; `isOtherHere`: of somebody
 * who is here already, and owes another amount.
 */
export interface CustomerRow extends ImportedCustomer {
  isKnown: boolean;
  balancePaise: number;
  isOtherHere: boolean;
}

const check = bodyChecker(NewCustomerBody);

/** `customers` are those that are here, `removedIds` ids that are taken; `openings`: balances become entries. */
export function customerKind(
  customers: readonly Customer[],
  removedIds: readonly string[],
  openings: { newId: () => string } | null,
): ImportKind<CustomerRow> {
  const byPhone = new Map(customers.map((customer) => [customer.phoneE164, customer]));
  const takenIds = new Set([...removedIds, ...customers.map(({ id }) => id)]);
  const lines = new Map<string, number>();
  return {
    columns: COLUMNS,
    toRow: (cells, newId) => {
      const customer = readCustomer(cells, newId, takenIds);
      const balancePaise = readBalance(cells);
      if (customer === null) {
        return { customer: {} as never, opening: null, isKnown: false, isOtherHere: false, balancePaise };
      }
      const other = lines.get(customer.phoneE164);
      if (other !== undefined) {
        cells.problems.push(
          `phone ${quoted(customer.phone)} is that of line ${other} too: must be in the file once`,
        );
      }
      lines.set(customer.phoneE164, cells.line);
      takenIds.add(customer.id);
      const here = byPhone.get(customer.phoneE164);
      if (here && !isSame(customer, here)) {
        cells.problems.push(
          `phone ${quoted(customer.phone)} belongs to ${quoted(here.name)} already, who is not the same in the ` +
            'file: must be a phone of nobody here, or that customer unchanged',
        );
      }
      const opening =
        openings && balancePaise !== 0 ? openingOf(customer.id, openings.newId(), balancePaise) : null;
      const isOtherHere = here !== undefined && balancePaise !== 0 && balancePaise !== here.balancePaise;
      return { customer, opening, isKnown: here !== undefined, isOtherHere, balancePaise };
    },
  };
}

function readCustomer(cells: RowCells, newId: string, takenIds: ReadonlySet<string>) {
  const text = (field: string): string | null => cells.text(field) || null;
  const limit = text('credit_limit') && cells.take('credit_limit', readRupees, AMOUNT_TEXT, 0) / 100;
  const language =
    text('language') &&
    cells.take<string>(
      'language',
      (word) => readName(word, LANGUAGES),
      `must be ${LANGUAGES.join(', ')}`,
      '',
    );
  const body = {
    name: cells.text('name'),
    phone: cells.text('phone'),
    email: text('email'),
    address: text('address'),
    language,
    credit_limit: limit,
  } satisfies Record<keyof NewCustomerBody, unknown>;
  if (cells.problems.length > 0) return null;
  try {
    check(body);
    const id = parseId(cells.text('customer_id'));
    return toNewCustomer(id === null || takenIds.has(id) ? newId : id, body as NewCustomerBody);
  } catch (error) {
    if (!(error instanceof ShopError)) throw error;
    for (const { field, limit: allowed } of error.refusal.fields ?? []) {
      const cell = cells.text(field);
      cells.problems.push(`${field} ${cell === '' ? 'is empty:' : quoted(cell)} ${allowed}`);
    }
    return null;
  }
}

const AMOUNT_TEXT = 'must be rupees, with at most 2 decimals';

function readRupees(text: string): number | null {
  const paise = readAmount(text, 2);
  return paise === null || paise > MAX_PAISE ? null : paise;
}

/** Below 0 the shop owes the customer. */
function readBalance(cells: RowCells): number {
  const text = cells.text('current_balance');
  if (text === '') return 0;
  const isCredit = /^[-−]/.test(text);
  const paise = cells.take(
    'current_balance',
    (amount) => readRupees(isCredit ? amount.slice(1).trim() : amount),
    AMOUNT_TEXT,
    0,
  );
  return isCredit ? -paise : paise;
}

function openingOf(customerId: string, id: string, balancePaise: number): ImportedCustomer['opening'] {
  return {
    id,
    customerId,
    type: balancePaise > 0 ? 'debit' : 'credit',
    amountPaise: Math.abs(balancePaise),
    description: OPENING_BALANCE,
    paymentMethod: null,
    referenceNumber: null,
  };
}

/** Spaces around and line ends are a file's own; the balance is the ledger's. */
function isSame(row: CustomerFields, here: CustomerFields): boolean {
  const plain = (text: string | null): string => (text ?? '').replace(/\r\n?/g, '\n').trim();
  return (
    plain(row.name) === plain(here.name) &&
    plain(row.phone) === plain(here.phone) &&
    plain(row.email) === plain(here.email) &&
    plain(row.address) === plain(here.address) &&
    row.language === here.language &&
    row.creditLimitPaise === here.creditLimitPaise
  );
}
