// An export of one moment: a copy of the rows that it needs, made while the shop goes on (archive/moment.ts). The ledger
// and the journal never change, so they are read where they are, by pages, up to the position of that moment.

import type { Db } from 'mongodb';
import type { ExportFilters, ExportRows, ExportTable } from '../../domain/export.ts';
import { MAX_PAGE_ROWS } from '../../domain/page.ts';
import type { Board } from '../../domain/piece-price.ts';
import { RATE_PURITIES } from '../../domain/price.ts';
import { dayOf } from '../../domain/shop-day.ts';
import type { ExportReader, WhatLeaves } from '../export-store.ts';
import { type CopyOptions, copyOfOneMoment, type Moment } from './archive/moment.ts';
import type { Document } from './codec.ts';
import { imagesOf, readSlowly } from './export-pages.ts';
import { matchesRow } from './matches-row.ts';
import { customerConditions, toCustomer } from './reads/customers.ts';
import { orderConditions, toOrder } from './reads/orders.ts';
import {
  boardOf,
  diamondConditions,
  metalConditions,
  toDiamondPrice,
  toMetalPrice,
  toRate,
} from './reads/prices.ts';
import { productConditions, toProduct } from './reads/products.ts';
import { Questions } from './reads/questions.ts';
import { saleConditions, toSale } from './reads/sales.ts';
import { toSettings } from './reads/settings.ts';
import { toUser } from './reads/users.ts';
import type { CollectionName, MetalRow, Rows } from './rows.ts';

type CopiedTable = Exclude<ExportTable, 'khata' | 'journal'>;

interface Form<T extends CopiedTable, C extends CollectionName = CollectionName> {
  collection: C;
  /** What its rows are ordered by, and from which end its list begins. */
  fields: readonly string[];
  from: 'first' | 'last';
  conditions: (shopId: string, filter: ExportFilters[T]) => Document;
  toExport: (row: Rows[C]) => ExportRows[T];
}

const NEWEST = { fields: ['created_at'], from: 'last' } as const;
const LATEST = { fields: ['day', 'position', 'place'], from: 'last' } as const;

function form<T extends CopiedTable, C extends CollectionName>(one: Form<T, C>): Form<T> {
  return one as unknown as Form<T>;
}

const FORMS: { [T in CopiedTable]: Form<T> } = {
  sales: form<'sales', 'sales'>({
    ...NEWEST,
    collection: 'sales',
    conditions: saleConditions,
    toExport: toSale,
  }),
  orders: form<'orders', 'orders'>({
    ...NEWEST,
    collection: 'orders',
    conditions: orderConditions,
    toExport: toOrder,
  }),
  customers: form<'customers', 'customers'>({
    ...NEWEST,
    collection: 'customers',
    conditions: customerConditions,
    toExport: toCustomer,
  }),
  products: form<'products', 'products'>({
    ...NEWEST,
    collection: 'products',
    conditions: productConditions,
    toExport: toProduct,
  }),
  metal_prices: form<'metal_prices', 'price_history'>({
    ...LATEST,
    collection: 'price_history',
    conditions: metalConditions,
    toExport: toMetalPrice,
  }),
  diamond_prices: form<'diamond_prices', 'diamond_price_history'>({
    ...LATEST,
    collection: 'diamond_price_history',
    conditions: diamondConditions,
    toExport: toDiamondPrice,
  }),
  users: form<'users', 'users'>({
    fields: ['created_at'],
    from: 'first',
    collection: 'users',
    conditions: (shopId) => ({ shop_id: shopId }),
    toExport: toUser,
  }),
};

export async function openMomentReader(
  db: Db,
  shopId: string,
  of: WhatLeaves = { table: 'all', images: true },
  folder?: string,
): Promise<ExportReader> {
  const { collections, conditions } = copyFor(shopId, of);
  const options: CopyOptions = { shopId, conditions, withoutFiles: true, ...(folder ? { folder } : {}) };
  const copy = await copyOfOneMoment(db, collections, options);
  const [shop = null] = copy.rows('shops');
  const names = of.table === 'all' ? namesIn(copy) : null;
  const entries = readSlowly({ db, shopId, end: shop?.seq ?? 0, names });
  const settings = toSettings(shop);
  return {
    pages: async function* <T extends ExportTable>(table: T, filter: ExportFilters[T]) {
      if (table === 'khata' || table === 'journal') return yield* entries.pages(table, filter);
      // A table's form, filter and rows belong together, which the compiler cannot see across a union.
      const own = FORMS[table as CopiedTable] as unknown as Form<never>;
      if (!collections.has(own.collection)) throw new Error(`${table} was not copied for ${of.table}`);
      yield* pagesOf(copy, own, own.conditions(shopId, filter as never)) as Generator<ExportRows[T][]>;
    },
    board: async (at) =>
      // Only pieces are priced; beside another table nobody sees it.
      of.table === 'all' || of.table === 'products'
        ? { rates: ratesAt(copy, at), defaultMaking: settings.makingCharge }
        : boardOf(new Questions(db), shopId, at),
    settings: async () => settings,
    images: () => imagesOf(db, copy.rows('product_images')),
    close: async () => copy.close(),
  };
}

/** The collections that an export needs, and which rows of them. */
function copyFor(shopId: string, of: WhatLeaves) {
  const collections = new Map<CollectionName, readonly string[]>([['shops', []]]);
  const conditions = new Map<CollectionName, Document>();
  const add = ({ collection, fields }: Pick<Form<CopiedTable>, 'collection' | 'fields'>): void => {
    collections.set(collection, fields);
  };
  if (of.table === 'all') {
    for (const one of Object.values(FORMS)) add(one);
    if (of.images) add({ collection: 'product_images', fields: ['name'] });
    return { collections, conditions };
  }
  if (of.table === 'khata') return { collections, conditions };
  const { collection, fields, conditions: conditionsOf } = FORMS[of.table];
  add({ collection, fields });
  if (of.filter) conditions.set(collection, conditionsOf(shopId, of.filter as never));
  if (of.table === 'products') add(FORMS.metal_prices);
  return { collections, conditions };
}

function* pagesOf(
  copy: Moment,
  { collection, from, toExport }: Form<never>,
  wanted: Document,
): Generator<unknown[]> {
  let page: unknown[] = [];
  for (const row of copy.rows(collection, from)) {
    if (!matchesRow(wanted, row)) continue;
    page.push(toExport(row));
    if (page.length < MAX_PAGE_ROWS) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

function namesIn(copy: Moment): Map<string, string> {
  const names = new Map<string, string>();
  for (const { id, name } of copy.rows('customers')) names.set(id, name);
  return names;
}

/** As boardOf says it, of the copied rows. */
function ratesAt(copy: Moment, at: number): Board['rates'] {
  const latest = new Map<string, MetalRow>();
  for (const row of copy.rows('price_history', 'last')) {
    const isInForce = row.metal === 'gold' && !row.held && row.day <= dayOf(at);
    if (isInForce && !latest.has(row.purity)) latest.set(row.purity, row);
  }
  return RATE_PURITIES.gold.flatMap((purity) => latest.get(purity) ?? []).map(toRate);
}
