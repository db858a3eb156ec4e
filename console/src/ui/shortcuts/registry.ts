// Every keyboard shortcut that works at the moment, so that `?` can show them and one listener can serve them.
// Keys are written as `n`, `/`, `g t` (one after the other), `mod+k` (Ctrl, or Cmd on a Mac), `Enter`, `Escape`.

import { useEffect, useId, useRef } from 'react';

export interface Shortcut {
  keys: string;
  label: string;
  /** A headline in the help; those of a screen stand under it. */
  group: 'everywhere' | 'go' | 'here';
  run: () => void;
}

const active = new Map<string, Shortcut>();
const listeners = new Set<() => void>();
let snapshot: readonly Shortcut[] = [];

function changed(): void {
  snapshot = [...active.values()];
  for (const listener of listeners) listener();
}

export function getShortcuts(): readonly Shortcut[] {
  return snapshot;
}

export function onShortcuts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The last one registered wins, so that a dialog's or a detail's key hides the list's. */
export function findShortcut(keys: string): Shortcut | undefined {
  return snapshot.findLast((shortcut) => shortcut.keys === keys);
}

export function isPrefix(keys: string): boolean {
  return snapshot.some((shortcut) => shortcut.keys.startsWith(`${keys} `));
}

/** Works while the component is there and `when` holds. */
export function useShortcut(
  keys: string,
  label: string,
  run: () => void,
  { group = 'here', when = true }: { group?: Shortcut['group']; when?: boolean } = {},
): void {
  const id = useId();
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (!when) return;
    active.set(id, { keys, label, group, run: () => latest.current() });
    changed();
    return () => {
      active.delete(id);
      changed();
    };
  }, [id, keys, label, group, when]);
}
