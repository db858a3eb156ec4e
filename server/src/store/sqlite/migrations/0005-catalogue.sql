-- Pieces of the catalogue, their search index, and the uploaded images (their bytes stand beside the database).

CREATE TABLE products (
  -- The rowid, named so that nothing renumbers it under the search index.
  row INTEGER PRIMARY KEY,
  shop_id TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  category TEXT NOT NULL,
  base_price_paise INTEGER NOT NULL CHECK (base_price_paise >= 0),
  net_weight_mg INTEGER NOT NULL CHECK (net_weight_mg > 0),
  gold_purity TEXT NOT NULL,
  description TEXT NOT NULL,
  image_url TEXT NOT NULL,
  stock_quantity INTEGER NOT NULL CHECK (stock_quantity >= 0),
  status TEXT NOT NULL CHECK (status IN ('draft', 'published')),
  published_at INTEGER,
  making_kind TEXT CHECK (making_kind IN ('percent', 'per_gram', 'fixed')),
  -- Basis points, paise a gram or paise, as the kind says.
  making_value INTEGER CHECK (making_value >= 0 AND (making_kind IS NULL) = (making_value IS NULL)),
  stones_paise INTEGER NOT NULL CHECK (stones_paise >= 0),
  -- Name and description in lower case and one Unicode form: what searches are compared with.
  search_text TEXT NOT NULL,
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX products_id ON products (shop_id, id);
CREATE INDEX products_newest ON products (shop_id, is_active, created_at DESC, id DESC);
CREATE INDEX products_status ON products (shop_id, is_active, status, created_at DESC, id DESC);
CREATE INDEX products_category ON products (shop_id, is_active, category, created_at DESC, id DESC);

-- Trigrams find any part of a word in any script, from three code points on.
CREATE VIRTUAL TABLE product_search USING fts5 (
  search_text, content = 'products', content_rowid = 'row', tokenize = 'trigram case_sensitive 1'
);

CREATE TRIGGER products_search_add AFTER INSERT ON products BEGIN
  INSERT INTO product_search (rowid, search_text) VALUES (NEW.row, NEW.search_text);
END;
CREATE TRIGGER products_search_change AFTER UPDATE OF search_text ON products
WHEN NEW.search_text <> OLD.search_text BEGIN
  INSERT INTO product_search (product_search, rowid, search_text) VALUES ('delete', OLD.row, OLD.search_text);
  INSERT INTO product_search (rowid, search_text) VALUES (NEW.row, NEW.search_text);
END;
CREATE TRIGGER products_search_remove AFTER DELETE ON products BEGIN
  INSERT INTO product_search (product_search, rowid, search_text) VALUES ('delete', OLD.row, OLD.search_text);
END;

CREATE TABLE images (
  shop_id TEXT NOT NULL,
  name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  byte_count INTEGER NOT NULL CHECK (byte_count > 0),
  sha256 TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX images_age ON images (shop_id, created_at);
