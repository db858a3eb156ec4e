// The one clock that all machines of a cluster have: the primary's. Each asks by its own when a change was asked for, which
// is right for what it tells people; where machines are compared with each other, one that runs ahead would win.

import type { Db } from 'mongodb';
import type { By } from '../../domain/actor.ts';

/** Less is nothing beside a lease, and clocks that are kept in time differ by so much while an answer is under way. */
const IN_STEP_MS = 1_000;

/** The same caller by the primary's clock. */
export async function byPrimaryClock(db: Db, by: By): Promise<By> {
  const sentAt = Date.now();
  const { localTime } = await sayHello(db);
  // It was read between the question and the answer: only what lies outside is a difference of the clocks.
  const inStep = Math.min(Math.max(localTime.getTime(), sentAt), Date.now());
  const ahead = inStep - localTime.getTime();
  return Math.abs(ahead) < IN_STEP_MS ? by : { ...by, at: by.at - ahead };
}

export interface Hello {
  localTime: Date;
  setName?: string;
  msg?: string;
}

/** What the server says of itself; the first releases of 4.4 know the question by its older name alone. */
export async function sayHello(db: Db): Promise<Hello> {
  return (await db.command({ hello: 1 }).catch(() => db.command({ isMaster: 1 }))) as unknown as Hello;
}
