import type { Store } from '../store.ts';

/** A store with one planted defect: a wrapper around a sound one, which the contract must fail. */
export interface BrokenStore {
  defect: string;
  /** The section of the contract that must notice. */
  section: string;
  /** `other`: a second shop of the same database. */
  spoil: (sound: Store, other: Store) => Partial<Store>;
}
