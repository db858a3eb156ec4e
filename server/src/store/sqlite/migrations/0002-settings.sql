-- What the owner decided for the shop: one row a shop, the fields as one JSON object.
CREATE TABLE settings (
  shop_id TEXT PRIMARY KEY,
  fields TEXT NOT NULL CHECK (json_valid(fields)),
  version INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
