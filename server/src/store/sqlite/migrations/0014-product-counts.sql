-- How many pieces there are by status and category, so that a list of the catalogue need not count its rows.

CREATE TABLE product_counts (
  shop_id TEXT NOT NULL,
  is_active INTEGER NOT NULL,
  status TEXT NOT NULL,
  category TEXT NOT NULL,
  products INTEGER NOT NULL,
  PRIMARY KEY (shop_id, is_active, status, category)
) STRICT, WITHOUT ROWID;

CREATE VIEW expected_product_counts AS
  SELECT shop_id, is_active, status, category, count(*) AS products FROM products GROUP BY 1, 2, 3, 4;

INSERT INTO product_counts SELECT * FROM expected_product_counts;

CREATE TRIGGER products_count_add AFTER INSERT ON products BEGIN
  INSERT INTO product_counts VALUES (NEW.shop_id, NEW.is_active, NEW.status, NEW.category, 1)
  ON CONFLICT DO UPDATE SET products = products + 1;
END;
CREATE TRIGGER products_count_change AFTER UPDATE OF is_active, status, category ON products
WHEN NEW.is_active <> OLD.is_active OR NEW.status <> OLD.status OR NEW.category <> OLD.category BEGIN
  UPDATE product_counts SET products = products - 1
  WHERE shop_id = OLD.shop_id AND is_active = OLD.is_active AND status = OLD.status AND category = OLD.category;
  INSERT INTO product_counts VALUES (NEW.shop_id, NEW.is_active, NEW.status, NEW.category, 1)
  ON CONFLICT DO UPDATE SET products = products + 1;
END;
CREATE TRIGGER products_count_remove AFTER DELETE ON products BEGIN
  UPDATE product_counts SET products = products - 1
  WHERE shop_id = OLD.shop_id AND is_active = OLD.is_active AND status = OLD.status AND category = OLD.category;
END;

-- The catalogue's own order within a status and a category.
DROP INDEX products_category;
CREATE INDEX products_category ON products (shop_id, is_active, category, status, created_at DESC, id DESC);
