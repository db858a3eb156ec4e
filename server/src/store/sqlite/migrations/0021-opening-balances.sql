-- What was owed before the shop kept its books here is no money of the day on which it was brought in. The entry of such
-- an opening balance says so as its source (the id is the customer's), as does the one that takes it back: they count as
-- entries, and as nothing given or received.

-- Word by word, as in migration 0019: only the rule's text changes, and no row.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql,
  'source_kind IN (''order'', ''sale'')',
  'source_kind = ''order'' OR source_kind = ''sale'' OR source_kind = ''opening''')
WHERE type = 'table' AND name = 'khata_entries';
PRAGMA writable_schema = RESET;

-- Those that are here already came by swati import, which alone posts to the khata in the change that makes the customer.
DROP TRIGGER khata_entries_no_update;
UPDATE khata_entries AS e SET source_kind = 'opening', source_id = customer_id
WHERE e.description = 'Opening balance' AND e.source_kind IS NULL AND e.reverses IS NULL AND EXISTS (
  SELECT 1 FROM journal made JOIN journal posted ON posted.shop_id = made.shop_id AND posted.seq = made.seq + 1
  WHERE made.shop_id = e.shop_id AND made.seq = e.position - 1 AND made.actor_kind = 'command_line'
    AND made.action = 'customer.created' AND made.subject_id = e.customer_id
    AND posted.request_id = made.request_id);
UPDATE khata_entries SET source_kind = 'opening', source_id = customer_id
WHERE (shop_id, reverses) IN (SELECT shop_id, id FROM khata_entries WHERE source_kind = 'opening');
CREATE TRIGGER khata_entries_no_update BEFORE UPDATE ON khata_entries
BEGIN SELECT RAISE(ABORT, 'ledger entries are never changed'); END;

UPDATE daily_figures AS f SET paise = f.paise - o.paise
FROM (
  SELECT shop_id, date((created_at + 19800000) / 1000, 'unixepoch') AS day,
    iif((type = 'debit') = (reverses IS NULL), 'khata.given', 'khata.received') AS figure,
    sum(iif(reverses IS NULL, amount_paise, -amount_paise)) AS paise
  FROM khata_entries WHERE source_kind = 'opening' GROUP BY 1, 2, 3
) AS o
WHERE f.shop_id = o.shop_id AND f.day = o.day AND f.figure = o.figure;

DROP VIEW expected_daily_figures;
CREATE VIEW expected_daily_figures AS
  SELECT o.shop_id, date((o.created_at + 19800000) / 1000, 'unixepoch') AS day, 'order.' || o.status AS figure,
    count(*) AS count, sum(o.total_paise) AS paise,
    sum((SELECT sum(l.quantity * ((l.net_weight_mg * CAST(l.gold_purity AS INTEGER) + 500) / 1000))
      FROM order_lines l WHERE l.shop_id = o.shop_id AND l.order_id = o.id)) AS fine_mg
  FROM orders o GROUP BY 1, 2, 3
  UNION ALL
  SELECT s.shop_id, date((s.created_at + 19800000) / 1000, 'unixepoch'), 'sale.' || s.payment_status,
    count(*), sum(s.final_paise),
    sum((SELECT sum(l.quantity * ((l.net_weight_mg * CAST(l.gold_purity AS INTEGER) + 500) / 1000))
      FROM sale_lines l WHERE l.shop_id = s.shop_id AND l.sale_id = s.id))
  FROM sales s GROUP BY 1, 2, 3
  UNION ALL
  SELECT shop_id, date((at + 19800000) / 1000, 'unixepoch'), 'payment', count(*), sum(amount_paise), 0
  FROM payments WHERE method IS NOT 'khata' GROUP BY 1, 2
  UNION ALL
  -- A reversal is a negative amount of what it takes back, on its own day.
  SELECT shop_id, date((created_at + 19800000) / 1000, 'unixepoch'),
    iif((type = 'debit') = (reverses IS NULL), 'khata.given', 'khata.received'),
    count(*), sum(iif(source_kind IS 'opening', 0, iif(reverses IS NULL, amount_paise, -amount_paise))), 0
  FROM khata_entries GROUP BY 1, 2, 3;
