// Customers and pieces from files: each is added as by hand, all of them in this one write.

import type { NewProduct } from '../../../domain/product.ts';
import { type ImportedCustomer, refuseTooManyRows } from '../../../domain/record-import.ts';
import { addCustomer } from './customers.ts';
import { postOpening } from './khata.ts';
import { addProduct } from './products.ts';
import type { Tx } from './tx.ts';

export function importCustomers(tx: Tx, rows: ImportedCustomer[]): number {
  refuseTooManyRows(rows);
  for (const { customer, opening } of rows) {
    addCustomer(tx, customer);
    if (opening) postOpening(tx, opening);
  }
  return rows.length;
}

export function importProducts(tx: Tx, rows: NewProduct[]): number {
  refuseTooManyRows(rows);
  for (const row of rows) addProduct(tx, row);
  return rows.length;
}
