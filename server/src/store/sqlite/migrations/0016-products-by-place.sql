-- What questions about all pieces read, by numbers instead of texts: looking each piece up takes half of the time. Row
-- numbers are of one database, so a backup leaves these rows out, and a restore recomputes them.

-- What was sold of a piece on a day, in place of the table product_daily_figures. The place is 100000 times the row
-- number of the piece, plus the days since 1970.
CREATE TABLE product_days (
  place INTEGER PRIMARY KEY,
  sold INTEGER NOT NULL,
  sold_paise INTEGER NOT NULL,
  sold_fine_mg INTEGER NOT NULL,
  ordered INTEGER NOT NULL,
  ordered_paise INTEGER NOT NULL,
  ordered_fine_mg INTEGER NOT NULL
) STRICT;
INSERT INTO product_days
  SELECT p.row * 100000 + unixepoch(d.day) / 86400, d.sold, d.sold_paise, d.sold_fine_mg, d.ordered, d.ordered_paise,
    d.ordered_fine_mg
  FROM products p CROSS JOIN product_daily_figures d ON d.shop_id = p.shop_id AND d.product_id = p.id
  ORDER BY p.row, d.day;
DROP TABLE product_daily_figures;

-- By the row number of the piece: the later of its last sale and its last order that is not cancelled.
CREATE TABLE product_last_sold (
  row INTEGER PRIMARY KEY,
  last_sold_at INTEGER
) STRICT;

-- What `swati verify` compares, by names.
CREATE VIEW product_daily_figures AS
  SELECT p.shop_id, p.id AS product_id, date(d.place % 100000 * 86400, 'unixepoch') AS day, d.sold, d.sold_paise,
    d.sold_fine_mg, d.ordered, d.ordered_paise, d.ordered_fine_mg
  FROM product_days d JOIN products p ON p.row = d.place / 100000;
CREATE VIEW product_last_figures AS
  SELECT p.shop_id, p.id AS product_id, l.last_sold_at FROM product_last_sold l JOIN products p ON p.row = l.row;
CREATE VIEW expected_product_last_figures AS
  SELECT shop_id, product_id, nullif(max(ifnull(last_sale_at, 0), ifnull(last_order_at, 0)), 0) AS last_sold_at
  FROM product_figures;

-- What a restore fills them with.
CREATE VIEW expected_product_days AS
  SELECT p.row * 100000 + unixepoch(e.day) / 86400 AS place, e.sold, e.sold_paise, e.sold_fine_mg, e.ordered,
    e.ordered_paise, e.ordered_fine_mg
  FROM expected_product_daily_figures e JOIN products p ON p.shop_id = e.shop_id AND p.id = e.product_id;
CREATE VIEW expected_product_last_sold AS
  SELECT p.row, e.last_sold_at
  FROM expected_product_last_figures e JOIN products p ON p.shop_id = e.shop_id AND p.id = e.product_id;

INSERT INTO product_last_sold SELECT * FROM expected_product_last_sold;
