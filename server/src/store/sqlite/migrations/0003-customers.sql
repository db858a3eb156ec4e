CREATE TABLE customers (
  shop_id TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  -- The name in lower case of any script, which SQLite's lower() does not know.
  search_name TEXT NOT NULL,
  phone TEXT NOT NULL,
  phone_e164 TEXT NOT NULL,
  email TEXT,
  address TEXT,
  language TEXT,
  credit_limit_paise INTEGER CHECK (credit_limit_paise >= 0),
  -- Kept in the same write as each ledger entry; `swati verify` compares it with their fold.
  balance_paise INTEGER NOT NULL DEFAULT 0,
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX customers_phone ON customers (shop_id, phone_e164) WHERE is_active = 1;
CREATE INDEX customers_newest ON customers (shop_id, is_active, created_at DESC, id DESC);
CREATE INDEX customers_balance ON customers (shop_id, is_active, balance_paise);
