import { owesSecondFactor } from '../../../domain/second-factor.ts';
import { ADDRESS_KEPT_MS } from '../../../domain/session-rules.ts';
import type { Session } from '../../../domain/user.ts';
import type { Bearer } from '../../session-store.ts';
import type { Db } from '../database.ts';
import { getSettings } from './settings.ts';
import { findUser } from './users.ts';

const MAX_LISTED = 200;

interface Row {
  id: string;
  user_id: string;
  created_at: number;
  last_used_at: number;
  expires_at: number;
  revoked_at: number | null;
  address: string;
  user_agent: string;
}

/** The account behind a token, and whether the token still holds. Tokens without a session hold for version 0. */
export function findBearer(db: Db, shopId: string, userId: string, sessionId: string | null): Bearer | null {
  const user = findUser(db, shopId, userId);
  if (!user) return null;
  const owes = owesSecondFactor(user, getSettings(db, shopId).totpRoles);
  if (sessionId === null) return { user, live: user.authVersion === 0, owesSecondFactor: owes };
  const session = db.get<{ user_id: string; revoked_at: number | null }>(
    'SELECT user_id, revoked_at FROM sessions WHERE shop_id = :shopId AND id = :sessionId',
    { shopId, sessionId },
  );
  const live = session?.user_id === userId && session.revoked_at === null;
  return { user, live, owesSecondFactor: owes };
}

/** Whether the address signed in to the account within the last year; of names that nobody has, none did. */
export function isKnownAddress(
  db: Db,
  shopId: string,
  { account, address }: { account: string; address: string },
  at: number,
): boolean {
  const known = db.get(
    `SELECT 1 FROM known_addresses
     WHERE shop_id = :shopId AND user_id = :account AND address = :address AND last_at >= :oldest`,
    { shopId, account, address, oldest: at - ADDRESS_KEPT_MS },
  );
  return known !== undefined;
}

/** The account's live sessions, latest used first. */
export function listSessions(db: Db, shopId: string, userId: string, at: number): Session[] {
  return db
    .all<Row>(
      `SELECT * FROM sessions WHERE shop_id = :shopId AND user_id = :userId AND revoked_at IS NULL
         AND expires_at > :at
       ORDER BY last_used_at DESC, id LIMIT :limit`,
      { shopId, userId, at, limit: MAX_LISTED },
    )
    .map((row) => ({
      id: row.id,
      userId: row.user_id,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
      expiresAt: row.expires_at,
      address: row.address,
      userAgent: row.user_agent,
    }));
}
