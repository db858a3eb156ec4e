-- Orders and counter sales. Customer and product facts are copied: they are those of the moment.

CREATE TABLE orders (
  shop_id TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  order_number TEXT NOT NULL CHECK (length(order_number) <= 20),
  customer_id TEXT NOT NULL,
  customer_name TEXT NOT NULL,
  customer_phone TEXT NOT NULL,
  customer_email TEXT NOT NULL,
  customer_address TEXT NOT NULL,
  -- Order number and customer name in lower case of any script, which SQLite's lower() does not know.
  search_text TEXT NOT NULL,
  subtotal_paise INTEGER NOT NULL CHECK (subtotal_paise >= 0),
  tax_paise INTEGER NOT NULL CHECK (tax_paise >= 0),
  discount_paise INTEGER NOT NULL CHECK (discount_paise >= 0),
  total_paise INTEGER NOT NULL CHECK (total_paise >= 0 AND total_paise = subtotal_paise + tax_paise - discount_paise),
  status TEXT NOT NULL CHECK (status IN ('pending', 'processing', 'completed', 'cancelled')),
  payment_status TEXT NOT NULL CHECK (payment_status IN ('unpaid', 'partial', 'paid')),
  payment_method TEXT NOT NULL,
  -- The debit that the order posted; whether it was reversed stands in the ledger.
  khata_entry_id TEXT,
  notes TEXT NOT NULL,
  admin_notes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  completed_at INTEGER,
  cancelled_at INTEGER,
  PRIMARY KEY (shop_id, id),
  FOREIGN KEY (shop_id, customer_id) REFERENCES customers (shop_id, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX orders_number ON orders (shop_id, order_number);
CREATE INDEX orders_newest ON orders (shop_id, created_at DESC, id DESC);
CREATE INDEX orders_status ON orders (shop_id, status, created_at DESC, id DESC);
CREATE INDEX orders_payment_status ON orders (shop_id, payment_status, created_at DESC, id DESC);
CREATE INDEX orders_customer ON orders (shop_id, customer_id, created_at DESC, id DESC);

CREATE TABLE order_lines (
  shop_id TEXT NOT NULL,
  order_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  product_id TEXT NOT NULL,
  product_name TEXT NOT NULL,
  product_category TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 10000),
  -- The pieces that really left the stock: what a cancellation gives back.
  taken_quantity INTEGER NOT NULL CHECK (taken_quantity BETWEEN 0 AND quantity),
  unit_price_paise INTEGER NOT NULL CHECK (unit_price_paise >= 0),
  total_paise INTEGER NOT NULL CHECK (total_paise = quantity * unit_price_paise),
  net_weight_mg INTEGER NOT NULL,
  gold_purity TEXT NOT NULL,
  PRIMARY KEY (shop_id, order_id, position),
  FOREIGN KEY (shop_id, order_id) REFERENCES orders (shop_id, id),
  FOREIGN KEY (shop_id, product_id) REFERENCES products (shop_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX order_lines_product ON order_lines (shop_id, product_id);

CREATE TABLE sales (
  shop_id TEXT NOT NULL,
  id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  customer_name TEXT NOT NULL,
  total_paise INTEGER NOT NULL CHECK (total_paise >= 0),
  discount_paise INTEGER NOT NULL CHECK (discount_paise >= 0),
  final_paise INTEGER NOT NULL CHECK (final_paise = max(0, total_paise - discount_paise)),
  payment_status TEXT NOT NULL CHECK (payment_status IN ('paid', 'partial', 'pending')),
  payment_method TEXT,
  khata_entry_id TEXT,
  notes TEXT,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  PRIMARY KEY (shop_id, id),
  FOREIGN KEY (shop_id, customer_id) REFERENCES customers (shop_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX sales_newest ON sales (shop_id, created_at DESC, id DESC);
CREATE INDEX sales_payment_status ON sales (shop_id, payment_status, created_at DESC, id DESC);
CREATE INDEX sales_customer ON sales (shop_id, customer_id, created_at DESC, id DESC);

CREATE TABLE sale_lines (
  shop_id TEXT NOT NULL,
  sale_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  product_id TEXT NOT NULL,
  product_name TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 10000),
  taken_quantity INTEGER NOT NULL CHECK (taken_quantity BETWEEN 0 AND quantity),
  unit_price_paise INTEGER NOT NULL CHECK (unit_price_paise >= 0),
  net_weight_mg INTEGER NOT NULL,
  gold_purity TEXT NOT NULL,
  PRIMARY KEY (shop_id, sale_id, position),
  FOREIGN KEY (shop_id, sale_id) REFERENCES sales (shop_id, id),
  FOREIGN KEY (shop_id, product_id) REFERENCES products (shop_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX sale_lines_product ON sale_lines (shop_id, product_id);

-- How orders and sales were paid, one table, so that money can be summed by time and method. Rows are only added:
-- a payment is taken back by a negative one. The khata rows are debts, not money.
CREATE TABLE payments (
  shop_id TEXT NOT NULL,
  order_id TEXT,
  sale_id TEXT,
  position INTEGER NOT NULL,
  method TEXT,
  amount_paise INTEGER NOT NULL CHECK (amount_paise <> 0),
  reference TEXT,
  at INTEGER NOT NULL,
  by_status INTEGER NOT NULL CHECK (by_status IN (0, 1)),
  CHECK ((order_id IS NULL) <> (sale_id IS NULL)),
  FOREIGN KEY (shop_id, order_id) REFERENCES orders (shop_id, id),
  FOREIGN KEY (shop_id, sale_id) REFERENCES sales (shop_id, id)
) STRICT;

CREATE UNIQUE INDEX payments_order ON payments (shop_id, order_id, position) WHERE order_id IS NOT NULL;
CREATE UNIQUE INDEX payments_sale ON payments (shop_id, sale_id, position) WHERE sale_id IS NOT NULL;
CREATE INDEX payments_at ON payments (shop_id, at);

CREATE TRIGGER payments_no_update BEFORE UPDATE ON payments
BEGIN SELECT RAISE(ABORT, 'payments are never changed'); END;
CREATE TRIGGER payments_no_delete BEFORE DELETE ON payments
BEGIN SELECT RAISE(ABORT, 'payments are never removed'); END;
