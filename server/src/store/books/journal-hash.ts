// The journal's hashes. An entry's hash covers the format, every fixed field, the salted hash of its payload and the
// hash of the entry before, so that a change anywhere breaks the chain from there on.

import { hash } from 'node:crypto';

export const JOURNAL_FORMAT = 1;
/** What the first entry of a shop follows. */
export const GENESIS_HASH = '0'.repeat(64);

/** The newest entry of a shop. */
export interface JournalHead {
  seq: number;
  hash: string;
}

export interface HashedFields {
  shopId: string;
  seq: number;
  format: number;
  at: number;
  actorKind: string;
  actorId: string | null;
  actorName: string;
  requestId: string;
  action: string;
  subjectType: string;
  subjectId: string;
  payloadHash: string;
  prevHash: string;
}

/** SHA-256 in hex over the fields as a JSON array (unambiguous where a plain join is not). */
export function chainHash(e: HashedFields): string {
  const fields = [e.format, e.shopId, e.seq, e.at, e.actorKind, e.actorId, e.actorName, e.requestId];
  return sha256(JSON.stringify([...fields, e.action, e.subjectType, e.subjectId, e.payloadHash, e.prevHash]));
}

/** Salted, so that an erased payload cannot be guessed from its hash. The texts are the stored ones. */
export function payloadHash(salt: string, before: string | null, after: string | null): string {
  return sha256(JSON.stringify([salt, before, after]));
}

function sha256(text: string): string {
  return hash('sha256', text);
}
