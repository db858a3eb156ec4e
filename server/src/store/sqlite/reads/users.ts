import type { Permission, Role } from '../../../domain/permissions.ts';
import { stateOf } from '../../../domain/second-factor.ts';
import { DEFAULT_PREFERENCES, type Preferences, type User, type UserWithHash } from '../../../domain/user.ts';
import type { Db } from '../database.ts';
import { readSecondFactor } from './second-factors.ts';

interface Row {
  id: string;
  username: string;
  email: string;
  password_hash: string;
  role: Role;
  permissions: string;
  appointed: number;
  is_active: number;
  auth_version: number;
  preferences: string;
  second_factor: string | null;
  created_at: number;
  updated_at: number;
  last_login: number | null;
}

export function findUser(db: Db, shopId: string, id: string): User | null {
  const user = findUserWithHash(db, shopId, id);
  return user && withoutHash(user);
}

export function findUserWithHash(db: Db, shopId: string, id: string): UserWithHash | null {
  const row = db.get<Row>('SELECT * FROM users WHERE shop_id = :shopId AND id = :id', { shopId, id });
  return row ? toUser(row) : null;
}

/** Exact username first, then e-mail without regard to case (stored lower-case). */
export function findUserForLogin(db: Db, shopId: string, name: string): UserWithHash | null {
  const row =
    db.get<Row>('SELECT * FROM users WHERE shop_id = :shopId AND username = :name', { shopId, name }) ??
    db.get<Row>('SELECT * FROM users WHERE shop_id = :shopId AND email = :name', {
      shopId,
      name: name.trim().toLowerCase(),
    });
  return row ? toUser(row) : null;
}

export function listUsers(db: Db, shopId: string): User[] {
  return db
    .all<Row>('SELECT * FROM users WHERE shop_id = :shopId ORDER BY created_at, id', { shopId })
    .map((row) => withoutHash(toUser(row)));
}

export function countUsers(db: Db, shopId: string): number {
  return db.get<{ n: number }>('SELECT count(*) AS n FROM users WHERE shop_id = :shopId', { shopId })?.n ?? 0;
}

function withoutHash({ passwordHash: _hash, ...user }: UserWithHash): User {
  return user;
}

function toUser(row: Row): UserWithHash {
  return {
    id: row.id,
    username: row.username,
    email: row.email,
    passwordHash: row.password_hash,
    role: row.role,
    permissions: JSON.parse(row.permissions) as Permission[],
    appointed: row.appointed === 1,
    isActive: row.is_active === 1,
    authVersion: row.auth_version,
    preferences: { ...DEFAULT_PREFERENCES, ...(JSON.parse(row.preferences) as Partial<Preferences>) },
    secondFactor: stateOf(readSecondFactor(row.second_factor)),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastLogin: row.last_login,
  };
}
