// Customers and pieces from files: each is added as by hand, all of them in this one write.

import type { NewProduct } from '../../../domain/product.ts';
import type { ImportedCustomer } from '../../../domain/record-import.ts';
import { addCustomer, byPhone } from './customers.ts';
import { refuseTooManyRecords } from './import-size.ts';
import { postOpening } from './khata.ts';
import { addProduct } from './products.ts';
import type { Tx } from './tx.ts';
import { type AnyQuery, byId } from './view.ts';

export function importCustomers(tx: Tx, rows: ImportedCustomer[]): number {
  refuseTooManyRecords(rows);
  // All at once: asked for row by row, each would be a reading of its own.
  const needed = rows.flatMap(({ customer: { id, phoneE164 } }) => [
    byId('customers', id),
    byPhone(phoneE164) as unknown as AnyQuery,
  ]);
  tx.need(needed);
  for (const { customer, opening } of rows) {
    addCustomer(tx, customer);
    if (opening) postOpening(tx, opening);
  }
  return rows.length;
}

export function importProducts(tx: Tx, rows: NewProduct[]): number {
  refuseTooManyRecords(rows);
  for (const row of rows) addProduct(tx, row);
  return rows.length;
}
