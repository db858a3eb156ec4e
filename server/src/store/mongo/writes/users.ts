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
import { toUser } from '../reads/users.ts';
import type { UserRow } from '../rows.ts';
import { endSessions } from './ended-sessions.ts';
import { forgetAttempt } from './login-attempts.ts';
import type { Tx } from './tx.ts';
import type { Query } from './view.ts';

export function addUser(tx: Tx, input: NewUser): User {
  requireMayManage(tx, input);
  const { username, email } = input;
  const query: Query<'users'> = {
    collection: 'users',
    name: `users/taken/${JSON.stringify([username, email])}`,
    filter: { username },
    matches: (row) => row.username === username,
  };
  const sameEmail: Query<'users'> = {
    collection: 'users',
    name: `users/email/${email}`,
    filter: { email },
    matches: (row) => row.email === email,
  };
  if (tx.find(query).length > 0 || tx.find(sameEmail).length > 0) throw refuse('user_taken');
  const { id, passwordHash, ...fields } = input;
  const { at } = tx.by;
  const row: UserRow = {
    id,
    shopId: tx.shopId,
    ...fields,
    passwordHash,
    isActive: true,
    authVersion: 0,
    preferences: DEFAULT_PREFERENCES,
    secondFactor: null,
    createdAt: at,
    updatedAt: at,
    lastLogin: null,
  };
  tx.add('users', row);
  tx.record('user.created', { type: 'user', id }, null, fields);
  return toUser(row);
}

export function addFirstUser(tx: Tx, input: NewUser): User {
  const anybody = tx.find({
    collection: 'users',
    name: 'users/any',
    filter: {},
    matches: () => true,
    first: { sort: { created_at: 1 }, limit: 1, compare: () => 0 },
  });
  if (anybody.length > 0) throw refuse('setup_closed');
  return addUser(tx, input);
}

export function changeUser(tx: Tx, id: string, changes: UserChanges): User {
  const user = findExisting(tx, id);
  const { passwordHash, isActive = user.isActive } = changes;
  const asked = { ...rightsAfter(user, changes), isActive };
  const next: UserRow = { ...user, ...asked };
  requireMayManage(tx, user);
  requireMayManage(tx, next);
  const wasAdmin = user.role === 'admin' && user.isActive;
  if (wasAdmin && (next.role !== 'admin' || !next.isActive)) refuseLastAdmin(tx, id);
  const { before, after } = changedFields<User>(toUser(user), asked);
  if (Object.keys(after).length > 0) {
    tx.put('users', { ...next, updatedAt: tx.by.at });
    tx.record('user.changed', { type: 'user', id }, before, after);
  }
  if (passwordHash !== undefined) setPassword(tx, id, passwordHash, 'user.password_reset', null);
  else if (user.isActive && !next.isActive) endSessions(tx, id, null);
  return toUser(findExisting(tx, id));
}

export function changePreferences(tx: Tx, id: string, changes: Partial<Preferences>): User {
  const user = findExisting(tx, id);
  const next = { ...user, preferences: { ...user.preferences, ...changes } };
  tx.put('users', next);
  return toUser(next);
}

export function changePassword(tx: Tx, id: string, change: PasswordChange): User {
  const user = findExisting(tx, id);
  // An admin's reset that came in between wins over whoever knew the old password.
  if (user.passwordHash !== change.checkedHash) throw refuse('password_wrong');
  setPassword(tx, id, change.passwordHash, 'user.password_changed', change.keepSessionId);
  if (change.attemptId !== null) forgetAttempt(tx, change.attemptId);
  return toUser(findExisting(tx, id));
}

/** A new password makes every older token worthless, but for the session that is kept. */
function setPassword(tx: Tx, id: string, passwordHash: string, action: string, keep: string | null): void {
  tx.put('users', { ...findExisting(tx, id), passwordHash, updatedAt: tx.by.at });
  endSessions(tx, id, keep);
  tx.record(action, { type: 'user', id }, null, null);
}

function findExisting(tx: Tx, id: string): UserRow {
  const user = tx.get('users', id);
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
  const manager = tx.get('users', actor.id);
  if (!manager || !mayManage(manager, rights)) {
    throw refuse('forbidden', { details: 'This needs rights that you do not hold yourself' });
  }
}

function refuseLastAdmin(tx: Tx, id: string): void {
  const admins = tx.find({
    collection: 'users',
    name: 'users/admins',
    filter: { role: 'admin', is_active: true },
    matches: (row) => row.role === 'admin' && row.isActive,
  });
  if (!admins.some((admin) => admin.id !== id)) throw refuse('last_admin');
}
