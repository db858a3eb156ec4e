// One kill of each long command of a cluster; `node server/bench/kill-anywhere.ts` does twenty of each.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { killAt, makeSample, type Sample } from '../../test/kill-anywhere.ts';
import { clusterInterruptions } from '../../test/kill-anywhere-cluster.ts';
import { newTestFolder } from '../../test/test-database.ts';

const LONGEST_MS = 3_000;

describe('a command that is killed leaves the shop of a cluster as before or as after', () => {
  let sample: Sample;
  before(async () => {
    sample = await makeSample(newTestFolder());
  });
  after(() => rmSync(sample.root, { recursive: true, force: true }));

  for (const name of ['adopt', 'move to the cluster', 'restore there']) {
    it(`${name}: and the next run does its work`, async (t) => {
      const delayMs = Math.round(Math.random() * LONGEST_MS);
      const one = clusterInterruptions(sample)[name];
      assert.ok(one);
      const { side, said } = await killAt(sample, one, delayMs);
      t.diagnostic(`killed after ${delayMs} ms: ${side}${said ? ', and the next run said so' : ''}`);
    });
  }
});
