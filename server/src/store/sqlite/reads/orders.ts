// Orders with their lines and payments. A page of orders costs four statements, however many rows it has.

import { ORDER_FIGURES } from '../../../domain/figures.ts';
import {
  ORDER_PAYMENT_STATUSES,
  ORDER_STATUSES,
  type Order,
  type OrderDetail,
  type OrderFilter,
  type OrderLine,
  type OrderPaymentStatus,
  type OrderStatistics,
  type OrderStatus,
  type StatusChange,
} from '../../../domain/order.ts';
import type { Page, PageRequest, RowMark } from '../../../domain/page.ts';
import type { Payment } from '../../../domain/payment.ts';
import { searchSpellings, toSearchText } from '../../../domain/search-text.ts';
import type { Db } from '../database.ts';
import { Conditions, findAfter, findPage } from './conditions.ts';
import { findCustomer } from './customers.ts';
import { countKept } from './figures.ts';
import { findEntry } from './khata.ts';
import { paymentsOfOrders } from './payments.ts';

interface Row {
  id: string;
  version: number;
  order_number: string;
  customer_id: string;
  customer_name: string;
  customer_phone: string;
  customer_email: string;
  customer_address: string;
  subtotal_paise: number;
  tax_paise: number;
  discount_paise: number;
  total_paise: number;
  status: OrderStatus;
  payment_status: OrderPaymentStatus;
  payment_method: string;
  khata_entry_id: string | null;
  notes: string;
  admin_notes: string;
  created_at: number;
  updated_at: number;
  completed_at: number | null;
  cancelled_at: number | null;
}

interface LineRow {
  order_id: string;
  product_id: string;
  product_name: string;
  product_category: string;
  quantity: number;
  taken_quantity: number;
  unit_price_paise: number;
  total_paise: number;
  net_weight_mg: number;
  gold_purity: string;
}

const COLUMNS = `id, version, order_number, customer_id, customer_name, customer_phone, customer_email,
  customer_address, subtotal_paise, tax_paise, discount_paise, total_paise, status, payment_status, payment_method,
  khata_entry_id, notes, admin_notes, created_at, updated_at, completed_at, cancelled_at`;

/** What the search looks in. */
export function orderSearchText(orderNumber: string, customerName: string): string {
  return toSearchText(`${orderNumber}\n${customerName}`);
}

export function findOrder(db: Db, shopId: string, id: string): Order | null {
  const row = db.get<Row>(`SELECT ${COLUMNS} FROM orders WHERE shop_id = :shopId AND id = :id`, {
    shopId,
    id,
  });
  return row ? (withParts(db, shopId, [row])[0] ?? null) : null;
}

export function listOrders(db: Db, shopId: string, filter: OrderFilter, page: PageRequest): Page<Order> {
  const from = { table: 'orders', columns: COLUMNS };
  const known = keptCount(db, shopId, filter);
  const { rows, total } = findPage<Row>(db, from, conditionsOf(shopId, filter), page, known);
  return { rows: withParts(db, shopId, rows), total };
}

/** The number of orders of one status or of any; null with other filters, which only counting answers. */
function keptCount(db: Db, shopId: string, { status, ...others }: OrderFilter): number | null {
  if (Object.keys(others).length > 0) return null;
  return countKept(db, shopId, status === undefined ? ORDER_FIGURES : [`order.${status}`]);
}

export function listOrdersAfter(
  db: Db,
  shopId: string,
  filter: OrderFilter,
  row: RowMark | null,
  limit: number,
): Order[] {
  const from = { table: 'orders', columns: COLUMNS };
  return withParts(db, shopId, findAfter<Row>(db, from, conditionsOf(shopId, filter), row, limit));
}

export function orderStatistics(db: Db, shopId: string, filter: OrderFilter): OrderStatistics {
  const where = conditionsOf(shopId, filter);
  // total() is a float: exact up to 2^53 and no error beyond, where sum() would throw.
  const groups = db.all<{
    status: OrderStatus;
    payment_status: OrderPaymentStatus;
    count: number;
    paise: number;
  }>(
    `SELECT status, payment_status, count(*) AS count, total(total_paise) AS paise FROM orders
     WHERE ${where.sql} GROUP BY status, payment_status`,
    where.params,
  );
  const statistics: OrderStatistics = {
    count: 0,
    totalPaise: 0,
    byStatus: zeros(ORDER_STATUSES),
    byPaymentStatus: zeros(ORDER_PAYMENT_STATUSES),
  };
  for (const group of groups) {
    statistics.count += group.count;
    statistics.totalPaise += group.paise;
    statistics.byStatus[group.status] += group.count;
    statistics.byPaymentStatus[group.payment_status] += group.count;
  }
  return statistics;
}

/**
 * Read from the journal, oldest first; entries whose payload was erased are left out. The index is named because the
 * planner, which takes shop_id for selective, would read the whole journal for the sake of the order.
 */
export function findOrderDetail(db: Db, shopId: string, id: string): OrderDetail | null {
  const order = findOrder(db, shopId, id);
  if (!order) return null;
  const customer = findCustomer(db, shopId, order.customerId);
  return {
    order,
    inKhata: standsInKhata(db, shopId, order),
    customer,
    history: statusHistory(db, shopId, id),
  };
}

/** Whether the order's debit is in the ledger and was not taken back, by a cancellation or by hand. */
export function standsInKhata(
  db: Db,
  shopId: string,
  order: Order,
): order is Order & { khataEntryId: string } {
  if (order.khataEntryId === null) return false;
  return findEntry(db, shopId, order.khataEntryId)?.reversedBy === null;
}

function statusHistory(db: Db, shopId: string, id: string): StatusChange[] {
  const rows = db.all<{ at: number; by: string; before: string | null; after: string | null }>(
    `SELECT j.at, j.actor_name AS by, p.before, p.after
     FROM journal j INDEXED BY journal_subject
     JOIN journal_payloads p ON p.shop_id = j.shop_id AND p.seq = j.seq
     WHERE j.shop_id = :shopId AND subject_type = 'order' AND subject_id = :id
       AND action IN ('order.created', 'order.status_changed') ORDER BY j.seq`,
    { shopId, id },
  );
  return rows.flatMap(({ at, by, before, after }) => {
    const to = statusIn(after);
    return to === null ? [] : [{ at, by, from: statusIn(before), to }];
  });
}

function statusIn(payload: string | null): OrderStatus | null {
  if (payload === null) return null;
  return (JSON.parse(payload) as { status?: OrderStatus }).status ?? null;
}

function conditionsOf(shopId: string, filter: OrderFilter): Conditions {
  const where = new Conditions(shopId);
  where.add('status = :status', 'status', filter.status);
  where.add('payment_status = :paymentStatus', 'paymentStatus', filter.paymentStatus);
  where.add('customer_id = :customerId', 'customerId', filter.customerId);
  where.add('created_at >= :from', 'from', filter.from);
  where.add('created_at < :to', 'to', filter.to);
  if (filter.search !== undefined) {
    const places = searchSpellings(filter.search).map((text) => ['search_text', text] as const);
    where.addParts(places, 'search_text', filter.search);
  }
  return where;
}

function withParts(db: Db, shopId: string, rows: readonly Row[]): Order[] {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const lines = linesOf(db, shopId, ids);
  const payments = paymentsOfOrders(db, shopId, ids);
  return rows.map((row) => toOrder(row, lines.get(row.id) ?? [], payments.get(row.id) ?? []));
}

function linesOf(db: Db, shopId: string, orderIds: readonly string[]): Map<string, OrderLine[]> {
  const rows = db.all<LineRow>(
    `SELECT order_id, product_id, product_name, product_category, quantity, taken_quantity, unit_price_paise,
       total_paise, net_weight_mg, gold_purity
     FROM order_lines WHERE shop_id = :shopId AND order_id IN (SELECT value FROM json_each(:ids))
     ORDER BY order_id, position`,
    { shopId, ids: JSON.stringify(orderIds) },
  );
  const lines = new Map<string, OrderLine[]>();
  for (const row of rows) {
    const list = lines.get(row.order_id) ?? [];
    list.push({
      productId: row.product_id,
      productName: row.product_name,
      productCategory: row.product_category,
      quantity: row.quantity,
      takenQuantity: row.taken_quantity,
      unitPricePaise: row.unit_price_paise,
      totalPaise: row.total_paise,
      netWeightMg: row.net_weight_mg,
      goldPurity: row.gold_purity,
    });
    lines.set(row.order_id, list);
  }
  return lines;
}

function toOrder(row: Row, lines: OrderLine[], payments: Payment[]): Order {
  return {
    id: row.id,
    version: row.version,
    orderNumber: row.order_number,
    customerId: row.customer_id,
    customerName: row.customer_name,
    customerPhone: row.customer_phone,
    customerEmail: row.customer_email,
    customerAddress: row.customer_address,
    lines,
    subtotalPaise: row.subtotal_paise,
    taxPaise: row.tax_paise,
    discountPaise: row.discount_paise,
    totalPaise: row.total_paise,
    status: row.status,
    paymentStatus: row.payment_status,
    paymentMethod: row.payment_method,
    payments,
    khataEntryId: row.khata_entry_id,
    notes: row.notes,
    adminNotes: row.admin_notes,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    completedAt: row.completed_at,
    cancelledAt: row.cancelled_at,
  };
}

function zeros<K extends string>(keys: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
}
