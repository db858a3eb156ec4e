import { SALE_FIGURES } from '../../../domain/figures.ts';
import type { Page, PageRequest, RowMark } from '../../../domain/page.ts';
import type { Payment, PaymentMethod } from '../../../domain/payment.ts';
import type { Sale, SaleFilter, SaleLine, SalePaymentStatus } from '../../../domain/sale.ts';
import type { Db } from '../database.ts';
import { Conditions, findAfter, findPage } from './conditions.ts';
import { countKept } from './figures.ts';
import { paymentsOfSales } from './payments.ts';

interface Row {
  id: string;
  customer_id: string;
  customer_name: string;
  total_paise: number;
  discount_paise: number;
  final_paise: number;
  payment_status: SalePaymentStatus;
  payment_method: PaymentMethod | null;
  khata_entry_id: string | null;
  notes: string | null;
  created_at: number;
  created_by: string;
}

interface LineRow {
  sale_id: string;
  product_id: string;
  product_name: string;
  quantity: number;
  taken_quantity: number;
  unit_price_paise: number;
  net_weight_mg: number;
  gold_purity: string;
}

const COLUMNS = `id, customer_id, customer_name, total_paise, discount_paise, final_paise, payment_status,
  payment_method, khata_entry_id, notes, created_at, created_by`;

export function findSale(db: Db, shopId: string, id: string): Sale | null {
  const row = db.get<Row>(`SELECT ${COLUMNS} FROM sales WHERE shop_id = :shopId AND id = :id`, {
    shopId,
    id,
  });
  return row ? (withParts(db, shopId, [row])[0] ?? null) : null;
}

export function listSales(db: Db, shopId: string, filter: SaleFilter, page: PageRequest): Page<Sale> {
  const from = { table: 'sales', columns: COLUMNS };
  const known = keptCount(db, shopId, filter);
  const { rows, total } = findPage<Row>(db, from, conditionsOf(shopId, filter), page, known);
  return { rows: withParts(db, shopId, rows), total };
}

/** The number of sales of one payment status or of any; null with other filters, which only counting answers. */
function keptCount(db: Db, shopId: string, { paymentStatus, ...others }: SaleFilter): number | null {
  if (Object.keys(others).length > 0) return null;
  return countKept(db, shopId, paymentStatus === undefined ? SALE_FIGURES : [`sale.${paymentStatus}`]);
}

export function listSalesAfter(
  db: Db,
  shopId: string,
  filter: SaleFilter,
  row: RowMark | null,
  limit: number,
): Sale[] {
  const from = { table: 'sales', columns: COLUMNS };
  return withParts(db, shopId, findAfter<Row>(db, from, conditionsOf(shopId, filter), row, limit));
}

function conditionsOf(shopId: string, filter: SaleFilter): Conditions {
  const where = new Conditions(shopId);
  where.add('payment_status = :paymentStatus', 'paymentStatus', filter.paymentStatus);
  where.add('customer_id = :customerId', 'customerId', filter.customerId);
  where.add('created_at >= :from', 'from', filter.from);
  where.add('created_at < :to', 'to', filter.to);
  return where;
}

function withParts(db: Db, shopId: string, rows: readonly Row[]): Sale[] {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const lines = linesOf(db, shopId, ids);
  const payments = paymentsOfSales(db, shopId, ids);
  return rows.map((row) => toSale(row, lines.get(row.id) ?? [], payments.get(row.id) ?? []));
}

function linesOf(db: Db, shopId: string, saleIds: readonly string[]): Map<string, SaleLine[]> {
  const rows = db.all<LineRow>(
    `SELECT sale_id, product_id, product_name, quantity, taken_quantity, unit_price_paise, net_weight_mg, gold_purity
     FROM sale_lines WHERE shop_id = :shopId AND sale_id IN (SELECT value FROM json_each(:ids))
     ORDER BY sale_id, position`,
    { shopId, ids: JSON.stringify(saleIds) },
  );
  const lines = new Map<string, SaleLine[]>();
  for (const row of rows) {
    const list = lines.get(row.sale_id) ?? [];
    list.push({
      productId: row.product_id,
      productName: row.product_name,
      quantity: row.quantity,
      takenQuantity: row.taken_quantity,
      unitPricePaise: row.unit_price_paise,
      netWeightMg: row.net_weight_mg,
      goldPurity: row.gold_purity,
    });
    lines.set(row.sale_id, list);
  }
  return lines;
}

function toSale(row: Row, lines: SaleLine[], payments: Payment[]): Sale {
  return {
    id: row.id,
    customerId: row.customer_id,
    customerName: row.customer_name,
    lines,
    totalPaise: row.total_paise,
    discountPaise: row.discount_paise,
    finalPaise: row.final_paise,
    paymentStatus: row.payment_status,
    paymentMethod: row.payment_method,
    payments,
    khataEntryId: row.khata_entry_id,
    notes: row.notes,
    createdAt: row.created_at,
    createdBy: row.created_by,
  };
}
