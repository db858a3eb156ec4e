import type { Permission, Role } from './permissions.ts';

export const MIN_PASSWORD_LENGTH = 6;
export const MAX_PASSWORD_LENGTH = 128;
export const MIN_USERNAME_LENGTH = 3;
export const MAX_USERNAME_LENGTH = 80;
export const MAX_EMAIL_LENGTH = 200;

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
  /** Rises with every password change; tokens without a session id are bound to 0 (the older backend's). */
  authVersion: number;
  preferences: Preferences;
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
