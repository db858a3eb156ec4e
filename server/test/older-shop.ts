// A database as the older backend left it, with the damage that such databases have.

import { type Db, ObjectId } from 'mongodb';

export const id = (n: number): ObjectId => new ObjectId(n.toString(16).padStart(24, '6'));
const at = (hour: number): Date => new Date(Date.UTC(2025, 5, 1, hour));
/** "secret-of-asha" as the older backend wrote it. */
const OLDER_HASH = `pbkdf2:sha256:1000$salt$${'0'.repeat(64)}`;

/** What can be taken over as it is, but for the balance of the first customer and the phone of the third. */
export async function fillOlderShop(db: Db): Promise<void> {
  const made = { created_at: at(1), updated_at: at(2) };
  await db.collection('users').insertMany([
    {
      _id: id(1),
      username: 'admin',
      email: 'Admin@Example.com',
      password_hash: OLDER_HASH,
      role: 'admin',
      ...made,
    },
    {
      _id: id(2),
      username: 'ravi',
      email: 'ravi@example.com',
      password_hash: 'plain?',
      role: 'staff',
      ...made,
    },
  ]);
  await db.collection('products').insertMany([
    { _id: id(11), name: 'Ring', category: 'Ring', base_price: 25000.505, weight: 5.5, ...made },
    { _id: id(12), name: 'Tika', category: 'Tika', base_price: 100, weight: 2, status: 'draft', ...made },
  ]);
  await db.collection('customers').insertMany([
    { _id: id(21), name: 'Asha', phone: '9820098200', current_balance: 207, ...made },
    { _id: id(22), name: 'Bina', phone: '9820098201', current_balance: 0.1 + 0.2, ...made },
    { _id: id(23), name: 'Asha P', phone: '+91 98200 98200', current_balance: 0, ...made },
    { _id: id(24), name: 'No phone', phone: '12', current_balance: 0, ...made },
  ]);
  const entry = (n: number, customer: number, type: string, amount: number, hour: number) => ({
    ...{ _id: id(n), customer: id(customer), transaction_type: type, amount, balance_after: 1 },
    created_at: at(hour),
  });
  await db
    .collection('khata_transactions')
    .insertMany([
      entry(31, 21, 'debit', 500, 5),
      entry(32, 21, 'credit', 100, 4),
      entry(33, 21, 'debit', 122, 6),
      entry(34, 22, 'debit', 0.3, 3),
    ]);
  const item = { product_id: id(11), product_name: 'Ring', product_category: 'Ring', weight: 5.5 };
  const order = (n: number, more: object) => ({
    ...{ _id: id(n), order_number: `ORD-20250601-000${n % 10}`, customer_id: id(21), customer_name: 'Asha' },
    items: [{ ...item, quantity: 1, unit_price: 100, total_price: 150 }],
    ...{ subtotal: 150, tax_amount: 4.5, total_amount: 154.5, ...made, ...more },
  });
  await db
    .collection('orders')
    .insertMany([
      order(41, { payment_status: 'paid', payment_method: 'upi', status: 'completed', completed_at: at(9) }),
      order(42, { status: 'cancelled', cancelled_at: at(9) }),
      order(43, {}),
    ]);
  await db.collection('sales').insertOne({
    ...{ _id: id(51), customer: id(22), total_amount: 50, final_amount: 50, payment_status: 'paid' },
    products: [{ product_id: id(12), product_name: 'Tika', quantity: 2, price_at_sale: 25, weight: 2 }],
    ...{ payment_method: 'cash', created_at: at(7) },
  });
  await db.collection('price_history').insertOne({
    ...{ _id: id(61), metal_type: 'gold', purity: '916', price_per_gram: 7000.25, date: at(1) },
    source: 'seed_data',
  });
  await db.collection('diamond_price_history').insertOne({
    ...{ _id: id(62), carat: 0.5, cut: 'Ideal', color: 'F', clarity: 'VS1', price: 100_000, date: at(1) },
  });
  await db.collection('training_logs').insertOne({ model_name: 'gold_predictor', trained_at: at(1) });
}

/** What is odd and can be taken all the same: amounts of parts of paise, texts for numbers, a balance that is none. */
export async function roughenOlderShop(db: Db): Promise<void> {
  const made = { created_at: at(1), updated_at: at(2) };
  await db.collection('products').insertOne({
    ...{
      _id: id(14),
      name: 'Chain',
      category: 'Necklace',
      base_price: '33.335',
      weight: '2.5',
      gold_purity: 916,
    },
    ...{
      description: 'pasted\u2028from a page\u2029',
      stock_quantity: '3',
      created_at: '2025-06-01T01:00:00',
    },
  });
  await db.collection('customers').insertOne({
    ...{ _id: id(25), name: 'Chitra', phone: 9820098205, current_balance: Number.NaN, ...made },
  });
  const piece = { product_id: id(14), product_name: 'Chain', product_category: 'Necklace', weight: 2.5 };
  await db.collection('orders').insertOne({
    ...{ _id: id(44), order_number: 'ORD-20250601-0004', customer_id: id(25), customer_name: 'Chitra' },
    items: [{ ...piece, quantity: 3, unit_price: 33.335, total_price: 100.005 }],
    ...{ subtotal: 100.005, tax_amount: 3.005, total_amount: 103.01, ...made },
  });
  await db.collection('sales').insertOne({
    ...{ _id: id(52), customer: id(25), total_amount: 33.335, discount: 0.005, final_amount: 33.33 },
    products: [
      { product_id: id(14), product_name: 'Chain', quantity: 1, price_at_sale: 33.335, weight: 2.5 },
    ],
    ...{ payment_status: 'paid', payment_method: 'cash', created_at: at(7) },
  });
}

/** Rows that no rule of ours allows. */
export async function damageOlderShop(db: Db): Promise<void> {
  await db
    .collection('products')
    .insertOne({ _id: id(13), name: 'Ruby', category: 'Rubies', base_price: 1, weight: 1 });
  await db.collection('khata_transactions').insertOne({
    ...{ _id: id(35), customer: id(99), transaction_type: 'debit', amount: 5, created_at: at(5) },
  });
}
