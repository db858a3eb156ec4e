// Appending to the journal. The head stands in the shop's own document, which the group reads and writes in its
// transaction: of two groups that append at once, one fails and begins again.

import type { By } from '../../../domain/actor.ts';
import { GENESIS_HASH } from '../../books/journal-hash.ts';
import { journalRows, type NewEntry } from '../../books/journal-row.ts';
import { newRowId } from '../codec.ts';
import type { ShopRow } from '../rows.ts';
import type { GroupView } from './view.ts';

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
  const { row, payload } = journalRows(shopId, shop, by, entry);
  const { seq, hash } = row;
  view.add('journal', { id: newRowId(), ...row });
  view.add('journal_payloads', { id: newRowId(), ...payload });
  view.put('shops', { ...shop, seq, hash });
  return seq;
}
