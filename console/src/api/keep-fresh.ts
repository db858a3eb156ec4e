// What happened elsewhere makes answers here out of date: they are asked for again.

import { shopDay } from '../format/date.ts';
import { forgetJournalPosition } from './exchange.ts';
import { onLineReturn, onLiveEvent } from './live.ts';
import { outdatedBy } from './outdated-by.ts';
import { queryClient } from './query-client.ts';
import { getSession, readMeAgain } from './session.ts';

/** Many events at once (an import) make one round of questions. */
const GATHER_MS = 150;
/** A longer timer would not know of a computer that slept over midnight. */
const LOOK_AT_DAY_MS = 60_000;

/** Call once. */
export function keepFresh(): void {
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = () => {
    timer = undefined;
    for (const first of waiting) void queryClient.invalidateQueries({ queryKey: [first] });
    waiting.clear();
  };
  // No event tells of midnight: figures of today are others then, and a rate that was set ahead is in force.
  let day = shopDay();
  setInterval(() => {
    if (shopDay() === day) return;
    day = shopDay();
    void queryClient.invalidateQueries();
  }, LOOK_AT_DAY_MS);
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
    for (const first of outdatedBy(action)) waiting.add(first);
    const noun = action.split('.', 1)[0];
    // What an account owes hangs on the settings too.
    if (noun === 'settings' || (noun === 'user' && data?.subject.id === getSession().me?.id))
      void readMeAgain();
    if (timer === undefined) timer = setTimeout(ask, GATHER_MS);
  });
}
