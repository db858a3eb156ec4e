// How sessions end: one, all of an account, and the tokens that the older backend gave out.

import type { Tx } from './tx.ts';
import { byId, type Query } from './view.ts';

/** Ends the account's sessions (but one) and every token of the older backend. */
export function endSessions(tx: Tx, userId: string, keepSessionId: string | null): void {
  const query: Query<'sessions'> = {
    collection: 'sessions',
    name: `sessions/open/${userId}`,
    filter: { revoked_at: null, user_id: byId('users', userId).filter._id },
    matches: (row) => row.userId === userId && row.revokedAt === null,
  };
  for (const { id } of tx.find(query)) if (id !== keepSessionId) endSession(tx, id);
  endOlderTokens(tx, userId);
}

/** Tokens of the older backend name no session: they are ended all together. */
export function endOlderTokens(tx: Tx, userId: string): void {
  const user = tx.get('users', userId);
  if (user) tx.put('users', { ...user, authVersion: user.authVersion + 1 });
}

export function endSession(tx: Tx, sessionId: string): void {
  const session = tx.get('sessions', sessionId);
  if (session?.revokedAt === null) tx.put('sessions', { ...session, revokedAt: tx.by.at });
}
