-- Trained models, trainings, and the forecasts that were published.

CREATE TABLE models (
  shop_id TEXT NOT NULL,
  name TEXT NOT NULL,
  -- The one in service, and the one that served before it; `moving` only within a change.
  slot TEXT NOT NULL CHECK (slot IN ('current', 'previous', 'moving')),
  version TEXT NOT NULL,
  trained_at INTEGER NOT NULL,
  data_points INTEGER NOT NULL,
  basis TEXT NOT NULL CHECK (basis IN ('shop', 'reference')),
  seen_position INTEGER NOT NULL,
  metrics TEXT NOT NULL,
  details TEXT NOT NULL,
  byte_count INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  -- Last: a card is read without its pages.
  bytes BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX models_slot ON models (shop_id, name, slot);

CREATE TABLE model_generations (
  shop_id TEXT PRIMARY KEY,
  generation INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE training_jobs (
  shop_id TEXT NOT NULL,
  id TEXT NOT NULL,
  -- Their order.
  n INTEGER NOT NULL,
  targets TEXT NOT NULL,
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
  requested_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  progress REAL NOT NULL,
  step TEXT NOT NULL,
  cancel_requested INTEGER NOT NULL CHECK (cancel_requested IN (0, 1)),
  fence INTEGER NOT NULL,
  lease_until INTEGER,
  outcome TEXT NOT NULL,
  error TEXT,
  PRIMARY KEY (shop_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX training_jobs_order ON training_jobs (shop_id, n);
CREATE UNIQUE INDEX training_jobs_one ON training_jobs (shop_id, state) WHERE state IN ('waiting', 'running');

CREATE TABLE forecasts (
  shop_id TEXT NOT NULL,
  metal TEXT NOT NULL CHECK (metal IN ('gold', 'silver', 'platinum')),
  purity TEXT NOT NULL,
  made_on TEXT NOT NULL,
  target_day TEXT NOT NULL,
  horizon_days INTEGER NOT NULL CHECK (horizon_days > 0),
  -- Paise per gram at the purity of the series.
  last_paise INTEGER NOT NULL,
  median_paise INTEGER NOT NULL,
  lower_80_paise INTEGER NOT NULL,
  upper_80_paise INTEGER NOT NULL,
  lower_95_paise INTEGER NOT NULL,
  upper_95_paise INTEGER NOT NULL,
  model_version TEXT NOT NULL,
  -- Null until its day came; then the rate of the day, or none where no rate was recorded near it.
  scored_at INTEGER,
  outcome_paise INTEGER,
  outcome_day TEXT,
  PRIMARY KEY (shop_id, metal, purity, made_on, target_day)
) STRICT, WITHOUT ROWID;
CREATE INDEX forecasts_due ON forecasts (shop_id, target_day) WHERE scored_at IS NULL;

-- Stones in the order of recording: for those who learn from them page by page.
CREATE UNIQUE INDEX diamond_prices_recorded ON diamond_prices (shop_id, position, place);
