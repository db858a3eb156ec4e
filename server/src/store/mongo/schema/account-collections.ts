// Accounts and sign-in bookkeeping.

import {
  BOOL,
  type CollectionSpec,
  collection,
  ID,
  index,
  listOf,
  maybe,
  NOT_NEGATIVE,
  OBJECT,
  oneOf,
  orNull,
  TEXT,
  TIME,
  UNIQUE,
} from './shapes.ts';

export const ACCOUNT_COLLECTIONS: CollectionSpec[] = [
  collection(
    'users',
    {
      username: TEXT,
      email: TEXT,
      password_hash: TEXT,
      role: oneOf('admin', 'staff', 'user'),
      permissions: listOf(TEXT),
      appointed: BOOL,
      is_active: BOOL,
      auth_version: NOT_NEGATIVE,
      preferences: OBJECT,
      second_factor: maybe(orNull(OBJECT)),
      created_at: TIME,
      updated_at: TIME,
      last_login: orNull(TIME),
    },
    [
      index('username', 'username', UNIQUE),
      index('email', 'email', UNIQUE),
      index('oldest', 'created_at _id'),
      index('role', 'role is_active'),
    ],
  ),
  collection(
    'sessions',
    {
      user_id: ID,
      created_at: TIME,
      last_used_at: TIME,
      expires_at: TIME,
      revoked_at: orNull(TIME),
      address: TEXT,
      user_agent: TEXT,
    },
    [index('user', 'user_id revoked_at -last_used_at _id'), index('expiry', 'expires_at')],
  ),
  collection('refresh_tokens', { hash: TEXT, session_id: ID, created_at: TIME, rotated_at: orNull(TIME) }, [
    index('hash', 'hash', UNIQUE),
    index('session', 'session_id'),
  ]),
  collection('login_attempts', { account: TEXT, lane: TEXT, attempts: listOf(OBJECT), last_at: TIME }, [
    index('lane', 'account lane', UNIQUE),
    index('attempt', 'attempts.attempt'),
    index('age', 'last_at'),
  ]),
  collection('known_addresses', { account: TEXT, address: TEXT, last_at: TIME }, [
    index('address', 'account address', UNIQUE),
    index('age', 'last_at'),
  ]),
  collection('tickets', { hash: TEXT, user_id: ID, session_id: orNull(ID), path: TEXT, expires_at: TIME }, [
    index('hash', 'hash', UNIQUE),
    index('expiry', 'expires_at'),
  ]),
];
