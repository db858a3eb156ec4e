// What the tabs of one browser tell each other. Works without a secure context too.

export type TabMessage =
  | { kind: 'signed-in'; userId: string }
  | { kind: 'signed-out' }
  | { kind: 'draft-saved'; draftId: string; text: string }
  | { kind: 'live-event'; action: string; id: string | null; data: unknown }
  | { kind: 'live-state'; state: 'live' | 'interrupted' }
  | { kind: 'live-question' };

const channel = new BroadcastChannel('swati');
const listeners = new Set<(message: TabMessage) => void>();
channel.addEventListener('message', (event: MessageEvent<TabMessage>) => {
  for (const listener of listeners) listener(event.data);
});

export function tellTabs(message: TabMessage): void {
  channel.postMessage(message);
}

export function onTabs(listener: (message: TabMessage) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
