import { refuse } from '../../../domain/shop-error.ts';
import {
  DEFAULT_PREFERENCES,
  type NewUser,
  type Preferences,
  type User,
  type UserChanges,
} from '../../../domain/user.ts';
import { changedFields } from '../changed-fields.ts';
import { countUsers, findUser } from '../reads/users.ts';
import { endSessions } from './sessions.ts';
import type { Tx } from './tx.ts';

export function addUser(tx: Tx, input: NewUser): User {
  const { shopId } = tx;
  const taken = tx.get(
    'SELECT 1 FROM users WHERE shop_id = :shopId AND (username = :username OR email = :email)',
    {
      shopId,
      username: input.username,
      email: input.email,
    },
  );
  if (taken) throw refuse('user_taken');
  tx.run(
    `INSERT INTO users (shop_id, id, username, email, password_hash, role, permissions, appointed, preferences,
       created_at, updated_at)
     VALUES (:shopId, :id, :username, :email, :passwordHash, :role, :permissions, :appointed, :preferences, :at, :at)`,
    {
      shopId,
      id: input.id,
      username: input.username,
      email: input.email,
      passwordHash: input.passwordHash,
      role: input.role,
      permissions: JSON.stringify(input.permissions),
      appointed: input.appointed ? 1 : 0,
      preferences: JSON.stringify(DEFAULT_PREFERENCES),
      at: tx.by.at,
    },
  );
  const { id, passwordHash: _secret, ...fields } = input;
  tx.record('user.created', { type: 'user', id }, null, fields);
  return findUser(tx, shopId, id) as User;
}

export function addFirstUser(tx: Tx, input: NewUser): User {
  if (countUsers(tx, tx.shopId) > 0) throw refuse('setup_closed');
  return addUser(tx, input);
}

export function changeUser(tx: Tx, id: string, changes: UserChanges): User {
  const user = findExisting(tx, id);
  const { passwordHash, ...rest } = changes;
  const appointed = user.appointed || rest.role !== undefined || rest.permissions !== undefined;
  const next = { ...user, ...rest, appointed };
  if (user.role === 'admin' && user.isActive && (next.role !== 'admin' || !next.isActive))
    refuseLastAdmin(tx, id);
  const { before, after } = changedFields(user, { ...rest, appointed });
  if (Object.keys(after).length > 0) {
    tx.run(
      `UPDATE users SET role = :role, permissions = :permissions, appointed = :appointed, is_active = :isActive,
         updated_at = :at
       WHERE shop_id = :shopId AND id = :id`,
      {
        shopId: tx.shopId,
        id,
        role: next.role,
        permissions: JSON.stringify(next.permissions),
        appointed: next.appointed ? 1 : 0,
        isActive: next.isActive ? 1 : 0,
        at: tx.by.at,
      },
    );
    tx.record('user.changed', { type: 'user', id }, before, after);
  }
  if (passwordHash !== undefined) setPassword(tx, id, passwordHash, 'user.password_reset', null);
  else if (user.isActive && !next.isActive) endSessions(tx, id, null);
  return findUser(tx, tx.shopId, id) as User;
}

export function changePreferences(tx: Tx, id: string, preferences: Preferences): User {
  findExisting(tx, id);
  tx.run('UPDATE users SET preferences = :preferences WHERE shop_id = :shopId AND id = :id', {
    shopId: tx.shopId,
    id,
    preferences: JSON.stringify(preferences),
  });
  return findUser(tx, tx.shopId, id) as User;
}

export function changePassword(tx: Tx, id: string, passwordHash: string, keepSessionId: string | null): User {
  findExisting(tx, id);
  setPassword(tx, id, passwordHash, 'user.password_changed', keepSessionId);
  return findUser(tx, tx.shopId, id) as User;
}

/** A new password makes every older token worthless, but for the session that is kept. */
function setPassword(tx: Tx, id: string, passwordHash: string, action: string, keep: string | null): void {
  tx.run(
    'UPDATE users SET password_hash = :passwordHash, updated_at = :at WHERE shop_id = :shopId AND id = :id',
    { shopId: tx.shopId, id, passwordHash, at: tx.by.at },
  );
  endSessions(tx, id, keep);
  tx.record(action, { type: 'user', id }, null, null);
}

function findExisting(tx: Tx, id: string): User {
  const user = findUser(tx, tx.shopId, id);
  if (!user) throw refuse('user_not_found');
  return user;
}

function refuseLastAdmin(tx: Tx, id: string): void {
  const other = tx.get(
    `SELECT 1 FROM users WHERE shop_id = :shopId AND role = 'admin' AND is_active = 1 AND id <> :id`,
    { shopId: tx.shopId, id },
  );
  if (!other) throw refuse('last_admin');
}
