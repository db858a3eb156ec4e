// What strangers may leave behind: of accounts that nobody appointed only so much is kept. Each makes room for one more,
// and is asked before that is added: a set that is full is read, and the last of it goes.

import { KEPT_OF_STRANGERS } from '../../../domain/session-rules.ts';
import type { Tx } from './tx.ts';
import { byId, type Query } from './view.ts';

/** Their refresh tokens go with them. */
export function makeRoomForSession(tx: Tx, userId: string): void {
  const most = KEPT_OF_STRANGERS.sessions;
  const newest: Query<'sessions'> = {
    collection: 'sessions',
    name: `sessions/newest/${userId}`,
    filter: { user_id: byId('users', userId).filter._id },
    matches: (row) => row.userId === userId,
    first: {
      sort: { last_used_at: -1, _id: -1 },
      limit: most,
      compare: (a, b) => b.lastUsedAt - a.lastUsedAt || (a.id < b.id ? 1 : -1),
    },
  };
  const oldest = tx.find(newest)[most - 1];
  if (!oldest) return;
  const tokens: Query<'refresh_tokens'> = {
    collection: 'refresh_tokens',
    name: `refresh_tokens/of/${oldest.id}`,
    filter: { session_id: byId('sessions', oldest.id).filter._id },
    matches: (row) => row.sessionId === oldest.id,
  };
  for (const { id } of tx.find(tokens)) tx.remove('refresh_tokens', id);
  tx.remove('sessions', oldest.id);
}

export function makeRoomForAddress(tx: Tx, account: string): void {
  const most = KEPT_OF_STRANGERS.addresses;
  const newest: Query<'known_addresses'> = {
    collection: 'known_addresses',
    name: `known_addresses/newest/${account}`,
    filter: { account },
    matches: (row) => row.account === account,
    first: {
      sort: { last_at: -1, _id: -1 },
      limit: most,
      compare: (a, b) => b.lastAt - a.lastAt || (a.id < b.id ? 1 : -1),
    },
  };
  const oldest = tx.find(newest)[most - 1];
  if (oldest) tx.remove('known_addresses', oldest.id);
}
