// Everything a backup holds, of one moment: a copy is made first (moment.ts), and told from there. It may be read more
// than once, and holds whatever the checks of the books ask for.

import type { Db } from 'mongodb';
import { dayOf } from '../../../domain/shop-day.ts';
import { IMAGE_BYTES, toArchiveLine } from '../../archive/archive-page.ts';
import type { ArchivePage } from '../../backup-store.ts';
import type { CollectionName, EntryRow, StoredModel } from '../rows.ts';
import { type CopyOptions, copyOfOneMoment, type Moment } from './moment.ts';
import { ARCHIVED_TABLES, type ArchivedTable, modelLine } from './tables.ts';

const PAGE_ROWS = 500;
/** All that is told below, in the order in which it is. */
const COPIED = new Map<CollectionName, string[]>([
  ...ARCHIVED_TABLES.map(({ collection, sort }) => [collection, Object.keys(sort)] as const),
  ['models', ['name']],
] as [CollectionName, string[]][]);

export async function* dumpDatabase(db: Db, options: CopyOptions = {}): AsyncGenerator<ArchivePage> {
  const copy = await copyDatabase(db, options);
  try {
    yield* pagesOf(copy);
  } finally {
    copy.close();
  }
}

/** Close what is answered. */
export function copyDatabase(db: Db, options: CopyOptions = {}): Promise<Moment> {
  return copyOfOneMoment(db, COPIED, options);
}

export function* pagesOf(copy: Moment): Generator<ArchivePage> {
  const parts = [
    ...ARCHIVED_TABLES.map((table) => ({ name: table.name, lines: () => tableLines(copy, table) })),
    { name: IMAGE_BYTES, lines: () => imageLines(copy) },
    { name: 'khata_daily_debits', lines: () => debitLines(copy) },
    { name: 'models', lines: () => modelLines(copy) },
  ];
  // The sort is stable: the payments of sales come before those of orders.
  for (const { name, lines } of parts.sort((a, b) => compare(a.name, b.name))) yield* paged(name, lines());
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function* paged(table: string, lines: Iterable<string>): Generator<ArchivePage> {
  let page: string[] = [];
  for (const line of lines) {
    page.push(line);
    if (page.length < PAGE_ROWS) continue;
    yield { table, lines: page };
    page = [];
  }
  if (page.length > 0) yield { table, lines: page };
}

function* tableLines(copy: Moment, table: ArchivedTable): Generator<string> {
  for (const row of copy.rows(table.collection)) {
    for (const line of table.lines(row)) yield toArchiveLine(line);
  }
}

function* imageLines(copy: Moment): Generator<string> {
  for (const { name, fileId } of copy.rows('product_images')) {
    yield toArchiveLine({ base64: Buffer.from(copy.file(fileId)).toString('base64'), name });
  }
}

/** By customer and day the debits that were not taken back: the customers' documents hold those of the last days only. */
function* debitLines(copy: Moment): Generator<string> {
  const debits = new Map<string, { shop_id: string; customer_id: string; day: string; paise: number }>();
  const byId = new Map<string, EntryRow>();
  for (const entry of copy.rows('khata_transactions')) {
    const debit = entry.reverses === null ? entry : byId.get(entry.reverses);
    if (debit?.type !== 'debit') continue;
    if (entry === debit) byId.set(entry.id, entry);
    const day = dayOf(debit.createdAt);
    const key = `${debit.shopId} ${debit.customerId} ${day}`;
    const paise = (debits.get(key)?.paise ?? 0) + (entry === debit ? 1 : -1) * debit.amountPaise;
    debits.set(key, { shop_id: debit.shopId, customer_id: debit.customerId, day, paise });
  }
  // Days whose debits were all taken back have no row.
  const kept = [...debits].filter(([, { paise }]) => paise > 0);
  for (const [, line] of kept.sort(([a], [b]) => compare(a, b))) yield toArchiveLine(line);
}

function* modelLines(copy: Moment): Generator<string> {
  for (const { shopId, name, current, previous } of copy.rows('models')) {
    const slots: [string, StoredModel | null][] = [
      ['current', current],
      ['previous', previous],
    ];
    for (const [slot, model] of slots) {
      if (model) yield modelLine(shopId, name, slot, model, copy.file(model.fileId));
    }
  }
}
