import type { Actor } from './actor.ts';

/** What an entry is about. */
export interface Subject {
  type:
    | 'product'
    | 'customer'
    | 'khata_entry'
    | 'order'
    | 'sale'
    | 'metal_price'
    | 'diamond_price'
    | 'user'
    | 'settings'
    | 'image'
    | 'model'
    | 'forecast'
    | 'backup'
    | 'shop';
  id: string;
}

/** The changed fields only (and what is removed or brought back by name, as the entry tells it no other way); never secrets. */
export type Fields = Record<string, unknown>;

/** One entry of the append-only record of what happened. `before` and `after` are null once erased. */
export interface JournalEntry {
  seq: number;
  at: number;
  actor: Actor;
  requestId: string;
  action: string;
  subject: Subject;
  before: Fields | null;
  after: Fields | null;
  prevHash: string;
  hash: string;
}

/** Instants: from inclusive, to exclusive. `subject` is `type` or `type:id`; `actor` a name or a user id. */
export interface JournalFilter {
  subject?: string;
  actor?: string;
  action?: string;
  from?: number;
  to?: number;
}

/** What `swati verify` found. Every problem is one line for people, naming the row. */
export interface VerifyReport {
  entries: number;
  head: { seq: number; hash: string };
  customers: number;
  problems: string[];
  /** The pictures whose bytes are missing or not those that were uploaded, one line each: the books do not need them. */
  pictures: string[];
}
