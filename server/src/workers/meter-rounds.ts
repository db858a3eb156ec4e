// What all workers have counted, for whichever of them was asked. A round asks each of them; of one that does not answer
// in time it tells what that one had counted before: sums that fell would look like a new beginning.

import type { Metric } from '../domain/metric.ts';
import { mergeReadings } from '../features/metrics/merge-readings.ts';
import type { MeterReading } from '../http/meters.ts';
import type { Member } from './member.ts';

const PATIENCE_MS = 1_000;

interface Round {
  readings: MeterReading[];
  missing: Set<Member>;
  end: () => void;
}

export class MeterRounds {
  readonly #own: () => Metric[];
  readonly #rounds = new Map<number, Round>();
  readonly #last = new Map<Member, Metric[]>();
  /** What workers had counted that are gone. */
  #gone: Metric[] = [];
  #nextId = 1;

  /** `own`: what the primary counts. */
  constructor(own: () => Metric[]) {
    this.#own = own;
  }

  ask(members: readonly Member[]): Promise<MeterReading[]> {
    const id = this.#nextId++;
    return new Promise((resolve) => {
      const round: Round = {
        readings: [
          { worker: 'primary', metrics: this.#own() },
          { worker: 'gone', metrics: this.#gone },
        ],
        missing: new Set(members),
        end: () => {
          clearTimeout(timer);
          this.#rounds.delete(id);
          for (const member of round.missing) round.readings.push(this.#lastOf(member));
          resolve(round.readings);
        },
      };
      const timer = setTimeout(round.end, PATIENCE_MS);
      this.#rounds.set(id, round);
      for (const member of members) member.send({ kind: 'read-meters', id });
    });
  }

  take(member: Member, id: number, metrics: Metric[]): void {
    this.#last.set(member, metrics);
    const round = this.#rounds.get(id);
    if (!round?.missing.delete(member)) return;
    // Whoever follows on its seat measures under the same name.
    round.readings.push(member.isLeaving ? this.#lastOf(member) : { worker: String(member.seat), metrics });
    if (round.missing.size === 0) round.end();
  }

  bury(member: Member): void {
    const counted = this.#lastOf(member);
    this.#last.delete(member);
    this.#gone = mergeReadings([{ worker: null, metrics: this.#gone }, counted]);
    for (const round of this.#rounds.values()) {
      if (!round.missing.delete(member)) continue;
      round.readings.push(counted);
      if (round.missing.size === 0) round.end();
    }
  }

  /** What it had counted when it was asked last; what it measured then is over. */
  #lastOf(member: Member): MeterReading {
    const metrics = (this.#last.get(member) ?? []).filter(({ type }) => type !== 'gauge');
    return { worker: String(member.seat), metrics };
  }
}
