// Live events: one stream for all tabs of a browser. The tab that holds the lock listens and tells the others; where
// locks are missing (plain http from another machine) every tab listens for itself.

import type { EventWire } from '../../../server/src/contract/event.ts';
import { readStream, type StreamMessage, watchSilence } from './event-stream.ts';
import { bearer, getSession, onSession, refreshAccess } from './session.ts';
import { onTabs, tellTabs } from './tabs.ts';

export type LiveState = 'off' | 'connecting' | 'live' | 'interrupted';
export interface LiveEvent {
  /** The journal's action, or `reset`: everything may have changed. */
  action: string;
  data: EventWire | null;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;
/** The server sends a heartbeat every 15 s; three missed ones are a dead line. */
const SILENCE_MS = 45_000;

let state: LiveState = 'off';
let returns = 0;
let stop: AbortController | null = null;
let lastId: string | null = null;
let epoch: string | null = null;
let wakeUp: (() => void) | null = null;
let dropLine: (() => void) | null = null;
const stateListeners = new Set<() => void>();
const eventListeners = new Set<(event: LiveEvent) => void>();

export function getLiveState(): LiveState {
  return state;
}

export function onLiveState(listener: () => void): () => void {
  stateListeners.add(listener);
  return () => stateListeners.delete(listener);
}

/** How often the line was interrupted and came back, since the page was loaded. */
export function lineReturns(): number {
  return returns;
}

/** Called each time when the line is back. */
export function onLineReturn(listener: () => void): void {
  let seen = returns;
  onLiveState(() => {
    if (returns === seen) return;
    seen = returns;
    listener();
  });
}

export function onLiveEvent(listener: (event: LiveEvent) => void): () => void {
  eventListeners.add(listener);
  return () => eventListeners.delete(listener);
}

function become(next: LiveState, tell: boolean): void {
  if (tell && (next === 'live' || next === 'interrupted')) tellTabs({ kind: 'live-state', state: next });
  if (state === next) return;
  if (state === 'interrupted' && next === 'live') returns++;
  state = next;
  for (const listener of stateListeners) listener();
}

function announce(event: LiveEvent): void {
  for (const listener of eventListeners) listener(event);
}

/** Follows the session: listens while somebody is signed in. Call once. */
export function keepLive(): void {
  const follow = () => {
    const { status, me } = getSession();
    // Who must set up sign-in codes first is told nothing before.
    const listening = status === 'signed-in' && !me?.totp_required;
    if (listening && stop === null) begin();
    if (!listening && stop !== null) end();
  };
  onSession(follow);
  follow();
  // Whoever comes back from a tunnel should not wait for the next try.
  addEventListener('online', () => wakeUp?.());
  // The browser speaks of its network, not of the shop, which may be on this very computer: the next try tells.
  addEventListener('offline', () => dropLine?.());
}

function begin(): void {
  stop = new AbortController();
  const { signal } = stop;
  become('connecting', false);
  const { locks } = navigator as { locks?: LockManager };
  if (locks === undefined) void listen(signal, false);
  else {
    tellTabs({ kind: 'live-question' });
    // A rejection is the abort of a sign-out while waiting for the lock.
    locks.request('swati-live', { signal }, () => listen(signal, true)).catch(() => {});
  }
}

function end(): void {
  stop?.abort();
  stop = null;
  lastId = null;
  epoch = null;
  become('off', false);
}

onTabs((message) => {
  if (stop === null) return;
  if (message.kind === 'live-question' && state !== 'connecting') become(state, true);
  if (message.kind === 'live-state') become(message.state, false);
  if (message.kind === 'live-event') {
    lastId = message.id ?? lastId;
    announce({ action: message.action, data: message.data as EventWire | null });
  }
});

async function listen(signal: AbortSignal, tell: boolean): Promise<void> {
  let waitMs = FIRST_WAIT_MS;
  while (!signal.aborted) {
    const wish = await listenOnce(signal, tell, () => {
      waitMs = FIRST_WAIT_MS;
    });
    if (signal.aborted) return;
    become('interrupted', tell);
    await pause(wish ?? waitMs, signal);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  }
}

/** One connection until it ends, in whatever way; answers how long the server wishes us to wait. */
async function listenOnce(signal: AbortSignal, tell: boolean, opened: () => void): Promise<number | null> {
  const line = new AbortController();
  dropLine = () => line.abort();
  const silence = watchSilence(SILENCE_MS, dropLine);
  try {
    const response = await fetch(
      epoch === null ? '/api/events' : `/api/events?epoch=${encodeURIComponent(epoch)}`,
      {
        headers: { ...bearer(), ...(lastId === null ? {} : { 'Last-Event-ID': lastId }) },
        signal: AbortSignal.any([signal, line.signal]),
      },
    );
    if (response.status === 401) await refreshAccess();
    if (!response.ok || response.body === null) return null;
    opened();
    return await readStream(response.body, (message) => take(message, tell), silence.heard);
  } catch {
    // A dropped line is the ordinary end of a stream; the mark says so and the next try follows.
    return null;
  } finally {
    silence.end();
  }
}

function take({ event, id, data }: StreamMessage, tell: boolean): void {
  const content = JSON.parse(data) as { epoch?: string } | EventWire;
  if (event === 'hello') {
    epoch = (content as { epoch: string }).epoch;
    become('live', tell);
    return;
  }
  if (event === 'end') return;
  lastId = id ?? lastId;
  if (event === 'reset') lastId = null;
  const entry = event === 'reset' ? null : (content as EventWire);
  if (tell) tellTabs({ kind: 'live-event', action: event, id, data: entry });
  announce({ action: event, data: entry });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    wakeUp = done;
    signal.addEventListener('abort', done);
  });
}
