import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { newTestFolder } from '../../../../test/test-database.ts';
import { aBy, aCustomer, aDebit, START } from '../../contract-suite/builders.ts';
import type { Connection } from '../database.ts';
import { openForWriting } from '../open-for-writing.ts';
import { type ChangeTable, SHOP_CHANGES } from './changes.ts';
import { type Answer, type Command, Door } from './door.ts';

/** The shop's changes, and one that is refused after it has changed the settings. */
const table: ChangeTable = {
  find: (name) => {
    if (name !== 'settings.changeThenThrow') return SHOP_CHANGES.find(name);
    return (tx, ...args) => {
      SHOP_CHANGES.find('settings.change')?.(tx, ...args);
      throw new TypeError('a mistake in the program');
    };
  },
  isBookkeeping: SHOP_CHANGES.isBookkeeping,
};

describe('what a group keeps of what it read', () => {
  let folder: string;
  let db: Connection;
  let door: Door;

  beforeEach(async () => {
    folder = newTestFolder();
    db = await openForWriting(join(folder, 'shop.db'), START);
    door = new Door(db, table);
  });
  afterEach(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });

  const customer = aCustomer();
  const command = (shopId: string, name: string, ...args: unknown[]): Command => {
    return { shopId, name, args, by: aBy() };
  };
  const post = (shop: string): Command => command(shop, 'khata.post', aDebit(customer.id, 200));
  const limit = { creditRule: 'refuse', creditLimitPaise: 100 };
  const outcomes = (answers: Answer[]): string[] =>
    answers.map((answer) => {
      if ('defect' in answer) return 'defect';
      return answer.outcome.ok ? 'done' : answer.outcome.refusal.code;
    });

  it('is read anew after a change of it, by that shop alone', () => {
    const answers = door.runGroup([
      command('one', 'customers.add', customer),
      command('two', 'customers.add', customer),
      post('one'),
      command('one', 'settings.change', limit, null),
      post('one'),
      post('two'),
      command('one', 'settings.change', { creditRule: 'warn' }, null),
      post('one'),
    ]);
    assert.deepEqual(outcomes(answers), [
      ...['done', 'done', 'done', 'done'],
      ...['credit_limit_exceeded', 'done', 'done', 'done'],
    ]);
  });

  it('is not kept from a change that was taken back', () => {
    const answers = door.runGroup([
      command('one', 'customers.add', customer),
      command('one', 'settings.changeThenThrow', limit, null),
      post('one'),
    ]);
    assert.deepEqual(outcomes(answers), ['done', 'defect', 'done']);
  });

  it('is not kept for the next group: another process may have written', () => {
    door.runGroup([command('one', 'customers.add', customer), post('one')]);
    const other = new Door(db);
    other.runGroup([command('one', 'settings.change', limit, null)]);
    assert.deepEqual(outcomes(door.runGroup([post('one')])), ['credit_limit_exceeded']);
  });

  it('refuses what follows the move of the shop in one group, and takes it again after the return', () => {
    const answers = door.runGroup([
      command('one', 'customers.add', customer),
      command('one', 'moves.leave', 'elsewhere'),
      post('one'),
      command('one', 'moves.comeBack'),
      post('one'),
    ]);
    assert.deepEqual(outcomes(answers), ['done', 'done', 'shop_moved', 'done', 'done']);
  });
});
