// `swati import customers|products`: reads what is here, compares each row with it, and brings the new ones in at once.

import type { ExportFilters, ExportRows } from '../domain/export.ts';
import { formatRupees } from '../domain/money.ts';
import type { NewProduct } from '../domain/product.ts';
import type { ImportedCustomer } from '../domain/record-import.ts';
import { customerKind } from '../features/customers/import-customers.ts';
import type { ColumnMap } from '../features/prices/import-columns.ts';
import { productKind } from '../features/products/import-products.ts';
import type { Shop } from '../http/shop.ts';
import type { CommandCall } from './command.ts';
import { commandLineBy } from './command-line-by.ts';
import { runFile } from './run-import.ts';

export const RECORD_KINDS = ['customers', 'products'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** The columns of each kind, for `--map`. */
export const RECORD_COLUMNS = {
  customers: customerKind([], [], null).columns,
  products: productKind([], []).columns,
} as const;

export async function importRecords(
  call: CommandCall,
  shop: Shop,
  kind: RecordKind,
  path: string,
  map: ColumnMap,
): Promise<number> {
  return kind === 'customers'
    ? importCustomers(call, shop, path, map)
    : importProducts(call, shop, path, map);
}

async function importCustomers(call: CommandCall, shop: Shop, path: string, map: ColumnMap): Promise<number> {
  const { here, removedIds } = await readHere(shop, 'customers');
  const openings = call.options['opening-balances'] === true ? { newId: shop.newId } : null;
  const kind = customerKind(here, removedIds, openings);
  return runFile(call, (work) => work(shop), path, map, {
    kind,
    describe: ({ rows }) => {
      const owing = rows.filter(({ isKnown, balancePaise }) => !isKnown && balancePaise !== 0);
      if (owing.length === 0) return [];
      const sum = formatRupees(owing.reduce((all, { balancePaise }) => all + balancePaise, 0));
      const what = openings
        ? 'become entries of the khata'
        : 'are not taken over (--opening-balances posts them, with the import that brings the customers in)';
      return [['balances', `${owing.length}, ${sum} in all, ${what}`]];
    },
    undone: (rows) => (openings ? unposted(rows) : null),
    count: async ({ store }, rows) => {
      store.imports.refuseTooMany(newCustomers(rows));
      return countNew(rows);
    },
    add: async ({ store }, rows) => {
      const added = newCustomers(rows);
      if (added.length > 0) await store.imports.customers(added, commandLineBy(shop));
      return countNew(rows);
    },
  });
}

async function importProducts(call: CommandCall, shop: Shop, path: string, map: ColumnMap): Promise<number> {
  const { here, removedIds } = await readHere(shop, 'products');
  return runFile(call, (work) => work(shop), path, map, {
    kind: productKind(here, removedIds),
    describe: () => [],
    count: async ({ store }, rows) => {
      store.imports.refuseTooMany(newProducts(rows));
      return countNew(rows);
    },
    add: async ({ store }, rows) => {
      const added = newProducts(rows);
      if (added.length > 0) await store.imports.products(added, commandLineBy(shop));
      return countNew(rows);
    },
  });
}

/** Whoever is here already may owe by other entries, or by none: a file cannot tell which, so nothing is posted twice. */
function unposted(rows: readonly { isOtherHere: boolean }[]): string | null {
  const others = rows.filter(({ isOtherHere }) => isOtherHere).length;
  if (others === 0) return null;
  return (
    `the balances of ${others} rows were NOT posted: those customers were here already, and owe another amount here; ` +
    'opening balances come with the import that brings a customer in. Post them in the khata of each'
  );
}

function newCustomers(rows: readonly (ImportedCustomer & { isKnown: boolean })[]): ImportedCustomer[] {
  return rows.flatMap(({ isKnown, customer, opening }) => (isKnown ? [] : [{ customer, opening }]));
}

function newProducts(rows: readonly { isKnown: boolean; product: NewProduct }[]): NewProduct[] {
  return rows.flatMap(({ isKnown, product }) => (isKnown ? [] : [product]));
}

function countNew(rows: readonly { isKnown: boolean }[]): { added: number; known: number } {
  const known = rows.filter(({ isKnown }) => isKnown).length;
  return { added: rows.length - known, known };
}

/** What the shop has, and the ids of what was removed, which no other row may get. */
async function readHere<T extends RecordKind>(
  { store }: Shop,
  table: T,
): Promise<{ here: ExportRows[T][]; removedIds: string[] }> {
  const reader = await store.exports.open('moment', { table });
  try {
    const here: ExportRows[T][] = [];
    for await (const page of reader.pages(table, {} as ExportFilters[T])) here.push(...page);
    const removedIds: string[] = [];
    for await (const page of reader.pages(table, { isRemoved: true } as ExportFilters[T])) {
      removedIds.push(...page.map(({ id }) => id));
    }
    return { here, removedIds };
  } finally {
    await reader.close();
  }
}
