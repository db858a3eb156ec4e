// A machine whose clock runs ahead must not take another's training away, nor one that is behind lose its own.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Db } from 'mongodb';
import { aBy, newId, START } from '../contract-suite/builders.ts';
import { jobsOf } from './prediction-stores.ts';
import type { Write } from './writes/writer.ts';

/** The jobs of a machine whose clock is so far ahead of the primary's; `asked` is when its changes were asked for. */
function jobsOfMachine(aheadMs: number, knowsHello = true) {
  const asked: number[] = [];
  const write = (async (_name: string, _args: unknown[], by: { at: number }) => {
    asked.push(by.at);
    return { value: null, position: 0, requestId: '' };
  }) as unknown as Write;
  const command = async (question: object) => {
    if (!knowsHello && 'hello' in question) throw new Error('no such command');
    return { localTime: new Date(Date.now() - aheadMs) };
  };
  return { asked, jobs: jobsOf({ command } as unknown as Db, 'main', write) };
}

describe('a lease of a training', () => {
  const by = aBy({ at: START });
  const lease = { jobId: newId(), fence: 1 };

  it('runs on the clock of the primary, whatever that of the machine is', async () => {
    for (const ahead of [20_000, -20_000]) {
      const { asked, jobs } = jobsOfMachine(ahead);
      await jobs.claim(by);
      await jobs.advance(lease, 0.5, 'x', by);
      for (const at of asked) assert.ok(Math.abs(at - (START - ahead)) < 1_000, `${at - START}`);
      assert.equal(asked.length, 2);
    }
  });

  it('is not moved by clocks that are in step, nor by a server that knows the older question alone', async () => {
    const { asked, jobs } = jobsOfMachine(500);
    await jobs.claim(by);
    await jobs.advance(lease, 0.5, 'x', by);
    assert.deepEqual(asked, [START, START]);
    const older = jobsOfMachine(20_000, false);
    await older.jobs.claim(by);
    assert.equal(older.asked.length, 1);
    assert.notEqual(older.asked[0], START);
  });
});
