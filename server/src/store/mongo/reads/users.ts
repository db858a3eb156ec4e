import type { Db } from 'mongodb';
import { type SecondFactor, stateOf } from '../../../domain/second-factor.ts';
import { DEFAULT_PREFERENCES, type User, type UserWithHash } from '../../../domain/user.ts';
import { type Document, fromDocument, toId } from '../codec.ts';
import type { UserRow } from '../rows.ts';

export async function findUserWithHash(db: Db, shopId: string, id: string): Promise<UserWithHash | null> {
  const document = await db.collection('users').findOne({ _id: toId(id) as never, shop_id: shopId });
  return document && withHash(document);
}

export async function findUser(db: Db, shopId: string, id: string): Promise<User | null> {
  const document = await db.collection('users').findOne({ _id: toId(id) as never, shop_id: shopId });
  return document && toUser(fromDocument<UserRow>(document));
}

/** Exact username first, then e-mail without regard to case (stored lower-case). */
export async function findUserForLogin(db: Db, shopId: string, name: string): Promise<UserWithHash | null> {
  const users = db.collection('users');
  const document =
    (await users.findOne({ shop_id: shopId, username: name })) ??
    (await users.findOne({ shop_id: shopId, email: name.trim().toLowerCase() }));
  return document && withHash(document);
}

export async function listUsers(db: Db, shopId: string): Promise<User[]> {
  const found = await db
    .collection('users')
    .find({ shop_id: shopId })
    .sort({ created_at: 1, _id: 1 })
    .toArray();
  return found.map((document) => toUser(fromDocument<UserRow>(document)));
}

export function countUsers(db: Db, shopId: string): Promise<number> {
  return db.collection('users').countDocuments({ shop_id: shopId });
}

function withHash(document: Document): UserWithHash {
  const row = fromDocument<UserRow>(document);
  return { ...toUser(row), passwordHash: row.passwordHash };
}

export async function findSecondFactor(db: Db, shopId: string, id: string): Promise<SecondFactor | null> {
  const document = await db.collection('users').findOne({ _id: toId(id) as never, shop_id: shopId });
  return document && (fromDocument<UserRow>(document).secondFactor ?? null);
}

export function toUser({ shopId: _shop, passwordHash: _hash, secondFactor = null, ...user }: UserRow): User {
  return {
    ...user,
    preferences: { ...DEFAULT_PREFERENCES, ...user.preferences },
    secondFactor: stateOf(secondFactor),
  };
}
