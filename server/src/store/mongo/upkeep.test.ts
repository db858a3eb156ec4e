// When upkeep is due, without a server.

import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { MongoServerError } from 'mongodb';
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
    for (const at of [ahead, ahead + MINUTE - 1, TEST_START, TEST_START + 1, TEST_START + MINUTE]) {
      upkeep.run('main', at);
      await upkeep.settled();
    }
    assert.deepEqual(rounds, [ahead, TEST_START, TEST_START + MINUTE]);
  });

  it('is one at a time, and what was due meanwhile is done by a later round; who closes waits for it', async () => {
    const begun: number[] = [];
    let finish = (): void => undefined;
    const work = (_shop: string, at: number): Promise<void> =>
      new Promise((resolve) => {
        begun.push(at);
        finish = resolve;
      });
    const upkeep = new Upkeep([{ name: 'task', everyMs: MINUTE, work }]);
    upkeep.run('main', TEST_START);
    upkeep.run('main', TEST_START + MINUTE);
    let isSettled = false;
    const settled = upkeep.settled().then(() => {
      isSettled = true;
    });
    await new Promise(setImmediate);
    assert.deepEqual([begun, isSettled], [[TEST_START], false]);
    finish();
    await settled;
    upkeep.run('main', TEST_START + MINUTE);
    finish();
    await upkeep.settled();
    assert.deepEqual(begun, [TEST_START, TEST_START + MINUTE]);
  });

  it('tells of a defect, warns of what the cluster refuses, and tries again at once what it cannot do now', async () => {
    let error = new Error('a defect');
    let tries = 0;
    const work = (): Promise<void> => {
      tries++;
      return Promise.reject(error);
    };
    const upkeep = new Upkeep([{ name: 'task', everyMs: MINUTE, work }]);
    upkeep.run('main', TEST_START);
    await assert.rejects(upkeep.settled(), { message: 'a defect' });

    const warn = mock.method(process, 'emitWarning', () => undefined);
    error = new MongoServerError({ message: 'not authorized', code: 13 });
    upkeep.run('main', TEST_START + MINUTE);
    await upkeep.settled();
    assert.match(String(warn.mock.calls[0]?.arguments[0]), /not authorized/);
    warn.mock.restore();

    error = new MongoServerError({ message: 'no primary', code: 10107 });
    upkeep.run('main', TEST_START + 2 * MINUTE);
    await upkeep.settled();
    upkeep.run('main', TEST_START + 2 * MINUTE);
    await upkeep.settled();
    assert.equal(tries, 4);
  });
});
