import type { Db } from 'mongodb';
import { owesSecondFactor } from '../../../domain/second-factor.ts';
import { ADDRESS_KEPT_MS } from '../../../domain/session-rules.ts';
import type { Session, User } from '../../../domain/user.ts';
import type { Bearer } from '../../session-store.ts';
import { type Document, fromDocument, toId } from '../codec.ts';
import type { SessionRow, ShopRow, UserRow } from '../rows.ts';
import { toSettings } from './settings.ts';
import { toUser } from './users.ts';

const MAX_LISTED = 200;

/** The account behind a token, whether the token still holds and what it owes: one round trip. */
export async function findBearer(
  db: Db,
  shopId: string,
  userId: string,
  sessionId: string | null,
): Promise<Bearer | null> {
  const session = { $match: { _id: toId(sessionId ?? ''), shop_id: shopId } };
  const shop = { $match: { _id: shopId, shop_id: shopId } };
  const found = await db
    .collection('users')
    .aggregate<Document>([
      { $match: { _id: toId(userId), shop_id: shopId } },
      ...(sessionId === null ? [] : [{ $unionWith: { coll: 'sessions', pipeline: [session] } }]),
      { $unionWith: { coll: 'shops', pipeline: [shop, { $project: { settings: 1 } }] } },
    ])
    .toArray();
  const [userFound, sessionFound, shopFound] = ['username', 'user_id', 'settings'].map((key) =>
    found.find((document) => key in document),
  );
  if (!userFound) return null;
  const user = toUser(fromDocument<UserRow>(userFound));
  const { totpRoles } = toSettings(shopFound ? fromDocument<ShopRow>(shopFound) : null);
  return {
    user,
    live: isLive(user, sessionId, sessionFound ? fromDocument(sessionFound) : null),
    owesSecondFactor: owesSecondFactor(user, totpRoles),
  };
}

/** Tokens without a session hold for version 0 of the account. */
export function isLive(
  user: Pick<User, 'id' | 'authVersion'>,
  sessionId: string | null,
  session: SessionRow | null,
): boolean {
  if (sessionId === null) return user.authVersion === 0;
  return session?.userId === user.id && session.revokedAt === null;
}

/** Whether the address signed in to the account within the last year; of names that nobody has, none did. */
export async function isKnownAddress(
  db: Db,
  shopId: string,
  { account, address }: { account: string; address: string },
  at: number,
): Promise<boolean> {
  const last_at = { $gte: new Date(at - ADDRESS_KEPT_MS) };
  const known = await db
    .collection('known_addresses')
    .findOne({ shop_id: shopId, account, address, last_at });
  return known !== null;
}

/** The account's live sessions, latest used first. */
export async function listSessions(db: Db, shopId: string, userId: string, at: number): Promise<Session[]> {
  const found = await db
    .collection('sessions')
    .find({ shop_id: shopId, user_id: toId(userId), revoked_at: null, expires_at: { $gt: new Date(at) } })
    .sort({ last_used_at: -1, _id: 1 })
    .limit(MAX_LISTED)
    .toArray();
  return found.map((document) => {
    const { shopId: _shop, revokedAt: _none, ...session } = fromDocument<SessionRow>(document);
    return session;
  });
}
