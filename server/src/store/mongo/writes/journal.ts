// Appending to the journal. The head stands in the shop's own document, which the group reads and writes in its
// transaction: of two groups that append at once, one fails and begins again.

import { randomBytes } from 'node:crypto';
import type { By } from '../../../domain/actor.ts';
import type { Fields, Subject } from '../../../domain/journal.ts';
import { chainHash, GENESIS_HASH, JOURNAL_FORMAT, payloadHash } from '../../books/journal-hash.ts';
import { newRowId } from '../codec.ts';
import type { ShopRow } from '../rows.ts';
import type { GroupView } from './view.ts';

export interface NewEntry {
  action: string;
  subject: Subject;
  before: Fields | null;
  after: Fields | null;
}

/** The shop's document, or what it is before the first change of the books. */
export function readShop(view: Pick<GroupView, 'get'>, shopId: string): ShopRow {
  const none = {
    seq: 0,
    hash: GENESIS_HASH,
    settings: {},
    settingsVersion: 1,
    settingsUpdatedAt: 0,
    modelGeneration: 0,
  };
  return view.get('shops', shopId) ?? { id: shopId, shopId, ...none };
}

/** Writes the entry that follows the head and answers its number. */
export function appendEntry(view: GroupView, shopId: string, by: By, entry: NewEntry): number {
  const shop = readShop(view, shopId);
  const seq = shop.seq + 1;
  const salt = randomBytes(16).toString('base64url');
  const before = entry.before === null ? null : JSON.stringify(entry.before);
  const after = entry.after === null ? null : JSON.stringify(entry.after);
  const fields = {
    shopId,
    seq,
    format: JOURNAL_FORMAT,
    at: by.at,
    actorKind: by.actor.kind,
    actorId: by.actor.kind === 'user' ? by.actor.id : null,
    actorName: by.actor.name,
    requestId: by.requestId,
    action: entry.action,
    subjectType: entry.subject.type,
    subjectId: entry.subject.id,
    payloadHash: payloadHash(salt, before, after),
    prevHash: shop.hash,
  };
  const hash = chainHash(fields);
  view.add('journal', { id: newRowId(), ...fields, hash });
  view.add('journal_payloads', { id: newRowId(), shopId, seq, salt, before, after });
  view.put('shops', { ...shop, seq, hash });
  return seq;
}
