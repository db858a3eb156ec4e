-- Imported prices: many rows of one journal entry, so that its number alone no longer orders them.

-- The row's place among the rows of its journal entry.
ALTER TABLE metal_prices ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
ALTER TABLE diamond_prices ADD COLUMN place INTEGER NOT NULL DEFAULT 0;

DROP INDEX metal_prices_series;
CREATE UNIQUE INDEX metal_prices_series
  ON metal_prices (shop_id, metal, purity, day DESC, position DESC, place DESC);
DROP INDEX diamond_prices_newest;
CREATE UNIQUE INDEX diamond_prices_newest ON diamond_prices (shop_id, day DESC, position DESC, place DESC);
-- An import asks for every row whether it is there.
CREATE INDEX diamond_prices_stone ON diamond_prices (shop_id, day, milli_carat, price_paise);
