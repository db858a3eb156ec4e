// What both stores must agree on, and each with what its older programs wrote: cheap to forget, and seen late otherwise.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { ARCHIVED_TABLES } from '../src/store/mongo/archive/tables.ts';
import type { Rows } from '../src/store/mongo/rows.ts';
import { COLLECTIONS } from '../src/store/mongo/schema/collections.ts';
import { SCHEMA } from '../src/store/mongo/schema/prepare.ts';
import { archivedTables } from '../src/store/sqlite/archive/archived-tables.ts';
import { openConnection } from '../src/store/sqlite/database.ts';
import { migrate, readMigrations } from '../src/store/sqlite/migrate.ts';
import { newTestFolder } from './test-database.ts';

/** Enough of a row of each collection to make a line of each of its tables. */
const LINES = { lines: [{}], payments: [{}] };
const ROWS: Partial<Record<keyof Rows, object>> = {
  customers: { bought: { sales: 1 } },
  daily_figures: { figures: [{}] },
  orders: LINES,
  products: { figures: { sold: 1 }, makingCharge: null },
  reference_diamonds: Object.fromEntries(
    ['milliCarat', 'cut', 'color', 'clarity', 'depth', 'table', 'x', 'y', 'z', 'dollars'].map((name) => [
      name,
      [0],
    ]),
  ),
  sales: LINES,
  shops: { modelGeneration: 1, settings: {}, settingsVersion: 2 },
};

/** What every document has had since schema 22, beside its shop. Nothing is added here: older documents do not have it. */
const ALWAYS_THERE = `
shops: seq hash settings settings_version model_generation
journal: seq format at actor_kind actor_id actor_name request_id action subject_type subject_id payload_hash
  prev_hash hash
journal_payloads: seq salt before after
saved_results: claimant keyed fingerprint retries at position request_id outcome
customers: version name search_name phone phone_e164 email address language credit_limit_paise balance_paise
  khata_entries khata_debits_paise khata_credits_paise khata_position khata_days bought is_active created_at
  updated_at
products: version name category base_price_paise net_weight_mg gold_purity description image_url
  stock_quantity status published_at making_charge stones_paise search_text figures is_active created_at
  updated_at
product_images: name content_type byte_count sha256 file_id created_at
khata_transactions: position customer_id type amount_paise balance_after_paise description payment_method
  reference_number created_at created_by reverses source
orders: version order_number customer_id customer_name search_text lines subtotal_paise tax_paise
  discount_paise total_paise status payment_status payment_method payments khata_entry_id notes admin_notes
  created_at updated_at completed_at cancelled_at
daily_figures: day figures
sales: customer_id customer_name lines total_paise discount_paise final_paise payment_status payment_method
  payments khata_entry_id notes created_at created_by
price_history: metal purity paise_per_gram at day source held position place created_at
diamond_price_history: milli_carat cut color clarity price_paise at day source position place created_at
models: name current previous
training_jobs: n targets reason state open requested_at started_at ended_at progress step cancel_requested
  fence lease_until outcome error
forecasts: metal purity made_on target_day horizon_days last_paise median_paise scored_at outcome_paise
  outcome_day
reference_gold: month paise_per_gram rupees_per_dollar
reference_diamonds: part count dollars
users: username email password_hash role permissions appointed is_active auth_version preferences created_at
  updated_at last_login
sessions: user_id created_at last_used_at expires_at revoked_at address user_agent
refresh_tokens: hash session_id created_at rotated_at
login_attempts: account lane attempts last_at
known_addresses: account address last_at
tickets: hash user_id session_id path expires_at`;

it('an archive of the embedded store may be restored into MongoDB: both know the same schema', () => {
  assert.equal(SCHEMA, readMigrations().at(-1)?.number);
});

it('an archive from MongoDB has the columns of one of the embedded store (store/mongo/archive/tables.ts)', () => {
  const folder = newTestFolder();
  const db = openConnection(join(folder, 'shop.db'), 'make');
  try {
    migrate(db, 0);
    const wanted = new Map(archivedTables(db).map(({ name, columns }) => [name, columns.toSorted()]));
    for (const { name, collection, lines } of ARCHIVED_TABLES) {
      const [line = {}] = lines((ROWS[collection] ?? {}) as never);
      assert.deepEqual(Object.keys(line).sort(), wanted.get(name), name);
    }
    const told = new Set(ARCHIVED_TABLES.map(({ name }) => name));
    // Made of more than one document, or of bytes beside it: archive/dump.ts.
    assert.deepEqual(
      [...wanted.keys()].filter((name) => !told.has(name)),
      ['khata_daily_debits', 'models'],
    );
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
});

it('MongoDB asks of a document for no field that an older program did not write: what is new is maybe() and read with a value instead', () => {
  const before = new Map(
    ALWAYS_THERE.trim()
      .split(/\n(?! )/)
      .map((text) => text.split(':'))
      .map(([name, fields = '']) => [name, ['shop_id', ...fields.trim().split(/\s+/)]]),
  );
  for (const { name, validator } of COLLECTIONS) {
    const known = before.get(name);
    const required = validator.$jsonSchema.required as string[];
    // No program before knows a new collection.
    if (known)
      assert.deepEqual(
        required.filter((field) => !known.includes(field)),
        [],
        name,
      );
  }
  assert.ok(COLLECTIONS.length >= before.size);
});
