-- Rates of metals and prices of stones, as recorded; and the open reference data behind the models.

CREATE TABLE metal_prices (
  shop_id TEXT NOT NULL,
  id TEXT NOT NULL,
  metal TEXT NOT NULL CHECK (metal IN ('gold', 'silver', 'platinum')),
  -- Parts per mille, as quoted.
  purity TEXT NOT NULL,
  paise_per_gram INTEGER NOT NULL CHECK (paise_per_gram > 0),
  at INTEGER NOT NULL,
  day TEXT NOT NULL,
  source TEXT NOT NULL,
  -- 1: the guard doubts it; it prices nothing and trains nothing.
  held INTEGER NOT NULL CHECK (held IN (0, 1)),
  -- The journal's number of its recording, or of its confirmation by hand: of one day's rates the highest counts.
  position INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX metal_prices_series ON metal_prices (shop_id, metal, purity, day DESC, position DESC);
CREATE INDEX metal_prices_held ON metal_prices (shop_id, metal, purity, day) WHERE held = 1;

CREATE TABLE diamond_prices (
  shop_id TEXT NOT NULL,
  id TEXT NOT NULL,
  milli_carat INTEGER NOT NULL CHECK (milli_carat > 0),
  cut TEXT NOT NULL,
  color TEXT NOT NULL,
  clarity TEXT NOT NULL,
  price_paise INTEGER NOT NULL CHECK (price_paise > 0),
  at INTEGER NOT NULL,
  day TEXT NOT NULL,
  source TEXT NOT NULL,
  -- The journal's number of its recording.
  position INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX diamond_prices_newest ON diamond_prices (shop_id, day DESC, position DESC);

-- Open data (server/data), loaded once: never shown as the shop's own prices.
CREATE TABLE reference_gold (
  shop_id TEXT NOT NULL,
  month TEXT NOT NULL,
  paise_per_gram INTEGER NOT NULL CHECK (paise_per_gram > 0),
  rupees_per_dollar REAL NOT NULL CHECK (rupees_per_dollar > 0),
  PRIMARY KEY (shop_id, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE reference_diamonds (
  shop_id TEXT NOT NULL,
  -- The row of the file.
  n INTEGER NOT NULL,
  milli_carat INTEGER NOT NULL,
  cut TEXT NOT NULL,
  color TEXT NOT NULL,
  clarity TEXT NOT NULL,
  depth_percent REAL NOT NULL,
  table_percent REAL NOT NULL,
  x REAL NOT NULL,
  y REAL NOT NULL,
  z REAL NOT NULL,
  dollars INTEGER NOT NULL,
  PRIMARY KEY (shop_id, n)
) STRICT, WITHOUT ROWID;
