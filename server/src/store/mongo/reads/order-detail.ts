// One order with what stands elsewhere, in two round trips: the order with the journal's entries of it, then what both
// of them name.

import type { Db } from 'mongodb';
import type { Order, OrderDetail, OrderStatus, StatusChange } from '../../../domain/order.ts';
import { type Document, fromDocument, toId } from '../codec.ts';
import type { CustomerRow, JournalRow, OrderRow, PayloadRow } from '../rows.ts';
import { toCustomer } from './customers.ts';
import { toOrder } from './orders.ts';

const STATUS_ACTIONS = ['order.created', 'order.status_changed'];

export async function findOrderDetail(db: Db, shopId: string, id: string): Promise<OrderDetail | null> {
  const told = { shop_id: shopId, subject_type: 'order', subject_id: id, action: { $in: STATUS_ACTIONS } };
  const [first, ...others] = await db
    .collection('orders')
    .aggregate<Document>([
      { $match: { _id: toId(id), shop_id: shopId } },
      { $unionWith: { coll: 'journal', pipeline: [{ $match: told }, { $sort: { seq: 1 } }] } },
    ])
    .toArray();
  if (!first || !('order_number' in first)) return null;
  const order = toOrder(fromDocument<OrderRow>(first));
  const entries = others.map((document) => fromDocument<JournalRow>(document));
  const payloads = { shop_id: shopId, seq: { $in: entries.map(({ seq }) => seq) } };
  const named = await db
    .collection('customers')
    .aggregate<Document>([
      { $match: { _id: toId(order.customerId), shop_id: shopId, is_active: true } },
      { $unionWith: { coll: 'journal_payloads', pipeline: [{ $match: payloads }] } },
      ...debitOf(shopId, order),
    ])
    .toArray();
  const customer = named.find((document) => 'phone' in document);
  const debits = named.filter((document) => 'reverses' in document);
  const changes = named.filter((document) => 'seq' in document);
  return {
    order,
    inKhata: debits.length > 0 && debits.every(({ reverses }) => reverses === null),
    customer: customer ? toCustomer(fromDocument<CustomerRow>(customer)) : null,
    history: toHistory(
      entries,
      changes.map((document) => fromDocument<PayloadRow>(document)),
    ),
  };
}

/** The debit of an order on khata, and the entry that took it back. */
function debitOf(shopId: string, { khataEntryId }: Order): Document[] {
  if (khataEntryId === null) return [];
  const id = toId(khataEntryId);
  // The index of reversals serves only those who say so.
  const either = [{ _id: id }, { reverses: { $eq: id, $type: 'objectId' } }];
  const pipeline = [{ $match: { shop_id: shopId, $or: either } }];
  return [{ $unionWith: { coll: 'khata_transactions', pipeline } }];
}

/** Entries whose payload was erased are left out. */
function toHistory(entries: readonly JournalRow[], payloads: readonly PayloadRow[]): StatusChange[] {
  const bySeq = new Map(payloads.map((payload) => [payload.seq, payload]));
  return entries.flatMap(({ seq, at, actorName: by }) => {
    const payload = bySeq.get(seq);
    const to = statusIn(payload?.after ?? null);
    return to === null ? [] : [{ at, by, from: statusIn(payload?.before ?? null), to }];
  });
}

function statusIn(payload: string | null): OrderStatus | null {
  if (payload === null) return null;
  return (JSON.parse(payload) as { status?: OrderStatus }).status ?? null;
}
