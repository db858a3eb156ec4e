// When upkeep is due, without a server.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TEST_START } from '../../../test/test-shop.ts';
import { Upkeep } from './upkeep.ts';

const MINUTE = 60_000;
const YEAR = 365 * 24 * 60 * MINUTE;

describe('the upkeep of a cluster', () => {
  it('goes on after a clock that ran ahead, which is set back', async () => {
    const rounds: number[] = [];
    const upkeep = new Upkeep([
      { name: 'task', everyMs: MINUTE, work: async (_shop, at) => void rounds.push(at) },
    ]);
    const ahead = TEST_START + YEAR;
    for (const at of [ahead, ahead + MINUTE - 1, TEST_START, TEST_START + 1, TEST_START + MINUTE])
      await upkeep.run('main', at);
    assert.deepEqual(rounds, [ahead, TEST_START, TEST_START + MINUTE]);
  });
});
