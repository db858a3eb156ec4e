import { refuse } from './shop-error.ts';

/** Lets a change pass whose sender has seen the version that stands; null: not said. Refuses: stale_version. */
export function requireVersion(version: number, ifVersion: number | null): void {
  if (ifVersion !== null && ifVersion !== version) throw refuse('stale_version', { data: { version } });
}
