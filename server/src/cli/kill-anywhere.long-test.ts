// One kill of each long command at a random moment; `node server/bench/kill-anywhere.ts` does twenty of each.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { interruptions, killAt, makeSample, type Sample } from '../../test/kill-anywhere.ts';
import { newTestFolder } from '../../test/test-database.ts';

const LONGEST_MS = 1500;

describe('a command that is killed leaves the shop as before or as after', () => {
  let sample: Sample;
  before(async () => {
    sample = await makeSample(newTestFolder());
  });
  after(() => rmSync(sample.root, { recursive: true, force: true }));

  for (const name of ['backup', 'restore', 'move', 'migration']) {
    it(`${name}: and the next run does its work`, async (t) => {
      const delayMs = Math.round(Math.random() * LONGEST_MS);
      const one = interruptions(sample)[name];
      assert.ok(one);
      const { side, said } = await killAt(sample, one, delayMs);
      t.diagnostic(`killed after ${delayMs} ms: ${side}${said ? ', and the next run said so' : ''}`);
    });
  }
});
