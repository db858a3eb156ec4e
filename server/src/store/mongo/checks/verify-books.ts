// What `swati verify` asks of this store: the chain of hashes, and the ledger against itself, the balances and the
// journal. The chain is read first, up to a fixed head; the ledger at one moment, in a transaction that only reads.

import type { ClientSession, Db } from 'mongodb';
import type { VerifyReport } from '../../../domain/journal.ts';
import { checkLink, checkPayload, type JournalHead } from '../../books/journal-checks.ts';
import { GENESIS_HASH } from '../../books/journal-hash.ts';
import {
  addToFold,
  type CheckedEntry,
  checkCustomer,
  checkEntry,
  type Fold,
} from '../../books/khata-checks.ts';
import { Problems } from '../../books/problems.ts';
import { type Document, fromDocument, toId } from '../codec.ts';
import { TRANSACTION } from '../concerns.ts';
import { payloadsOf } from '../reads/journal.ts';
import { findShop } from '../reads/settings.ts';
import type { CustomerRow, EntryRow, JournalRow } from '../rows.ts';
import { checkFigures } from './check-figures.ts';

const ROWS_AT_ONCE = 1000;

export async function verifyBooks(db: Db, shopId: string): Promise<VerifyReport> {
  const problems = new Problems();
  const shop = await findShop(db, shopId);
  const head = { seq: shop?.seq ?? 0, hash: shop?.hash ?? GENESIS_HASH };
  const entries = await checkJournal(db, shopId, head, problems);
  const session = db.client.startSession({ defaultTransactionOptions: TRANSACTION });
  try {
    session.startTransaction();
    const customers = await checkLedger(db, session, shopId, problems);
    await checkFigures(db, session, shopId, problems);
    return { entries, head, customers, problems: problems.lines() };
  } finally {
    if (session.inTransaction()) await session.abortTransaction();
    await session.endSession();
  }
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
async function checkLedger(
  db: Db,
  session: ClientSession,
  shopId: string,
  problems: Problems,
): Promise<number> {
  const folds = new Map<string, Fold>();
  const seen = new Set<number>();
  let before = 0;
  for await (const page of pages(db, session, shopId)) {
    for (const entry of await withContext(db, session, shopId, page)) {
      let fold = folds.get(entry.customerId);
      if (!fold) {
        fold = { entries: 0, debitsPaise: 0, creditsPaise: 0 };
        folds.set(entry.customerId, fold);
        before = 0;
      }
      addToFold(fold, entry);
      checkEntry(entry, before, problems);
      before = entry.balanceAfterPaise;
      seen.add(entry.position);
    }
  }
  await checkMissing(db, session, shopId, seen, problems);
  let customers = 0;
  const found = db.collection('customers').find({ shop_id: shopId }, { session });
  for await (const document of found) {
    const row = fromDocument<CustomerRow>(document);
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

/** Entries by customer, each customer's oldest first. */
async function* pages(db: Db, session: ClientSession, shopId: string): AsyncGenerator<EntryRow[]> {
  const found = db
    .collection('khata_transactions')
    .find({ shop_id: shopId }, { session, hint: 'of_customer' })
    .sort({ customer_id: 1, position: 1 });
  let page: EntryRow[] = [];
  for await (const document of found) {
    page.push(fromDocument<EntryRow>(document));
    if (page.length < ROWS_AT_ONCE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** The entries with those that they reverse and with what the journal recorded of them. */
async function withContext(
  db: Db,
  session: ClientSession,
  shopId: string,
  rows: readonly EntryRow[],
): Promise<CheckedEntry[]> {
  const inShop = async <T>(name: string, filter: Document): Promise<T[]> => {
    const found = await db
      .collection(name)
      .find({ shop_id: shopId, ...filter }, { session })
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
  db: Db,
  session: ClientSession,
  shopId: string,
  seen: ReadonlySet<number>,
  problems: Problems,
): Promise<void> {
  const told = db
    .collection('journal')
    .find({ shop_id: shopId, action: { $in: ['khata.posted', 'khata.reversed'] } }, { session })
    .sort({ action: 1, seq: 1 });
  for await (const document of told) {
    const { seq, subjectId } = fromDocument<JournalRow>(document);
    if (seen.has(seq)) continue;
    problems.add(
      `khata entry ${subjectId} (position ${seq}): the journal tells of it, but the ledger does not hold it`,
    );
  }
}
