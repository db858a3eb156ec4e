// An upgrade in place: the program runs beside the next version of itself, on one store, while people work at both.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Caller } from './caller.ts';
import { type CrewedServer, startCrew } from './crew.ts';
import { copyAsNext, workAtBoth } from './next-version.ts';
import { temporaryFolder } from './running-server.ts';

describe('two versions of the program on one store', () => {
  const folder = temporaryFolder();
  const data = join(folder.path, 'data');
  let old: CrewedServer;
  let next: CrewedServer;
  before(async () => {
    const program = copyAsNext(join(folder.path, 'next'));
    old = await startCrew(data);
    next = await startCrew(data, { WORKERS: '1' }, undefined, program);
  });
  after(() => {
    for (const { child } of [old, next]) child.kill('SIGKILL');
    folder.remove();
  });

  it('serve and write side by side, each what the other wrote, and lose nothing', async () => {
    const first = await workAtBoth(old, next);
    // The old one leaves, the next one serves on.
    assert.equal((await old.stop()).code, 0);
    assert.equal(
      (await new Caller(next.origin).ask('GET', `/api/customers/${first}`, { token: next.token })).status,
      200,
    );
    assert.equal((await next.stop()).code, 0);
  });
});
