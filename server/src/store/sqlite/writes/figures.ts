// The kept rows of the figures (migrations 0012 and 0016): a few additions in the same write as what they count. `swati verify`
// recomputes all of them.

import type { Figure, FigureSum } from '../../../domain/figures.ts';
import { entryFigure, lineFigures, orderSum, paymentSum, saleSum } from '../../../domain/kept-figures.ts';
import type { KhataEntry, NewKhataEntry } from '../../../domain/khata.ts';
import type { Order, OrderStatus } from '../../../domain/order.ts';
import type { Payment } from '../../../domain/payment.ts';
import type { Sale } from '../../../domain/sale.ts';
import { DAY_MS, dayOf } from '../../../domain/shop-day.ts';
import { dayNumber, PLACES_OF_PIECE, startOfDayNumber } from '../product-places.ts';
import type { Tx } from './tx.ts';

/** The row number of a piece, by its id. */
type FindRow = (productId: string) => { row: number } | null;

export function keepSale(tx: Tx, sale: Sale, find: FindRow): void {
  addToDay(tx, sale.createdAt, `sale.${sale.paymentStatus}`, saleSum(sale));
  tx.run(
    `INSERT INTO customer_figures (shop_id, customer_id, sales, sales_paise, last_sale_at, orders, orders_paise)
     VALUES (:shopId, :customerId, 1, :paise, :at, 0, 0)
     ON CONFLICT (shop_id, customer_id) DO UPDATE SET sales = sales + 1, sales_paise = sales_paise + :paise,
       last_sale_at = max(ifnull(last_sale_at, :at), :at)`,
    { shopId: tx.shopId, customerId: sale.customerId, paise: sale.finalPaise, at: sale.createdAt },
  );
  const day = dayNumber(dayOf(sale.createdAt));
  for (const line of sale.lines) {
    const sold = lineFigures(line);
    const row = rowOf(find, sold.productId);
    tx.run(
      `INSERT INTO product_figures (shop_id, product_id, sold, sold_paise, sold_fine_mg, last_sale_at, ordered,
         ordered_paise, ordered_fine_mg)
       VALUES (:shopId, :productId, :quantity, :paise, :fineMg, :at, 0, 0, 0)
       ON CONFLICT (shop_id, product_id) DO UPDATE SET sold = sold + :quantity, sold_paise = sold_paise + :paise,
         sold_fine_mg = sold_fine_mg + :fineMg, last_sale_at = max(ifnull(last_sale_at, :at), :at)`,
      { ...sold, shopId: tx.shopId, at: sale.createdAt },
    );
    addToProductDay(tx, day, row, sold, NOTHING);
    noteSold(tx, sale.createdAt, row);
  }
}

export function keepOrder(tx: Tx, order: Order, find: FindRow): void {
  addToDay(tx, order.createdAt, `order.${order.status}`, orderSum(order));
  tx.run(
    `INSERT INTO customer_figures (shop_id, customer_id, sales, sales_paise, orders, orders_paise, last_order_at,
       first_order_at)
     VALUES (:shopId, :customerId, 0, 0, 1, :paise, :at, :at)
     ON CONFLICT (shop_id, customer_id) DO UPDATE SET orders = orders + 1, orders_paise = orders_paise + :paise,
       last_order_at = max(ifnull(last_order_at, :at), :at), first_order_at = min(ifnull(first_order_at, :at), :at)`,
    { shopId: tx.shopId, customerId: order.customerId, paise: order.totalPaise, at: order.createdAt },
  );
  const day = dayNumber(dayOf(order.createdAt));
  for (const line of order.lines) {
    const ordered = lineFigures(line);
    const row = rowOf(find, ordered.productId);
    tx.run(
      `INSERT INTO product_figures (shop_id, product_id, sold, sold_paise, sold_fine_mg, ordered, ordered_paise,
         ordered_fine_mg, last_order_at)
       VALUES (:shopId, :productId, 0, 0, 0, :quantity, :paise, :fineMg, :at)
       ON CONFLICT (shop_id, product_id) DO UPDATE SET ordered = ordered + :quantity,
         ordered_paise = ordered_paise + :paise, ordered_fine_mg = ordered_fine_mg + :fineMg,
         last_order_at = max(ifnull(last_order_at, :at), :at)`,
      { ...ordered, shopId: tx.shopId, at: order.createdAt },
    );
    addToProductDay(tx, day, row, NOTHING, ordered);
    noteSold(tx, order.createdAt, row);
  }
}

/** `order` is as it was; its row has the new status already. No order leaves `cancelled`. */
export function keepOrderStatus(tx: Tx, order: Order, status: OrderStatus): void {
  const sum = orderSum(order);
  const taken = { count: -1, paise: -sum.paise, fineMg: -sum.fineMg };
  addToDay(tx, order.createdAt, `order.${order.status}`, taken);
  addToDay(tx, order.createdAt, `order.${status}`, sum);
  if (status === 'cancelled') takeBackOrder(tx, order);
}

/** Takes a cancelled order out of what its customer and its pieces have to show. */
function takeBackOrder(tx: Tx, order: Order): void {
  const { shopId } = tx;
  tx.run(
    `UPDATE customer_figures SET orders = orders - 1, orders_paise = orders_paise - :paise,
       last_order_at = (SELECT max(created_at) FROM orders
         WHERE shop_id = :shopId AND customer_id = :customerId AND status <> 'cancelled')
     WHERE shop_id = :shopId AND customer_id = :customerId`,
    { shopId, customerId: order.customerId, paise: order.totalPaise },
  );
  const lines = order.lines.map(lineFigures);
  const find: FindRow = (id) =>
    tx.get<{ row: number }>('SELECT row FROM products WHERE shop_id = :shopId AND id = :id', {
      shopId,
      id,
    }) ?? null;
  const day = dayNumber(dayOf(order.createdAt));
  for (const { productId, quantity, paise, fineMg } of lines) {
    const taken = { quantity: -quantity, paise: -paise, fineMg: -fineMg };
    addToProductDay(tx, day, rowOf(find, productId), NOTHING, taken);
  }
  for (const line of lines) {
    const { productId } = line;
    tx.run(
      `UPDATE product_figures SET ordered = ordered - :quantity, ordered_paise = ordered_paise - :paise,
         ordered_fine_mg = ordered_fine_mg - :fineMg, last_order_at = :lastOrderAt
       WHERE shop_id = :shopId AND product_id = :productId`,
      { shopId, ...line, lastOrderAt: lastOrderAt(tx, productId, order.createdAt) },
    );
    tx.run(
      `UPDATE product_last_sold SET last_sold_at =
         (SELECT nullif(max(ifnull(last_sale_at, 0), ifnull(last_order_at, 0)), 0) FROM product_figures
          WHERE shop_id = :shopId AND product_id = :productId)
       WHERE row = (SELECT row FROM products WHERE shop_id = :shopId AND id = :productId)`,
      { shopId, productId },
    );
  }
}

/** When a piece was ordered last, now that an order of the instant `taken` no longer counts in its days. */
function lastOrderAt(tx: Tx, productId: string, taken: number): number | null {
  const { shopId } = tx;
  const known = tx.get<{ at: number | null }>(
    'SELECT last_order_at AS at FROM product_figures WHERE shop_id = :shopId AND product_id = :productId',
    { shopId, productId },
  );
  if (known && known.at !== null && known.at > taken) return known.at;
  const last = tx.get<{ day: number }>(
    `SELECT d.place - p.row * ${PLACES_OF_PIECE} AS day FROM products p JOIN product_days d
       ON d.place >= p.row * ${PLACES_OF_PIECE} AND d.place < (p.row + 1) * ${PLACES_OF_PIECE}
     WHERE p.shop_id = :shopId AND p.id = :productId AND d.ordered > 0 ORDER BY d.place DESC LIMIT 1`,
    { shopId, productId },
  );
  if (!last) return null;
  const from = startOfDayNumber(last.day);
  const newest = tx.get<{ at: number }>(
    `SELECT o.created_at AS at FROM orders o
     WHERE o.shop_id = :shopId AND o.created_at >= :from AND o.created_at < :to AND o.status <> 'cancelled'
       AND EXISTS (SELECT 1 FROM order_lines l
         WHERE l.shop_id = o.shop_id AND l.order_id = o.id AND l.product_id = :productId)
     ORDER BY o.created_at DESC LIMIT 1`,
    { shopId, productId, from, to: from + DAY_MS },
  );
  return newest?.at ?? null;
}

/** The khata rows among them are debts, which the ledger counts. */
export function keepPayments(tx: Tx, rows: readonly Payment[]): void {
  const sum = paymentSum(rows);
  if (sum.count > 0) addToDay(tx, tx.by.at, 'payment', sum);
}

/** `reverses`: the entry that this one takes back. A debit that was taken back no longer ages. */
export function keepEntry(
  tx: Tx,
  entry: NewKhataEntry & Pick<KhataEntry, 'source'>,
  reverses: KhataEntry | null,
): void {
  const { customerId } = entry;
  const { figure, paise, sum } = entryFigure(entry, reverses);
  addToDay(tx, tx.by.at, figure, sum);
  if (figure === 'khata.received') return;
  const day = dayOf(reverses?.createdAt ?? tx.by.at);
  if (reverses === null) {
    tx.run(
      `INSERT INTO khata_daily_debits (shop_id, customer_id, day, paise) VALUES (:shopId, :customerId, :day, :paise)
       ON CONFLICT (shop_id, customer_id, day) DO UPDATE SET paise = paise + :paise`,
      { shopId: tx.shopId, customerId, day, paise },
    );
  } else {
    tx.run(
      `UPDATE khata_daily_debits SET paise = paise + :paise
       WHERE shop_id = :shopId AND customer_id = :customerId AND day = :day`,
      { shopId: tx.shopId, customerId, day, paise },
    );
    tx.run(
      `DELETE FROM khata_daily_debits
       WHERE shop_id = :shopId AND customer_id = :customerId AND day = :day AND paise = 0`,
      { shopId: tx.shopId, customerId, day },
    );
  }
}

function addToDay(tx: Tx, at: number, figure: Figure, sum: FigureSum): void {
  tx.addToDay(dayOf(at), figure, sum);
}

interface LineSum {
  quantity: number;
  paise: number;
  fineMg: number;
}
const NOTHING: LineSum = { quantity: 0, paise: 0, fineMg: 0 };

function rowOf(find: FindRow, productId: string): number {
  const piece = find(productId);
  if (!piece) throw new Error(`the piece ${productId} of a bill is not there`);
  return piece.row;
}

/** `day`: its number; see product-places.ts. */
function addToProductDay(tx: Tx, day: number, row: number, sold: LineSum, ordered: LineSum): void {
  tx.run(
    `INSERT INTO product_days (place, sold, sold_paise, sold_fine_mg, ordered, ordered_paise, ordered_fine_mg)
     VALUES (:place, :sold, :soldPaise, :soldFineMg, :ordered, :orderedPaise, :orderedFineMg)
     ON CONFLICT (place) DO UPDATE SET sold = sold + :sold, sold_paise = sold_paise + :soldPaise,
       sold_fine_mg = sold_fine_mg + :soldFineMg, ordered = ordered + :ordered,
       ordered_paise = ordered_paise + :orderedPaise, ordered_fine_mg = ordered_fine_mg + :orderedFineMg`,
    {
      place: row * PLACES_OF_PIECE + day,
      sold: sold.quantity,
      soldPaise: sold.paise,
      soldFineMg: sold.fineMg,
      ordered: ordered.quantity,
      orderedPaise: ordered.paise,
      orderedFineMg: ordered.fineMg,
    },
  );
}

function noteSold(tx: Tx, at: number, row: number): void {
  tx.run(
    `INSERT INTO product_last_sold (row, last_sold_at) VALUES (:row, :at)
     ON CONFLICT (row) DO UPDATE SET last_sold_at = max(ifnull(last_sold_at, :at), :at)`,
    { row, at },
  );
}
