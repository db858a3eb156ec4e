// What happened in the shop, for the owner: the journal, newest first.

import { Counted } from '../../contract/envelope.ts';
import { JournalEntryWire, JournalQuery } from '../../contract/journal.ts';
import type { JournalFilter } from '../../domain/journal.ts';
import { invalid } from '../../domain/shop-error.ts';
import { requireDateRange } from '../../http/date-range.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { toJournalWire } from './journal-wire.ts';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1000;

type Query = Record<string, string | undefined>;

const example = {
  seq: 42,
  at: '2026-01-15T10:30:00.123Z',
  actor: { kind: 'user', id: '65d0c0ffee0123456789abcd', name: 'swati' },
  action: 'customer.changed',
  subject: { type: 'customer', id: '65e0c0ffee0123456789abcd' },
  before: { address: null },
  after: { address: '12 MG Road, Pune' },
  prev_hash: 'a3f5c1d2e4b60798a3f5c1d2e4b60798a3f5c1d2e4b60798a3f5c1d2e4b60798',
  hash: '0798a3f5c1d2e4b60798a3f5c1d2e4b60798a3f5c1d2e4b60798a3f5c1d2e4b6',
};

export function journalRoutes({ store }: Shop): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/journal',
      access: 'journal.read',
      tag: 'Journal',
      summary: 'List what happened, newest first',
      description:
        'Every change of the books, by whom. Each entry holds the hash of the one before, so a change anywhere shows.',
      query: JournalQuery,
      reply: Counted(JournalEntryWire),
      errors: ['invalid_input'],
      example: { success: true, data: [example], count: 1 },
      handle: async ({ query }) => {
        const entries = await store.journal.list(readFilter(query), readJournalLimit(query.limit));
        return { success: true, data: entries.map(toJournalWire), count: entries.length };
      },
    }),
  ];
}

function readFilter(query: Query): JournalFilter {
  const filter: JournalFilter = requireDateRange(query, { from: 'from', to: 'to' });
  for (const name of ['subject', 'actor', 'action'] as const) {
    const text = query[name]?.trim() ?? '';
    if (text !== '') filter[name] = text;
  }
  return filter;
}

function readJournalLimit(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_LIMIT;
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MAX_LIMIT) {
    throw invalid('limit', 'range', `must be a whole number from 1 to ${MAX_LIMIT}`);
  }
  return limit;
}
