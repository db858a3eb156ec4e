// Bringing in customers and pieces from files: what one row is, and what an import may hold.

import type { NewCustomer } from './customer.ts';
import type { NewKhataEntry } from './khata.ts';
import { MAX_IMPORT_ROWS } from './price-import.ts';
import { invalid } from './shop-error.ts';

/** A customer with what was owed before: an entry of the ledger, since the ledger alone makes balances. */
export interface ImportedCustomer {
  customer: NewCustomer;
  opening: NewKhataEntry | null;
}

export function refuseTooManyRows(rows: readonly unknown[]): void {
  if (rows.length > MAX_IMPORT_ROWS) {
    throw invalid('rows', 'maxItems', `must be at most ${MAX_IMPORT_ROWS} rows in one import`);
  }
}
