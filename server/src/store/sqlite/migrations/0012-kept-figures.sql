-- Figures kept in the same write as what they count, so that no answer about the business reads a whole table. What
-- each one means stands in docs/metrics.md. The views say what the kept rows must be: `swati verify` compares.
-- Days are the shop's (UTC+05:30). Fine weight: pieces x (net weight x fineness / 1000, rounded to a milligram).

CREATE TABLE daily_figures (
  shop_id TEXT NOT NULL,
  day TEXT NOT NULL,
  figure TEXT NOT NULL CHECK (figure IN ('order.pending', 'order.processing', 'order.completed', 'order.cancelled',
    'sale.paid', 'sale.partial', 'sale.pending', 'payment', 'khata.given', 'khata.received')),
  count INTEGER NOT NULL,
  paise INTEGER NOT NULL,
  fine_mg INTEGER NOT NULL,
  PRIMARY KEY (shop_id, day, figure)
) STRICT, WITHOUT ROWID;

-- What each customer bought. Orders count without the cancelled ones, but for the first, which is of any status.
CREATE TABLE customer_figures (
  shop_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  sales INTEGER NOT NULL,
  sales_paise INTEGER NOT NULL,
  last_sale_at INTEGER,
  orders INTEGER NOT NULL,
  orders_paise INTEGER NOT NULL,
  last_order_at INTEGER,
  first_order_at INTEGER,
  PRIMARY KEY (shop_id, customer_id)
) STRICT, WITHOUT ROWID;

-- What was sold of each piece, at the counter and by orders that are not cancelled.
CREATE TABLE product_figures (
  shop_id TEXT NOT NULL,
  product_id TEXT NOT NULL,
  sold INTEGER NOT NULL,
  sold_paise INTEGER NOT NULL,
  sold_fine_mg INTEGER NOT NULL,
  last_sale_at INTEGER,
  ordered INTEGER NOT NULL,
  ordered_paise INTEGER NOT NULL,
  ordered_fine_mg INTEGER NOT NULL,
  last_order_at INTEGER,
  PRIMARY KEY (shop_id, product_id)
) STRICT, WITHOUT ROWID;

-- The debits of each customer that were not taken back, by the day they were posted. The newest of them that make up
-- the balance are what is unpaid, so the ageing of the khata needs nothing else.
CREATE TABLE khata_daily_debits (
  shop_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  day TEXT NOT NULL,
  paise INTEGER NOT NULL CHECK (paise >= 0),
  PRIMARY KEY (shop_id, customer_id, day)
) STRICT, WITHOUT ROWID;

CREATE VIEW expected_daily_figures AS
  SELECT o.shop_id, date((o.created_at + 19800000) / 1000, 'unixepoch') AS day, 'order.' || o.status AS figure,
    count(*) AS count, sum(o.total_paise) AS paise,
    sum((SELECT sum(l.quantity * ((l.net_weight_mg * CAST(l.gold_purity AS INTEGER) + 500) / 1000))
      FROM order_lines l WHERE l.shop_id = o.shop_id AND l.order_id = o.id)) AS fine_mg
  FROM orders o GROUP BY 1, 2, 3
  UNION ALL
  SELECT s.shop_id, date((s.created_at + 19800000) / 1000, 'unixepoch'), 'sale.' || s.payment_status,
    count(*), sum(s.final_paise),
    sum((SELECT sum(l.quantity * ((l.net_weight_mg * CAST(l.gold_purity AS INTEGER) + 500) / 1000))
      FROM sale_lines l WHERE l.shop_id = s.shop_id AND l.sale_id = s.id))
  FROM sales s GROUP BY 1, 2, 3
  UNION ALL
  SELECT shop_id, date((at + 19800000) / 1000, 'unixepoch'), 'payment', count(*), sum(amount_paise), 0
  FROM payments WHERE method IS NOT 'khata' GROUP BY 1, 2
  UNION ALL
  -- A reversal is a negative amount of what it takes back, on its own day.
  SELECT shop_id, date((created_at + 19800000) / 1000, 'unixepoch'),
    iif((type = 'debit') = (reverses IS NULL), 'khata.given', 'khata.received'),
    count(*), sum(iif(reverses IS NULL, amount_paise, -amount_paise)), 0
  FROM khata_entries GROUP BY 1, 2, 3;

CREATE VIEW expected_customer_figures AS
  SELECT shop_id, customer_id, sum(sales) AS sales, sum(sales_paise) AS sales_paise,
    max(last_sale_at) AS last_sale_at, sum(orders) AS orders, sum(orders_paise) AS orders_paise,
    max(last_order_at) AS last_order_at, min(first_order_at) AS first_order_at
  FROM (
    SELECT shop_id, customer_id, 1 AS sales, final_paise AS sales_paise, created_at AS last_sale_at,
      0 AS orders, 0 AS orders_paise, NULL AS last_order_at, NULL AS first_order_at
    FROM sales
    UNION ALL
    SELECT shop_id, customer_id, 0, 0, NULL, status <> 'cancelled', iif(status = 'cancelled', 0, total_paise),
      iif(status = 'cancelled', NULL, created_at), created_at
    FROM orders
  ) GROUP BY 1, 2;

CREATE VIEW expected_product_figures AS
  SELECT shop_id, product_id, sum(sold) AS sold, sum(sold_paise) AS sold_paise, sum(sold_fine_mg) AS sold_fine_mg,
    max(last_sale_at) AS last_sale_at, sum(ordered) AS ordered, sum(ordered_paise) AS ordered_paise,
    sum(ordered_fine_mg) AS ordered_fine_mg, max(last_order_at) AS last_order_at
  FROM (
    SELECT l.shop_id, l.product_id, l.quantity AS sold, l.quantity * l.unit_price_paise AS sold_paise,
      l.quantity * ((l.net_weight_mg * CAST(l.gold_purity AS INTEGER) + 500) / 1000) AS sold_fine_mg,
      s.created_at AS last_sale_at, 0 AS ordered, 0 AS ordered_paise, 0 AS ordered_fine_mg, NULL AS last_order_at
    FROM sales s JOIN sale_lines l ON l.shop_id = s.shop_id AND l.sale_id = s.id
    UNION ALL
    SELECT l.shop_id, l.product_id, 0, 0, 0, NULL, l.quantity, l.total_paise,
      l.quantity * ((l.net_weight_mg * CAST(l.gold_purity AS INTEGER) + 500) / 1000), o.created_at
    FROM orders o JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.id
    WHERE o.status <> 'cancelled'
  ) GROUP BY 1, 2;

CREATE VIEW expected_khata_daily_debits AS
  SELECT e.shop_id, e.customer_id, date((e.created_at + 19800000) / 1000, 'unixepoch') AS day,
    sum(e.amount_paise) AS paise
  FROM khata_entries e
  WHERE e.type = 'debit' AND e.reverses IS NULL AND NOT EXISTS (
    SELECT 1 FROM khata_entries r WHERE r.shop_id = e.shop_id AND r.reverses = e.id)
  GROUP BY 1, 2, 3;

INSERT INTO daily_figures SELECT * FROM expected_daily_figures;
INSERT INTO customer_figures SELECT * FROM expected_customer_figures;
INSERT INTO product_figures SELECT * FROM expected_product_figures;
INSERT INTO khata_daily_debits SELECT * FROM expected_khata_daily_debits;
