// Nobody waits for a cluster that does not answer until the connection is closed without a word.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { TEST_START } from '../../../../test/test-shop.ts';
import type { By } from '../../../domain/actor.ts';
import type { Answer, Command } from './run-members.ts';
import { Writer } from './writer.ts';

const CONNECTION_ENDS_MS = 14_000;
const byUser: By = {
  actor: { kind: 'user', id: 'u', name: 'asha' },
  requestId: 'till-1-0042',
  at: TEST_START,
};
const byCommand: By = { ...byUser, actor: { kind: 'command_line', name: 'root' } };

describe('the writer of a cluster', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  /** A door that answers each group when it is told to. */
  const slowDoor = (onGroup: () => void = () => undefined) => {
    const groups: { commands: readonly Command[]; finish: () => void }[] = [];
    const runGroup = (_shop: string, commands: readonly Command[]): Promise<Answer[]> =>
      new Promise((resolve) => {
        const done = (): Answer[] =>
          commands.map(({ by }) => ({
            outcome: { ok: true, value: null },
            position: 1,
            requestId: by.requestId,
          }));
        groups.push({ commands, finish: () => resolve(done()) });
      });
    return { groups, writer: new Writer({ door: { runGroup }, shopId: 's', onGroup }) };
  };
  const write = (writer: Writer, by: By) => writer.write('sessions.revoke' as never, [] as never, by);
  const turn = () => new Promise(setImmediate);

  it('says before the connection is closed that nobody knows, and to who waits behind that nothing is done', async () => {
    const { groups, writer } = slowDoor();
    const first = write(writer, byUser);
    await turn();
    assert.equal(groups.length, 1);
    const second = write(writer, byUser);
    const refused = Promise.all([
      assert.rejects(first, { code: 'outcome_unknown' }),
      assert.rejects(second, { code: 'store_unavailable' }),
    ]);
    mock.timers.tick(CONNECTION_ENDS_MS - 1_000);
    await refused;
    assert.deepEqual([writer.unanswered, writer.answered], [0, 2]);
    groups[0]?.finish();
    await writer.close();
    assert.equal(groups.length, 1, 'who left is not written after all');
    assert.deepEqual([writer.unanswered, writer.answered], [0, 2]);
  });

  it('lets a command take its time', async () => {
    const { groups, writer } = slowDoor();
    const long = write(writer, byCommand);
    await turn();
    mock.timers.tick(10 * CONNECTION_ENDS_MS);
    groups[0]?.finish();
    const closed = writer.close();
    assert.equal((await long).position, 1);
    await closed;
  });

  it('waits for nothing that hangs on a group', async () => {
    const never: unknown = new Promise(() => undefined);
    const { groups, writer } = slowDoor(() => never as undefined);
    for (const group of [0, 1]) {
      const written = write(writer, byUser);
      await turn();
      groups[group]?.finish();
      await written;
      // Past the short wait for those just answered.
      mock.timers.tick(100);
      await turn();
    }
    await writer.close();
    assert.equal(groups.length, 2);
  });
});
