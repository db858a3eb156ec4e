import { type Permission, permissionsOf, type Role, STAFF_PERMISSIONS } from './permissions.ts';
import type { SecondFactorState } from './second-factor.ts';

export const MIN_PASSWORD_LENGTH = 6;
export const MAX_PASSWORD_LENGTH = 128;
export const MIN_USERNAME_LENGTH = 3;
export const MAX_USERNAME_LENGTH = 80;
export const MAX_EMAIL_LENGTH = 200;

/** A session ends this long after its refresh token was last used. */
export const SESSION_LIFETIME_MS = 30 * 24 * 3_600_000;
/** A download ticket is for the click that follows. */
export const TICKET_LIFETIME_MS = 60_000;

/** An account as stored, without its password hash. Instants in milliseconds, UTC. */
export interface User {
  id: string;
  username: string;
  /** Trimmed and lower-case. */
  email: string;
  role: Role;
  permissions: Permission[];
  /** True once an admin made the account or gave it rights; false for one that signed itself up. */
  appointed: boolean;
  isActive: boolean;
  /** Rises whenever the account is signed out everywhere; tokens without a session id (the older backend's) hold for 0. */
  authVersion: number;
  preferences: Preferences;
  /** null: signing in asks for the password alone. */
  secondFactor: SecondFactorState | null;
  createdAt: number;
  updatedAt: number;
  lastLogin: number | null;
}

/** An account with what is needed to check a password. Never leaves the sign-in code. */
export interface UserWithHash extends User {
  passwordHash: string;
}

export const LANGUAGES = ['en', 'hi', 'mr'] as const;
export type Language = (typeof LANGUAGES)[number];
export const THEMES = ['system', 'light', 'dark'] as const;

/** What one person chose for the console. `savedViews`: list screen -> named filter sets. */
export interface Preferences {
  language: Language | null;
  theme: (typeof THEMES)[number];
  savedViews: SavedView[];
}
export interface SavedView {
  screen: string;
  name: string;
  query: string;
}
export const DEFAULT_PREFERENCES: Preferences = { language: null, theme: 'system', savedViews: [] };

export interface NewUser {
  id: string;
  username: string;
  email: string;
  passwordHash: string;
  role: Role;
  permissions: Permission[];
  appointed: boolean;
}

/** What an admin may change of an account. Absent: unchanged. A new hash signs the account out everywhere. */
export interface UserChanges {
  role?: Role;
  isActive?: boolean;
  permissions?: Permission[];
  passwordHash?: string;
}

/** A signed-in device: one family of rotating refresh tokens. */
export interface Session {
  id: string;
  userId: string;
  createdAt: number;
  lastUsedAt: number;
  expiresAt: number;
  address: string;
  userAgent: string;
}

/**
 * What an account may do after an admin changed it. Naming a role or permissions appoints it. As staff it starts with
 * the usual permissions unless others are named; a role that stays leaves an appointed account's as they are.
 */
export function rightsAfter(
  user: Pick<User, 'role' | 'permissions' | 'appointed'>,
  changes: Pick<UserChanges, 'role' | 'permissions'>,
): Pick<User, 'role' | 'permissions' | 'appointed'> {
  const role = changes.role ?? user.role;
  const appointed = user.appointed || changes.role !== undefined || changes.permissions !== undefined;
  const starts = changes.role === 'staff' && (user.role !== 'staff' || !user.appointed);
  const permissions = changes.permissions ?? (starts ? [...STAFF_PERMISSIONS] : user.permissions);
  return { role, permissions, appointed };
}

/**
 * Whether an account may touch one with these rights, or give them: one that manages accounts, an admin all, others
 * only what they hold themselves. Else they could make themselves admin.
 */
export function mayManage(
  manager: Pick<User, 'role' | 'permissions' | 'isActive'>,
  rights: Pick<User, 'role' | 'permissions'>,
): boolean {
  const own = permissionsOf(manager);
  if (!manager.isActive || !own.includes('users.manage')) return false;
  if (manager.role === 'admin') return true;
  if (rights.role === 'admin') return false;
  // Stored permissions count even where the role makes them idle: a later change of role would wake them.
  return rights.permissions.every((permission) => own.includes(permission));
}
