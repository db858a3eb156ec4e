// Tokens that mean nothing by themselves: refresh tokens and download tickets. The store knows their hashes only.

import { createHash } from 'node:crypto';
import type { Shop } from './shop.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** 256 bits. */
const LENGTH = 43;

export function newOpaqueToken(shop: Pick<Shop, 'randomText'>): string {
  return shop.randomText(LENGTH, ALPHABET);
}

/** Unsalted and fast, which is enough for texts that nobody can guess. */
export function hashOpaqueToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
