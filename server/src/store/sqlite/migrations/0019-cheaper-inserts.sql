-- What every change of the books writes costs less; what may be written stays the same.

-- A row that breaks one of these rules is refused as before, but no copy of the pages that its statement has touched is
-- kept for that: each such statement writes one row.
DROP TRIGGER journal_no_replace;
CREATE TRIGGER journal_no_replace BEFORE INSERT ON journal
WHEN EXISTS (SELECT 1 FROM journal WHERE shop_id = NEW.shop_id AND seq >= NEW.seq)
BEGIN SELECT RAISE(FAIL, 'the journal is append-only'); END;
DROP TRIGGER journal_payloads_no_replace;
CREATE TRIGGER journal_payloads_no_replace BEFORE INSERT ON journal_payloads
WHEN EXISTS (SELECT 1 FROM journal_payloads WHERE shop_id = NEW.shop_id AND seq = NEW.seq)
BEGIN SELECT RAISE(FAIL, 'the journal is append-only'); END;
DROP TRIGGER khata_entries_no_replace;
CREATE TRIGGER khata_entries_no_replace BEFORE INSERT ON khata_entries
WHEN EXISTS (SELECT 1 FROM khata_entries WHERE shop_id = NEW.shop_id AND position >= NEW.position)
  OR EXISTS (SELECT 1 FROM khata_entries WHERE shop_id = NEW.shop_id AND id = NEW.id)
  OR EXISTS (SELECT 1 FROM khata_entries WHERE shop_id = NEW.shop_id AND reverses = NEW.reverses)
BEGIN SELECT RAISE(FAIL, 'ledger entries are never replaced'); END;

-- For a list of three words or more SQLite builds a table of them each time a row is checked. The same rules, word by
-- word: only their text changes, and no row (sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema
-- Changes").
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql,
  'actor_kind IN (''user'', ''command_line'', ''system'')',
  'actor_kind = ''user'' OR actor_kind = ''command_line'' OR actor_kind = ''system''')
WHERE type = 'table' AND name = 'journal';
UPDATE sqlite_schema SET sql = replace(replace(sql,
  'status IN (''pending'', ''processing'', ''completed'', ''cancelled'')',
  'status = ''pending'' OR status = ''processing'' OR status = ''completed'' OR status = ''cancelled'''),
  'payment_status IN (''unpaid'', ''partial'', ''paid'')',
  'payment_status = ''unpaid'' OR payment_status = ''partial'' OR payment_status = ''paid''')
WHERE type = 'table' AND name = 'orders';
UPDATE sqlite_schema SET sql = replace(sql,
  'payment_status IN (''paid'', ''partial'', ''pending'')',
  'payment_status = ''paid'' OR payment_status = ''partial'' OR payment_status = ''pending''')
WHERE type = 'table' AND name = 'sales';
UPDATE sqlite_schema SET sql = replace(sql,
  'figure IN (''order.pending'', ''order.processing'', ''order.completed'', ''order.cancelled'',
    ''sale.paid'', ''sale.partial'', ''sale.pending'', ''payment'', ''khata.given'', ''khata.received'')',
  'figure = ''order.pending'' OR figure = ''order.processing'' OR figure = ''order.completed''
    OR figure = ''order.cancelled'' OR figure = ''sale.paid'' OR figure = ''sale.partial'' OR figure = ''sale.pending''
    OR figure = ''payment'' OR figure = ''khata.given'' OR figure = ''khata.received''')
WHERE type = 'table' AND name = 'daily_figures';
PRAGMA writable_schema = RESET;
