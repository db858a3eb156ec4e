// `swati import customers|products`: reads what is here, compares each row with it, and brings the new ones in at once.

import type { ExportFilters, ExportRows } from '../domain/export.ts';
import { formatRupees } from '../domain/money.ts';
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
        : 'are not taken over (--opening-balances posts them)';
      return [['balances', `${owing.length}, ${sum} in all, ${what}`]];
    },
    count: async (_, rows) => countNew(rows),
    add: async (_, rows) => {
      const added = rows.filter(({ isKnown }) => !isKnown);
      const plain = added.map(({ customer, opening }) => ({ customer, opening }));
      if (plain.length > 0) await shop.store.imports.customers(plain, commandLineBy(shop));
      return countNew(rows);
    },
  });
}

async function importProducts(call: CommandCall, shop: Shop, path: string, map: ColumnMap): Promise<number> {
  const { here, removedIds } = await readHere(shop, 'products');
  return runFile(call, (work) => work(shop), path, map, {
    kind: productKind(here, removedIds),
    describe: () => [],
    count: async (_, rows) => countNew(rows),
    add: async (_, rows) => {
      const added = rows.flatMap(({ isKnown, product }) => (isKnown ? [] : [product]));
      if (added.length > 0) await shop.store.imports.products(added, commandLineBy(shop));
      return countNew(rows);
    },
  });
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
