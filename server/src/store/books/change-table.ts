// What may pass the door for writes: the same names in every store, each with the function that this store runs.

/** A change reads and writes through its transaction alone; who does it comes last. */
export type Change<Tx> = (tx: Tx, ...args: unknown[]) => unknown;

export interface ChangeTable<Tx> {
  find(name: string): Change<Tx> | undefined;
  isBookkeeping(name: string): boolean;
}

/** What a change is told, after its transaction. */
export type ArgsOf<F> = F extends (tx: never, ...args: infer A) => unknown ? A : never;

/** These go through the door without a journal entry, so that strangers cannot grow the journal. */
const BOOKKEEPING = [
  'forecasts.publish',
  'jobs.advance',
  'jobs.cancel',
  'jobs.claim',
  'jobs.finish',
  'jobs.request',
  'secondFactors.enrol',
  'sessions.addTicket',
  'sessions.forgetAttempt',
  'sessions.open',
  'sessions.revoke',
  'sessions.revokeAll',
  'sessions.rotate',
  'sessions.signOut',
  'sessions.takeAttempt',
  'sessions.takeTicket',
  'users.changePreferences',
] as const;

const BOOKKEEPING_NAMES: ReadonlySet<string> = new Set(BOOKKEEPING);

type NamedChanges<Tx> = Readonly<Record<string, (tx: Tx, ...args: never[]) => unknown>> &
  Readonly<Record<(typeof BOOKKEEPING)[number], unknown>>;

/** The table of a store whose changes are given by name. */
export function changeTable<Tx>(changes: NamedChanges<Tx>): ChangeTable<Tx> {
  return {
    find: (name) => (Object.hasOwn(changes, name) ? (changes[name] as Change<Tx>) : undefined),
    isBookkeeping: (name) => BOOKKEEPING_NAMES.has(name),
  };
}
