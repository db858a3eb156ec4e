// What `swati verify` asks of this store: the chain of hashes, and the ledger against itself, the balances and the
// journal. The chain is read first, up to a fixed head; the ledger from a copy of one moment, which may take its time.

import type { Db } from 'mongodb';
import type { VerifyReport } from '../../../domain/journal.ts';
import { checkLink, checkPayload } from '../../books/journal-checks.ts';
import { GENESIS_HASH, type JournalHead } from '../../books/journal-hash.ts';
import {
  addToFold,
  type CheckedEntry,
  checkCustomer,
  checkEntry,
  type Fold,
} from '../../books/khata-checks.ts';
import { Problems } from '../../books/problems.ts';
import { copyOfOneMoment, type Moment } from '../archive/moment.ts';
import { type Document, fromDocument, toId } from '../codec.ts';
import { payloadsOf } from '../reads/journal.ts';
import { findShop } from '../reads/settings.ts';
import type { CollectionName, EntryRow, JournalRow } from '../rows.ts';
import { checkFigures } from './check-figures.ts';
import { checkPictures } from './check-pictures.ts';

const ROWS_AT_ONCE = 1000;
/** What must be of one moment, ordered as a backup has it (archive/dump.ts). Entries of the journal never change. */
const COPIED = new Map<CollectionName, string[]>([
  ['shops', ['_id']],
  ['khata_transactions', ['position']],
  ['customers', ['_id']],
  ['orders', ['_id']],
  ['sales', ['_id']],
  ['daily_figures', ['day']],
  ['products', ['_id']],
]);

interface Ledger {
  db: Db;
  copy: Moment;
  shopId: string;
  problems: Problems;
}

/** `copied`: a copy of the whole database, where the caller has one and nobody writes; then no picture is looked at. */
export async function verifyBooks(db: Db, shopId: string, copied?: Moment): Promise<VerifyReport> {
  const problems = new Problems();
  const pictures = new Problems();
  const shop = await findShop(db, shopId);
  const head = { seq: shop?.seq ?? 0, hash: shop?.hash ?? GENESIS_HASH };
  const entries = await checkJournal(db, shopId, head, problems);
  const copy = copied ? ofShop(copied, shopId) : await copyOfOneMoment(db, COPIED, { shopId });
  try {
    const customers = await checkLedger({ db, copy, shopId, problems });
    checkFigures(copy, problems);
    if (!copied) await checkPictures(db, shopId, pictures);
    return { entries, head, customers, problems: problems.lines(), pictures: pictures.lines() };
  } finally {
    copy.close();
  }
}

/** Without the other shops of the database. Whoever made the copy closes it. */
function ofShop(copied: Moment, shopId: string): Moment {
  return {
    ...copied,
    *rows(collection, from) {
      for (const row of copied.rows(collection, from)) if (row.shopId === shopId) yield row;
    },
    close: () => undefined,
  };
}

/** Entries never change, so they are read by pages of their numbers. */
async function checkJournal(db: Db, shopId: string, head: JournalHead, problems: Problems): Promise<number> {
  let count = 0;
  let previous: JournalHead = { seq: 0, hash: GENESIS_HASH };
  for (;;) {
    const found = await db
      .collection('journal')
      .find({ shop_id: shopId, seq: { $gt: previous.seq, $lte: head.seq } })
      .sort({ seq: 1 })
      .limit(ROWS_AT_ONCE)
      .toArray();
    const rows = found.map((document) => fromDocument<JournalRow>(document));
    const payloads = await payloadsOf(db, shopId, rows);
    for (const row of rows) {
      const { salt = null, before = null, after = null } = payloads.get(row.seq) ?? {};
      const link = { ...row, salt, before, after };
      checkLink(link, previous, problems);
      checkPayload(link, problems);
      previous = { seq: row.seq, hash: row.hash };
    }
    count += rows.length;
    if (rows.length < ROWS_AT_ONCE) break;
  }
  if (previous.seq !== head.seq || previous.hash !== head.hash) {
    problems.add(
      `journal: its last entry is ${previous.seq}, but the shop's head is ${head.seq}:${head.hash}`,
    );
  }
  return count;
}

/** Answers the number of customers, removed ones included. */
async function checkLedger(ledger: Ledger): Promise<number> {
  const { copy, problems } = ledger;
  const folds = new Map<string, Fold>();
  /** By customer, as the entry before says it. */
  const balances = new Map<string, number>();
  const seen = new Set<number>();
  for (const page of pages(copy)) {
    for (const entry of await withContext(ledger, page)) {
      let fold = folds.get(entry.customerId);
      if (!fold) {
        fold = { entries: 0, debitsPaise: 0, creditsPaise: 0 };
        folds.set(entry.customerId, fold);
      }
      addToFold(fold, entry);
      checkEntry(entry, balances.get(entry.customerId) ?? 0, problems);
      balances.set(entry.customerId, entry.balanceAfterPaise);
      seen.add(entry.position);
    }
  }
  await checkMissing(ledger, seen);
  let customers = 0;
  for (const row of copy.rows('customers')) {
    const sums = {
      entries: row.khataEntries,
      debitsPaise: row.khataDebitsPaise,
      creditsPaise: row.khataCreditsPaise,
    };
    checkCustomer({ ...row, ...sums }, folds.get(row.id), problems);
    customers++;
  }
  return customers;
}

/** Entries by position: each customer's oldest first. */
function* pages(copy: Moment): Generator<EntryRow[]> {
  let page: EntryRow[] = [];
  for (const entry of copy.rows('khata_transactions')) {
    page.push(entry);
    if (page.length < ROWS_AT_ONCE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** The entries with those that they reverse and with what the journal recorded of them. */
async function withContext({ db, shopId }: Ledger, rows: readonly EntryRow[]): Promise<CheckedEntry[]> {
  const inShop = async <T>(name: string, filter: Document): Promise<T[]> => {
    const found = await db
      .collection(name)
      .find({ shop_id: shopId, ...filter })
      .toArray();
    return found.map((document) => fromDocument<T>(document));
  };
  const seq = { $in: rows.map(({ position }) => position) };
  const links = await inShop<JournalRow>('journal', { seq });
  const payloads = await inShop<{ seq: number; after: string | null }>('journal_payloads', { seq });
  const ids = rows.flatMap((row) => (row.reverses === null ? [] : [toId(row.reverses)]));
  const undone = ids.length === 0 ? [] : await inShop<EntryRow>('khata_transactions', { _id: { $in: ids } });
  const reversed = new Map(undone.map((row) => [row.id, row]));
  const link = new Map(links.map((row) => [row.seq, row]));
  const after = new Map(payloads.map((row) => [row.seq, row.after]));
  return rows.map((row) => {
    const entry = link.get(row.position);
    const old = row.reverses === null ? undefined : reversed.get(row.reverses);
    return {
      ...row,
      sourceKind: row.source?.kind ?? null,
      reversedCustomerId: old?.customerId ?? null,
      reversedType: old?.type ?? null,
      reversedAmountPaise: old?.amountPaise ?? null,
      reversedReverses: old?.reverses ?? null,
      action: entry?.action ?? null,
      subject: entry ? `${entry.subjectType}:${entry.subjectId}` : null,
      recorded: after.get(row.position) ?? null,
    };
  });
}

/** Postings that the journal tells of and the ledger does not hold. */
async function checkMissing(
  { db, copy, shopId, problems }: Ledger,
  seen: ReadonlySet<number>,
): Promise<void> {
  const [shop] = copy.rows('shops');
  const upTo = { seq: { $lte: shop?.seq ?? 0 } };
  const told = db
    .collection('journal')
    .find({ shop_id: shopId, action: { $in: ['khata.posted', 'khata.reversed'] }, ...upTo })
    .sort({ action: 1, seq: 1 });
  for await (const document of told) {
    const { seq, subjectId } = fromDocument<JournalRow>(document);
    if (seen.has(seq)) continue;
    problems.add(
      `khata entry ${subjectId} (position ${seq}): the journal tells of it, but the ledger does not hold it`,
    );
  }
}
