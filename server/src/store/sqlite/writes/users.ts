import { changedFields } from '../../../domain/changed-fields.ts';
import { refuse } from '../../../domain/shop-error.ts';
import {
  DEFAULT_PREFERENCES,
  mayManage,
  type NewUser,
  type Preferences,
  rightsAfter,
  type User,
  type UserChanges,
} from '../../../domain/user.ts';
import type { PasswordChange } from '../../store.ts';
import { countUsers, findUser, findUserWithHash } from '../reads/users.ts';
import { endSessions } from './ended-sessions.ts';
import { forgetAttempt } from './login-attempts.ts';
import type { Tx } from './tx.ts';

export function addUser(tx: Tx, input: NewUser): User {
  const { shopId } = tx;
  requireMayManage(tx, input);
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
  const { passwordHash, isActive = user.isActive } = changes;
  const asked = { ...rightsAfter(user, changes), isActive };
  const next = { ...user, ...asked };
  requireMayManage(tx, user);
  requireMayManage(tx, next);
  if (user.role === 'admin' && user.isActive && (next.role !== 'admin' || !next.isActive))
    refuseLastAdmin(tx, id);
  const { before, after } = changedFields<User>(user, asked);
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

export function changePreferences(tx: Tx, id: string, changes: Partial<Preferences>): User {
  const user = findExisting(tx, id);
  tx.run('UPDATE users SET preferences = :preferences WHERE shop_id = :shopId AND id = :id', {
    shopId: tx.shopId,
    id,
    preferences: JSON.stringify({ ...user.preferences, ...changes }),
  });
  return findUser(tx, tx.shopId, id) as User;
}

export function changePassword(tx: Tx, id: string, change: PasswordChange): User {
  const user = findUserWithHash(tx, tx.shopId, id);
  if (!user) throw refuse('user_not_found');
  // An admin's reset that came in between wins over whoever knew the old password.
  if (user.passwordHash !== change.checkedHash) throw refuse('password_wrong');
  setPassword(tx, id, change.passwordHash, 'user.password_changed', change.keepSessionId);
  if (change.attemptId !== null) forgetAttempt(tx, change.attemptId);
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

/**
 * The maker as stored now, who may have been disabled since the request began: a body that comes slowly holds one open.
 * The command line and the program itself may do everything.
 */
export function requireMayManage(tx: Tx, rights: Pick<User, 'role' | 'permissions'>): void {
  const { actor } = tx.by;
  if (actor.kind !== 'user') return;
  const manager = findUser(tx, tx.shopId, actor.id);
  if (!manager || !mayManage(manager, rights)) {
    throw refuse('forbidden', { details: 'This needs rights that you do not hold yourself' });
  }
}

function refuseLastAdmin(tx: Tx, id: string): void {
  const other = tx.get(
    `SELECT 1 FROM users WHERE shop_id = :shopId AND role = 'admin' AND is_active = 1 AND id <> :id`,
    { shopId: tx.shopId, id },
  );
  if (!other) throw refuse('last_admin');
}
