// What the address of the journal may say.

import { isDay } from '../../format/is-day.ts';

export const SUBJECTS = [
  'product',
  'customer',
  'khata_entry',
  'order',
  'sale',
  'metal_price',
  'diamond_price',
  'user',
  'settings',
  'image',
  'model',
  'forecast',
  'backup',
  'shop',
] as const;

export interface JournalSearch {
  /** A kind of thing, or one thing (`order:65e…`). */
  subject?: string | undefined;
  actor?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** The entry whose fields are shown. */
  seq?: number | undefined;
}

export function readJournalSearch(search: Record<string, unknown>): JournalSearch {
  const { subject, actor, from, to, seq } = search;
  return {
    ...(typeof subject === 'string' && subject !== '' ? { subject } : {}),
    ...(typeof actor === 'string' && actor !== '' ? { actor } : {}),
    ...(isDay(from) ? { from } : {}),
    ...(isDay(to) ? { to } : {}),
    ...(Number.isSafeInteger(seq) ? { seq: seq as number } : {}),
  };
}
