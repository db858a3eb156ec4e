import { newId } from '../src/store/contract-suite/builders.ts';
import type { Connection } from '../src/store/sqlite/database.ts';

export const SHOP = 'main';

export interface YearPiece {
  id: string;
  name: string;
  category: string;
  basePricePaise: number;
  netWeightMg: number;
  goldPurity: string;
}

interface Shopping {
  customerId: string;
  at: number;
  lines: { piece: YearPiece; quantity: number }[];
}

let numbers = 0;

export function writeOrder(db: Connection, { customerId, at, lines }: Shopping, status: string): void {
  const id = newId();
  const total = totalOf(lines);
  db.run(
    `INSERT INTO orders (shop_id, id, version, order_number, customer_id, customer_name, customer_phone,
       customer_email, customer_address, search_text, subtotal_paise, tax_paise, discount_paise, total_paise, status,
       payment_status, payment_method, notes, admin_notes, created_at, updated_at)
     VALUES (:shopId, :id, 1, :number, :customerId, 'Customer', '9876543210', '', 'Pune', :search, :total, 0, 0,
       :total, :status, 'paid', 'cash', '', '', :at, :at)`,
    {
      shopId: SHOP,
      id,
      number: `ORD-${++numbers}`,
      customerId,
      search: `ord-${numbers}\ncustomer`,
      total,
      status,
      at,
    },
  );
  for (const [position, { piece, quantity }] of lines.entries()) {
    db.run(
      `INSERT INTO order_lines VALUES (:shopId, :id, :position, :productId, :name, :category, :quantity, 0, :price,
         :total, :netWeightMg, :purity)`,
      {
        shopId: SHOP,
        id,
        position,
        ...lineOf(piece, quantity),
        category: piece.category,
        total: quantity * piece.basePricePaise,
      },
    );
  }
  writePayment(db, 'order_id', id, total, at);
}

export function writeSale(db: Connection, { customerId, at, lines }: Shopping, isPaid: boolean): void {
  const id = newId();
  const total = totalOf(lines);
  db.run(
    `INSERT INTO sales (shop_id, id, customer_id, customer_name, total_paise, discount_paise, final_paise,
       payment_status, created_at, created_by)
     VALUES (:shopId, :id, :customerId, 'Customer', :total, 0, :total, :status, :at, 'bench')`,
    { shopId: SHOP, id, customerId, total, status: isPaid ? 'paid' : 'pending', at },
  );
  for (const [position, { piece, quantity }] of lines.entries()) {
    db.run(
      `INSERT INTO sale_lines VALUES (:shopId, :id, :position, :productId, :name, :quantity, 0, :price, :netWeightMg,
         :purity)`,
      { shopId: SHOP, id, position, ...lineOf(piece, quantity) },
    );
  }
  if (isPaid) writePayment(db, 'sale_id', id, total, at);
}

function writePayment(
  db: Connection,
  column: 'order_id' | 'sale_id',
  id: string,
  paise: number,
  at: number,
): void {
  db.run(
    `INSERT INTO payments (shop_id, ${column}, position, method, amount_paise, at, by_status)
     VALUES (:shopId, :id, 0, 'cash', :paise, :at, 0)`,
    { shopId: SHOP, id, paise, at },
  );
}

function totalOf(lines: Shopping['lines']): number {
  return lines.reduce((sum, { piece, quantity }) => sum + quantity * piece.basePricePaise, 0);
}

function lineOf(piece: YearPiece, quantity: number) {
  const { id: productId, name, basePricePaise: price, netWeightMg, goldPurity: purity } = piece;
  return { productId, name, quantity, price, netWeightMg, purity };
}
