// Who is told of what. A permission opens an entry with its fields; without it some entries still tell that something
// changed, so that a screen can read again what its account may see.

import type { EventWire } from '../../contract/event.ts';
import type { JournalEntry, Subject } from '../../domain/journal.ts';
import type { Permission } from '../../domain/permissions.ts';
import { toJournalWire } from '../journal/journal-wire.ts';

interface Rule {
  /** Opens the whole entry, as `journal.read` does for every subject. */
  whole: Permission;
  /** Who is told that it changed, without fields and actor: every account, or those with any right in the shop. */
  news?: 'signed-in' | 'staff';
}

const RULES = {
  product: { whole: 'catalogue.read_drafts', news: 'staff' },
  customer: { whole: 'customers.read' },
  khata_entry: { whole: 'khata.read' },
  order: { whole: 'orders.read' },
  sale: { whole: 'sales.read' },
  metal_price: { whole: 'prices.set', news: 'signed-in' },
  diamond_price: { whole: 'prices.set', news: 'signed-in' },
  user: { whole: 'users.manage' },
  settings: { whole: 'settings.read' },
  image: { whole: 'catalogue.read_drafts' },
  model: { whole: 'predictions.train', news: 'signed-in' },
  forecast: { whole: 'predictions.train', news: 'signed-in' },
  backup: { whole: 'journal.read' },
  shop: { whole: 'journal.read', news: 'staff' },
} as const satisfies Record<Subject['type'], Rule>;

function viewOf(entry: JournalEntry, permissions: readonly Permission[]): 'whole' | 'news' | null {
  const rule: Rule = RULES[entry.subject.type];
  if (permissions.includes(rule.whole) || permissions.includes('journal.read')) return 'whole';
  if (rule.news === 'signed-in') return 'news';
  return rule.news === 'staff' && permissions.length > 0 ? 'news' : null;
}

/** An event as it goes out; '' when the account may not know of it. */
function frameOf(entry: JournalEntry, permissions: readonly Permission[]): string {
  const view = viewOf(entry, permissions);
  if (view === null) return '';
  const { prev_hash: _prev, hash: _hash, ...wire } = toJournalWire(entry);
  const data: EventWire = view === 'whole' ? wire : { ...wire, actor: null, before: null, after: null };
  return message(entry.action, data, entry.seq);
}

/** One message of a stream. What is no journal entry has no id. */
export function message(event: string, data: unknown, id?: number): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Entries in their order, each written once for all accounts with the same rights. */
export class Batch {
  readonly entries: readonly JournalEntry[];
  readonly #texts = new Map<string, Buffer>();

  constructor(entries: readonly JournalEntry[]) {
    this.entries = entries;
  }

  /** What an account with these rights is told of the entries after a position. */
  textAfter(position: number, permissions: readonly Permission[]): Buffer {
    const key = `${Math.max(position, (this.entries[0]?.seq ?? 1) - 1)} ${permissions.join()}`;
    let text = this.#texts.get(key);
    if (!text) {
      const later = this.entries.filter(({ seq }) => seq > position);
      text = Buffer.from(later.map((entry) => frameOf(entry, permissions)).join(''));
      this.#texts.set(key, text);
    }
    return text;
  }
}
