// Tokens that mean nothing by themselves: refresh tokens and download tickets. The store knows their hashes only.

import { createHash } from 'node:crypto';
import type { RefreshHashes } from '../domain/session-rules.ts';
import type { Shop } from './shop.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** 256 bits. */
const LENGTH = 43;

export function newOpaqueToken(shop: Pick<Shop, 'randomText'>): string {
  return shop.randomText(LENGTH, ALPHABET);
}

/** The refresh token that follows another: it begins with the first of their session, which tells whose it was. */
export function nextRefreshToken(shop: Pick<Shop, 'randomText'>, token: string): string {
  return `${firstOf(token)}.${newOpaqueToken(shop)}`;
}

export function hashRefreshToken(token: string): RefreshHashes {
  return { hash: hashOpaqueToken(token), firstHash: hashOpaqueToken(firstOf(token)) };
}

function firstOf(token: string): string {
  return token.split('.', 1)[0] as string;
}

/** Unsalted and fast, which is enough for texts that nobody can guess. */
export function hashOpaqueToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
