-- What was sold of each piece by day, so that the best sellers of a period are no walk through all lines; and indexes
-- that hold all that a question about a period or about the stock needs.

CREATE TABLE product_daily_figures (
  shop_id TEXT NOT NULL,
  product_id TEXT NOT NULL,
  day TEXT NOT NULL,
  sold INTEGER NOT NULL,
  sold_paise INTEGER NOT NULL,
  sold_fine_mg INTEGER NOT NULL,
  ordered INTEGER NOT NULL,
  ordered_paise INTEGER NOT NULL,
  ordered_fine_mg INTEGER NOT NULL,
  PRIMARY KEY (shop_id, product_id, day)
) STRICT, WITHOUT ROWID;

CREATE VIEW expected_product_daily_figures AS
  SELECT shop_id, product_id, date((at + 19800000) / 1000, 'unixepoch') AS day, sum(sold) AS sold,
    sum(sold_paise) AS sold_paise, sum(sold_fine_mg) AS sold_fine_mg, sum(ordered) AS ordered,
    sum(ordered_paise) AS ordered_paise, sum(ordered_fine_mg) AS ordered_fine_mg
  FROM (
    SELECT l.shop_id, l.product_id, s.created_at AS at, l.quantity AS sold,
      l.quantity * l.unit_price_paise AS sold_paise,
      l.quantity * ((l.net_weight_mg * CAST(l.gold_purity AS INTEGER) + 500) / 1000) AS sold_fine_mg,
      0 AS ordered, 0 AS ordered_paise, 0 AS ordered_fine_mg
    FROM sales s JOIN sale_lines l ON l.shop_id = s.shop_id AND l.sale_id = s.id
    UNION ALL
    SELECT l.shop_id, l.product_id, o.created_at, 0, 0, 0, l.quantity, l.total_paise,
      l.quantity * ((l.net_weight_mg * CAST(l.gold_purity AS INTEGER) + 500) / 1000)
    FROM orders o JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.id
    WHERE o.status <> 'cancelled'
  ) GROUP BY 1, 2, 3;

INSERT INTO product_daily_figures SELECT * FROM expected_product_daily_figures;

CREATE INDEX orders_figures ON orders (shop_id, created_at, status, customer_id, total_paise);
CREATE INDEX sales_figures ON sales (shop_id, created_at, final_paise);
CREATE INDEX products_stock ON products (shop_id, is_active, status, stock_quantity, category, gold_purity,
  net_weight_mg, base_price_paise, created_at, id);
