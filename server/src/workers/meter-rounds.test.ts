// Rounds among workers of which one is busy, or falls while it is asked: no sum falls.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { counter, gauge } from '../domain/metric.ts';
import { mergeReadings } from '../features/metrics/merge-readings.ts';
import type { Member } from './member.ts';
import type { ToWorker } from './messages.ts';
import { MeterRounds } from './meter-rounds.ts';

describe('a round of meters', () => {
  /** Two workers, of which `isDeaf` says whether the second one answers. */
  const crewOf = (isDeaf: () => boolean) => {
    const rounds = new MeterRounds(() => []);
    const memberAt = (seat: number): Member => {
      const member = { seat } as Member;
      member.send = (message: ToWorker) => {
        if (message.kind !== 'read-meters' || (seat === 2 && isDeaf())) return;
        const metrics = [counter('served', 'Served', seat * 10), gauge('open', 'Open', seat)];
        queueMicrotask(() => rounds.take(member, message.id, metrics));
      };
      return member;
    };
    const members = [memberAt(1), memberAt(2)];
    const ask = async () => {
      const merged = mergeReadings(await rounds.ask(members));
      const samplesOf = (name: string) => merged.find((metric) => metric.name === name)?.samples ?? [];
      return { served: samplesOf('served')[0]?.value, open: samplesOf('open').length };
    };
    return { rounds, members, ask };
  };

  it('tells of a worker that does not answer what it had counted, and nothing that it measured', async () => {
    let isDeaf = false;
    const { ask } = crewOf(() => isDeaf);
    assert.deepEqual(await ask(), { served: 30, open: 2 });
    isDeaf = true;
    assert.deepEqual(await ask(), { served: 30, open: 1 });
  });

  it('counts a worker once that falls while it is asked, and afterwards', async () => {
    let isDeaf = false;
    const { ask, rounds, members } = crewOf(() => isDeaf);
    await ask();
    isDeaf = true;
    const asked = ask();
    rounds.bury(members.pop() as Member);
    assert.deepEqual(await asked, { served: 30, open: 1 });
    assert.deepEqual(await ask(), { served: 30, open: 1 });
  });
});
