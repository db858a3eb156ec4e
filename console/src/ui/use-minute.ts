import { useSyncExternalStore } from 'react';

const MINUTE_MS = 60_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

/** The present time, painted anew every minute while somebody shows it. */
export function useMinute(): number {
  return useSyncExternalStore(listenToMinute, presentMinute);
}

export function presentMinute(): number {
  return now;
}

export function listenToMinute(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    // Nobody has counted since the last one left.
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      for (const each of listeners) each();
    }, MINUTE_MS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
