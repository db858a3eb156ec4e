-- The journal (append-only, hash chain per shop) and the results saved for repeated requests.

CREATE TABLE journal (
  shop_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  format INTEGER NOT NULL,
  at INTEGER NOT NULL,
  actor_kind TEXT NOT NULL CHECK (actor_kind IN ('user', 'command_line', 'system')),
  actor_id TEXT,
  actor_name TEXT NOT NULL,
  request_id TEXT NOT NULL,
  action TEXT NOT NULL,
  subject_type TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  payload_hash TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (shop_id, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX journal_subject ON journal (shop_id, subject_type, subject_id, seq);
CREATE INDEX journal_action ON journal (shop_id, action, seq);

-- Payloads stand apart so that a person's data can be erased without breaking the chain of hashes.
CREATE TABLE journal_payloads (
  shop_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  salt TEXT NOT NULL,
  before TEXT,
  after TEXT,
  PRIMARY KEY (shop_id, seq),
  FOREIGN KEY (shop_id, seq) REFERENCES journal (shop_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- INSERT OR REPLACE removes a row without asking the trigger above.
CREATE TRIGGER journal_no_replace BEFORE INSERT ON journal
WHEN EXISTS (SELECT 1 FROM journal WHERE shop_id = NEW.shop_id AND seq >= NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
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

-- First answers of requests that may come again: under a key for 24 hours, without one for 90 seconds.
CREATE TABLE saved_results (
  id INTEGER PRIMARY KEY,
  shop_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  key TEXT,
  fingerprint TEXT NOT NULL,
  -- The highest X-Retry-Count that claimed this result.
  retries INTEGER NOT NULL,
  at INTEGER NOT NULL,
  position INTEGER NOT NULL,
  request_id TEXT NOT NULL,
  outcome TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX saved_results_key ON saved_results (shop_id, user_id, key) WHERE key IS NOT NULL;
CREATE INDEX saved_results_fingerprint ON saved_results (shop_id, user_id, fingerprint) WHERE key IS NULL;
CREATE INDEX saved_results_at ON saved_results (shop_id, at);
CREATE INDEX saved_results_unkeyed_at ON saved_results (shop_id, at) WHERE key IS NULL;
