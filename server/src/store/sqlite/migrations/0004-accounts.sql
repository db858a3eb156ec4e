-- Accounts, signed-in devices and sign-in bookkeeping. Tokens and tickets are kept as hashes only.

CREATE TABLE users (
  shop_id TEXT NOT NULL,
  id TEXT NOT NULL,
  username TEXT NOT NULL,
  email TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('admin', 'staff', 'user')),
  permissions TEXT NOT NULL CHECK (json_valid(permissions)),
  appointed INTEGER NOT NULL CHECK (appointed IN (0, 1)),
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  auth_version INTEGER NOT NULL DEFAULT 0,
  preferences TEXT NOT NULL CHECK (json_valid(preferences)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  last_login INTEGER,
  PRIMARY KEY (shop_id, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX users_username ON users (shop_id, username);
CREATE UNIQUE INDEX users_email ON users (shop_id, email);

CREATE TABLE sessions (
  shop_id TEXT NOT NULL,
  id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER,
  address TEXT NOT NULL,
  user_agent TEXT NOT NULL,
  PRIMARY KEY (shop_id, id),
  FOREIGN KEY (shop_id, user_id) REFERENCES users (shop_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_user ON sessions (shop_id, user_id);
CREATE INDEX sessions_expiry ON sessions (shop_id, expires_at);

-- One family of refresh tokens a session; a used one stays, so that its reuse is noticed.
CREATE TABLE refresh_tokens (
  shop_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  session_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  rotated_at INTEGER,
  PRIMARY KEY (shop_id, hash),
  FOREIGN KEY (shop_id, session_id) REFERENCES sessions (shop_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX refresh_tokens_session ON refresh_tokens (shop_id, session_id);

-- Failed or undecided sign-in attempts; `lane` is 'strangers' or an address that signed in to the account before.
CREATE TABLE login_attempts (
  shop_id TEXT NOT NULL,
  id TEXT NOT NULL,
  account TEXT NOT NULL,
  lane TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX login_attempts_lane ON login_attempts (shop_id, account, lane, at);
CREATE INDEX login_attempts_at ON login_attempts (shop_id, at);

CREATE TABLE known_addresses (
  shop_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  address TEXT NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, user_id, address)
) STRICT, WITHOUT ROWID;

CREATE TABLE tickets (
  shop_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  user_id TEXT NOT NULL,
  -- Absent for tokens of the older backend.
  session_id TEXT,
  path TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, hash)
) STRICT, WITHOUT ROWID;
