// What happened elsewhere makes answers here out of date: which answers, by the action of the journal.

import { forgetJournalPosition } from './exchange.ts';
import { onLineReturn, onLiveEvent } from './live.ts';
import { queryClient } from './query-client.ts';
import { getSession, readMeAgain } from './session.ts';

/** First words of query keys, by the first word of an action or by all of it. A feature that keeps more answers adds them here. */
const TOUCHED: Record<string, readonly string[]> = {
  product: ['products', 'analytics'],
  customer: ['customers', 'khata', 'analytics'],
  khata: ['customers', 'khata', 'analytics'],
  // Whether an order's debit stands.
  'khata.reversed': ['orders'],
  order: ['orders', 'products', 'customers', 'khata', 'analytics'],
  sale: ['sales', 'products', 'customers', 'khata', 'analytics'],
  metal_price: ['prices', 'products', 'predictions', 'analytics'],
  diamond_price: ['prices', 'predictions'],
  forecast: ['predictions'],
  training: ['predictions'],
  user: ['users'],
  settings: ['settings', 'products'],
  image: ['products'],
  backup: ['backups'],
};

/** Many events at once (an import) make one round of questions. */
const GATHER_MS = 150;

/** Call once. */
export function keepFresh(): void {
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = () => {
    timer = undefined;
    for (const first of waiting) void queryClient.invalidateQueries({ queryKey: [first] });
    waiting.clear();
  };
  // What could not be asked for while there was no line; what changed meanwhile, the line tells of.
  onLineReturn(() => {
    void queryClient.invalidateQueries({ predicate: ({ state }) => state.status === 'error' });
  });
  onLiveEvent(({ action, data }) => {
    if (action === 'reset') {
      forgetJournalPosition();
      void queryClient.invalidateQueries();
      return;
    }
    const noun = action.split('.', 1)[0] ?? '';
    for (const first of [...(TOUCHED[noun] ?? []), ...(TOUCHED[action] ?? []), 'journal']) waiting.add(first);
    // What an account owes hangs on the settings too.
    if (noun === 'settings' || (noun === 'user' && data?.subject.id === getSession().me?.id))
      void readMeAgain();
    if (timer === undefined) timer = setTimeout(ask, GATHER_MS);
  });
}
