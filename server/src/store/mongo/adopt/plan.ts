// What taking over an older database would bring, and what stands in its way. Reads only.

import type { Db } from 'mongodb';
import { balanceAfter } from '../../../domain/khata.ts';
import { POINTERS } from '../generations.ts';
import type { OrderRow, ProductRow, SaleRow, UserRow } from '../rows.ts';
import { OLDER_COLLECTIONS } from './older-collections.ts';
import { OlderRow, Unfit } from './older-row.ts';
import {
  lettersOf,
  type NewRate,
  type NewStone,
  type OlderCustomer,
  type OlderEntry,
  toCustomer,
  toEntry,
  toOrder,
  toProduct,
  toRate,
  toSale,
  toStone,
  toUser,
} from './to-rows.ts';

type OlderName = (typeof OLDER_COLLECTIONS)[number];

export interface AdoptedRows {
  users: UserRow[];
  products: ProductRow[];
  customers: OlderCustomer[];
  /** Oldest first. */
  entries: OlderEntry[];
  orders: OrderRow[];
  sales: SaleRow[];
  rates: NewRate[];
  stones: NewStone[];
}

export interface AdoptionReport {
  found: Record<string, number>;
  /** Rows that cannot be taken, and why. */
  unfit: { collection: string; id: string; reason: string }[];
  /** Customers whose stored balance is not what their entries add up to. */
  folds: { id: string; name: string; storedPaise: number | null; entriesPaise: number }[];
  /** Customers whose phones are the same number once they are spelled the same way. */
  sharedPhones: { phone: string; customers: string[] }[];
  /** How many numbers and times were written as text. */
  typed: number;
  /** How many amounts and weights had more decimals than paise and milligrams. */
  rounded: number;
  /** How many lines of orders were charged otherwise than quantity times price; what was charged counts. */
  mended: number;
  productsWithoutStatus: number;
  staffWithoutRights: number;
  /** Accounts whose password cannot be checked here. */
  unknownHashes: string[];
  /** Collections that are not taken. */
  left: string[];
}

const KNOWN_HASH = /^(scrypt:|pbkdf2:sha256:|\$argon2id\$)/;

export async function planAdoption(db: Db): Promise<{ rows: AdoptedRows; report: AdoptionReport }> {
  const present = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
  const planning = new Planning(db);
  const rows = await planning.read();
  const known: ReadonlySet<string> = new Set(OLDER_COLLECTIONS);
  const isOurs = (name: string): boolean => name === POINTERS || name.startsWith('system.');
  const left = present.filter((name) => !known.has(name) && !isOurs(name));
  return { rows, report: { ...planning.report, left } };
}

class Planning {
  readonly #db: Db;
  readonly report: AdoptionReport = {
    ...{ found: {}, unfit: [], folds: [], sharedPhones: [], unknownHashes: [], left: [] },
    ...{ typed: 0, rounded: 0, mended: 0, productsWithoutStatus: 0, staffWithoutRights: 0 },
  };

  constructor(db: Db) {
    this.#db = db;
  }

  async read(): Promise<AdoptedRows> {
    const users = await this.#rows('users', this.#distinct('username', 'email'), toUser);
    const products = await this.#rows('products', null, (row) => {
      const product = toProduct(row);
      if (!row.has('status')) this.report.productsWithoutStatus++;
      return product;
    });
    const customers = await this.#rows('customers', null, toCustomer);
    const purities = new Map(products.map(({ id, goldPurity }) => [id, goldPurity]));
    const customerIds = new Set(customers.map(({ row }) => row.id));
    const needs = (what: string, id: string, ids: { has: (id: string) => boolean }): void => {
      if (!ids.has(id)) throw new Unfit(`it names the ${what} ${id}, which is not there or cannot be taken`);
    };
    const entries = await this.#rows('khata_transactions', null, (row) => {
      const found = toEntry(row);
      needs('customer', found.entry.customerId, customerIds);
      return found;
    });
    const orders = await this.#rows('orders', this.#distinct('orderNumber'), (row) => {
      const order = toOrder(row);
      needs('customer', order.customerId, customerIds);
      for (const { productId } of order.lines) needs('product', productId, purities);
      return order;
    });
    const names = new Map(customers.map(({ row }) => [row.id, row.name]));
    const sales = await this.#rows('sales', null, (row) => {
      const sale = toSale(row, (id) => purities.get(id) ?? '916');
      needs('customer', sale.customerId, customerIds);
      for (const { productId } of sale.lines) needs('product', productId, purities);
      return { ...sale, customerName: names.get(sale.customerId) ?? '' };
    });
    const rates = await this.#rows('price_history', null, toRate);
    const stones = await this.#rows('diamond_price_history', null, toStone);
    entries.sort((a, b) => a.createdAt - b.createdAt || (a.entry.id < b.entry.id ? -1 : 1));
    this.#compareFolds(customers, entries);
    this.#markSharedPhones(customers);
    this.report.staffWithoutRights = users.filter(({ role }) => role === 'staff').length;
    this.report.unknownHashes = users
      .filter(({ passwordHash }) => !KNOWN_HASH.test(passwordHash))
      .map(({ username }) => username);
    return { users, products, customers, entries, orders, sales, rates, stones };
  }

  /** The rows that can be taken, oldest id first; the others are noted with their reason. */
  async #rows<T>(
    name: OlderName,
    check: ((row: T) => void) | null,
    convert: (row: OlderRow) => T,
  ): Promise<T[]> {
    const rows: T[] = [];
    let found = 0;
    for await (const document of this.#db.collection(name).find({}).sort({ _id: 1 })) {
      found++;
      const row = new OlderRow(document);
      try {
        const converted = convert(row);
        check?.(converted);
        rows.push(converted);
        this.report.typed += row.typed;
        this.report.rounded += row.rounded;
        this.report.mended += row.mended;
      } catch (error) {
        if (!(error instanceof Unfit)) throw error;
        this.report.unfit.push({ collection: name, id: row.label, reason: error.message });
      }
    }
    this.report.found[name] = found;
    return rows;
  }

  /** Refuses the second row with the same value of one of these. */
  #distinct<K extends string>(...fields: K[]): (row: Record<K, string> & { id: string }) => void {
    const seen = new Map<string, string>();
    return (row) => {
      for (const field of fields) {
        const key = `${field} ${row[field]}`;
        const other = seen.get(key);
        if (other !== undefined) throw new Unfit(`${key} is that of ${other}, too`);
        seen.set(key, row.id);
      }
    };
  }

  #compareFolds(customers: readonly OlderCustomer[], entries: readonly OlderEntry[]): void {
    const folds = new Map<string, number>();
    for (const { entry } of entries) {
      const { customerId, type, amountPaise } = entry;
      folds.set(customerId, balanceAfter(folds.get(customerId) ?? 0, type, amountPaise));
    }
    for (const { row, storedPaise } of customers) {
      const entriesPaise = folds.get(row.id) ?? 0;
      if (entriesPaise === storedPaise) continue;
      this.report.folds.push({ id: row.id, name: row.name, storedPaise, entriesPaise });
    }
  }

  /** They stay apart: the first keeps the number, the others a mark behind it, which no new phone can be equal to. */
  #markSharedPhones(customers: readonly OlderCustomer[]): void {
    for (const [phone, group] of Map.groupBy(customers, ({ row }) => row.phoneE164)) {
      if (group.length === 1) continue;
      for (const { row } of group.slice(1)) row.phoneE164 = `${phone}/${lettersOf(row.id)}`;
      this.report.sharedPhones.push({ phone, customers: group.map(({ row }) => `${row.id} ${row.name}`) });
    }
  }
}
