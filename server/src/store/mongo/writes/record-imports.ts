// Customers and pieces from files: each is added as by hand, all of them in this one write.

import type { NewProduct } from '../../../domain/product.ts';
import type { ImportedCustomer } from '../../../domain/record-import.ts';
import { byPhones, putCustomer, takenPhone } from './customers.ts';
import { refuseTooManyRecords } from './import-size.ts';
import { postOpening } from './khata.ts';
import { addProduct } from './products.ts';
import type { Tx } from './tx.ts';

export function importCustomers(tx: Tx, rows: ImportedCustomer[]): number {
  refuseTooManyRecords(rows);
  // All at once: asked for row by row, each would look at all the others.
  const taken = new Set(
    tx.find(byPhones(rows.map(({ customer }) => customer.phoneE164))).map(({ phoneE164 }) => phoneE164),
  );
  for (const { customer, opening } of rows) {
    if (taken.has(customer.phoneE164)) throw takenPhone(customer);
    taken.add(customer.phoneE164);
    putCustomer(tx, customer);
    if (opening) postOpening(tx, opening);
  }
  return rows.length;
}

export function importProducts(tx: Tx, rows: NewProduct[]): number {
  refuseTooManyRecords(rows);
  for (const row of rows) addProduct(tx, row);
  return rows.length;
}
