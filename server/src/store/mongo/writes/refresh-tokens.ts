// The tokens that lengthen a session. A used one stays for a while, so that its reuse is noticed; the first one stays as
// long as the session, and is known by whatever begins with it.

import {
  type RefreshHashes,
  ROTATED_LONG_AGO,
  TOKENS_KEPT_OF_SESSION,
} from '../../../domain/session-rules.ts';
import { newRowId } from '../codec.ts';
import type { RefreshTokenRow } from '../rows.ts';
import type { Tx } from './tx.ts';
import { byId, type Query } from './view.ts';

/** Null where nothing tells of it. */
export function findRefreshToken(tx: Tx, { hash, firstHash }: RefreshHashes): RefreshTokenRow | null {
  const token = readToken(tx, hash);
  if (token || firstHash === hash) return token;
  const first = readToken(tx, firstHash);
  return first && { ...first, rotatedAt: ROTATED_LONG_AGO };
}

function readToken(tx: Tx, hash: string): RefreshTokenRow | null {
  const query: Query<'refresh_tokens'> = {
    collection: 'refresh_tokens',
    name: `refresh_tokens/${hash}`,
    filter: { hash },
    matches: (row) => row.hash === hash,
  };
  return tx.find(query)[0] ?? null;
}

export function addRefreshToken(tx: Tx, sessionId: string, hash: string): void {
  const row = { id: newRowId(), shopId: tx.shopId, hash, sessionId };
  tx.add('refresh_tokens', { ...row, createdAt: tx.by.at, rotatedAt: null });
}

/** Makes room for one more. Those that nobody used yet go last; of what an older program let grow some goes each time. */
export function forgetOldTokens(tx: Tx, sessionId: string, { firstHash }: RefreshHashes): void {
  const newest: Query<'refresh_tokens'> = {
    collection: 'refresh_tokens',
    name: `refresh_tokens/newest/${sessionId}`,
    filter: { session_id: byId('sessions', sessionId).filter._id },
    matches: (row) => row.sessionId === sessionId,
    first: {
      sort: { created_at: -1, _id: -1 },
      limit: 2 * TOKENS_KEPT_OF_SESSION,
      compare: (a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1),
    },
  };
  const others = tx.find(newest).filter(({ hash }) => hash !== firstHash);
  const [unused, used] = [others.filter(isUnused), others.filter((row) => !isUnused(row))];
  for (const { id } of [...unused, ...used].slice(TOKENS_KEPT_OF_SESSION - 2))
    tx.remove('refresh_tokens', id);
}

function isUnused({ rotatedAt }: RefreshTokenRow): boolean {
  return rotatedAt === null;
}
