-- The ledger. Its rows are never changed: a mistake is taken back by an entry that names it.

CREATE TABLE khata_entries (
  shop_id TEXT NOT NULL,
  -- The journal sequence number of the posting: orders the ledger and ties it to the chain of hashes.
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('credit', 'debit')),
  amount_paise INTEGER NOT NULL CHECK (amount_paise > 0),
  balance_after_paise INTEGER NOT NULL,
  description TEXT,
  payment_method TEXT,
  reference_number TEXT,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  reverses TEXT,
  source_kind TEXT CHECK (source_kind IN ('order', 'sale')),
  source_id TEXT,
  PRIMARY KEY (shop_id, position),
  UNIQUE (shop_id, id),
  UNIQUE (shop_id, reverses),
  CHECK ((source_kind IS NULL) = (source_id IS NULL)),
  FOREIGN KEY (shop_id, position) REFERENCES journal (shop_id, seq),
  FOREIGN KEY (shop_id, customer_id) REFERENCES customers (shop_id, id),
  FOREIGN KEY (shop_id, reverses) REFERENCES khata_entries (shop_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX khata_entries_customer ON khata_entries (shop_id, customer_id, position);
CREATE INDEX khata_entries_created ON khata_entries (shop_id, created_at);

CREATE TRIGGER khata_entries_no_update BEFORE UPDATE ON khata_entries
BEGIN SELECT RAISE(ABORT, 'ledger entries are never changed'); END;
CREATE TRIGGER khata_entries_no_delete BEFORE DELETE ON khata_entries
BEGIN SELECT RAISE(ABORT, 'ledger entries are never removed'); END;
-- INSERT OR REPLACE removes a row without asking the trigger above.
CREATE TRIGGER khata_entries_no_replace BEFORE INSERT ON khata_entries
WHEN EXISTS (SELECT 1 FROM khata_entries WHERE shop_id = NEW.shop_id AND position >= NEW.position)
  OR EXISTS (SELECT 1 FROM khata_entries WHERE shop_id = NEW.shop_id AND id = NEW.id)
  OR EXISTS (SELECT 1 FROM khata_entries WHERE shop_id = NEW.shop_id AND reverses = NEW.reverses)
BEGIN SELECT RAISE(ABORT, 'ledger entries are never replaced'); END;

-- Sums kept in the same write as each entry, so that no summary reads the whole ledger. Debits minus credits is the
-- balance.
ALTER TABLE customers ADD COLUMN khata_entries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN khata_debits_paise INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN khata_credits_paise INTEGER NOT NULL DEFAULT 0;
