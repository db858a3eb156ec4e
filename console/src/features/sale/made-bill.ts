// What the visit that a sale leads to knows of its bill, and no answer of the server tells again. It stands with the address in
// the browser's history: it stays while the bill is asked for again, and a bill that is opened later has none.

import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';

export interface MadeBill {
  /** The sale put the khata over its limit. */
  isOverLimit: boolean;
}

declare module '@tanstack/react-router' {
  interface HistoryState {
    madeBill?: MadeBill;
  }
}

/** Of a bill that was made right now; undefined for one that was opened again. */
export function useMadeBill(): MadeBill | undefined {
  const now = useLocation({ select: ({ state }) => state.madeBill });
  // The address of the next screen stands there before the screen does.
  const [made] = useState(now);
  return made;
}
