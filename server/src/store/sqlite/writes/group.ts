// The changes that share one transaction. More of them may come while the first ones run.

import type { Command } from './door.ts';

/** Runs through its members in their order, any number of times, and takes in others after the last one. */
export class Group implements Iterable<Command> {
  readonly members: Command[];
  readonly #more: () => Command | null;

  /** `more` answers the next one to share the transaction, or null when the group is complete. */
  constructor(members: Command[], more: () => Command | null = () => null) {
    this.members = members;
    this.#more = more;
  }

  *[Symbol.iterator](): Generator<Command, void> {
    for (let n = 0; ; n++) {
      if (n === this.members.length) {
        const next = this.#more();
        if (next === null) return;
        this.members.push(next);
      }
      yield this.members[n] as Command;
    }
  }
}
