-- An order touches fewer pages. Which piece was ordered last is found by its days (product_days) and the orders of the
-- last one, so nothing needs the lines of a piece; each line's entry here was a page of its own.
DROP INDEX order_lines_product;
DROP INDEX sale_lines_product;

-- Payloads in the order in which they come: as part of its key, one of more than 1 KB took a page of its own.
ALTER TABLE journal_payloads RENAME TO payloads_by_key;
CREATE TABLE journal_payloads (
  shop_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  salt TEXT NOT NULL,
  before TEXT,
  after TEXT,
  PRIMARY KEY (shop_id, seq),
  FOREIGN KEY (shop_id, seq) REFERENCES journal (shop_id, seq)
) STRICT;
INSERT INTO journal_payloads SELECT * FROM payloads_by_key ORDER BY shop_id, seq;
DROP TABLE payloads_by_key;

CREATE TRIGGER journal_payloads_no_replace BEFORE INSERT ON journal_payloads
WHEN EXISTS (SELECT 1 FROM journal_payloads WHERE shop_id = NEW.shop_id AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_payloads_no_delete BEFORE DELETE ON journal_payloads
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- The one change allowed is to erase: both sides and the salt become empty.
CREATE TRIGGER journal_payloads_only_erase BEFORE UPDATE ON journal_payloads
WHEN NEW.before IS NOT NULL OR NEW.after IS NOT NULL OR NEW.salt <> ''
  OR NEW.seq <> OLD.seq OR NEW.shop_id <> OLD.shop_id
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
