import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { newTestFolder } from '../../../../test/test-database.ts';
import {
  aBy,
  aCredit,
  aCustomer,
  aDebit,
  anOrder,
  aProduct,
  khataTerms,
  START,
} from '../../contract-suite/builders.ts';
import type { Connection } from '../database.ts';
import { openForWriting } from '../open-for-writing.ts';
import { type Answer, type Command, Door } from './door.ts';

describe('the figures of a day after a group', () => {
  let folder: string;
  let db: Connection;
  let door: Door;

  beforeEach(async () => {
    folder = newTestFolder();
    db = await openForWriting(join(folder, 'shop.db'), START);
    door = new Door(db);
  });
  afterEach(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });

  const [customer, piece] = [aCustomer(), aProduct()];
  const command = (shopId: string, name: string, ...args: unknown[]): Command => {
    return { shopId, name, args, by: aBy() };
  };
  const lines = [{ productId: piece.id, quantity: 1, unitPricePaise: null }];
  const order = (): Command =>
    command('one', 'orders.add', anOrder(customer.id, lines, { terms: khataTerms() }));
  const counts = (): string[] =>
    db
      .all<{ text: string }>(`SELECT shop_id || ' ' || figure || ' ' || count || ' ' || paise AS text
        FROM daily_figures ORDER BY 1`)
      .map(({ text }) => text);
  const isDone = (answer: Answer): boolean => !('defect' in answer) && answer.outcome.ok;

  it('hold what each of its members added, by shop, and nothing of one that was taken back', () => {
    const limit = { creditRule: 'refuse', creditLimitPaise: 1_000 };
    const answers = door.runGroup([
      command('one', 'customers.add', customer),
      command('one', 'products.add', piece),
      command('one', 'khata.post', aDebit(customer.id, 700)),
      command('one', 'khata.post', aDebit(customer.id, 300)),
      command('one', 'khata.post', aCredit(customer.id, 50)),
      command('two', 'customers.add', customer),
      command('two', 'khata.post', aDebit(customer.id, 9)),
      command('one', 'settings.change', limit, null),
      order(),
    ]);
    assert.deepEqual(answers.map(isDone), [...Array(8).fill(true), false]);
    assert.deepEqual(counts(), ['one khata.given 2 1000', 'one khata.received 1 50', 'two khata.given 1 9']);
  });

  it('go on from what the groups before left, and what a group that failed added is gone', () => {
    door.runGroup([command('one', 'customers.add', customer), command('one', 'products.add', piece)]);
    door.runGroup([command('one', 'khata.post', aDebit(customer.id, 700))]);
    const failing = {
      *[Symbol.iterator]() {
        yield command('one', 'khata.post', aDebit(customer.id, 5));
        throw new Error('the disk is gone');
      },
    };
    assert.throws(() => door.runGroup(failing), /the disk is gone/);
    door.runGroup([command('one', 'khata.post', aDebit(customer.id, 1)), order()]);
    const expected = db.all('SELECT * FROM expected_daily_figures ORDER BY day, figure');
    assert.deepEqual(db.all('SELECT * FROM daily_figures ORDER BY day, figure'), expected);
    assert.equal(expected.length, 2);
    assert.match(counts()[0] as string, /khata\.given 3/);
  });
});
