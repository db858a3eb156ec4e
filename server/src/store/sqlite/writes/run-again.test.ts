// A group that has to be run again leaves what one run would have left: beside the database, too.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { newTestFolder } from '../../../../test/test-database.ts';
import { aBy, aCustomer, anOrder, aProduct, khataTerms, START } from '../../contract-suite/builders.ts';
import type { Connection } from '../database.ts';
import { imagePath } from '../image-files.ts';
import { openForWriting } from '../open-for-writing.ts';
import { verifyDatabase } from '../verify.ts';
import { type Answer, type Command, Door } from './door.ts';

describe('a group with an order that is refused after it was written', () => {
  let folder: string;
  let db: Connection;
  let door: Door;
  const customer = aCustomer({ creditLimitPaise: 100 });
  const piece = aProduct({ stockQuantity: 5 });
  const image = (digit: string) => `${digit.repeat(32)}_20260115103000.png`;

  beforeEach(async () => {
    folder = newTestFolder();
    db = await openForWriting(join(folder, 'shop.db'), START);
    door = new Door(db);
    const settings = { creditRule: 'refuse' };
    const first = [
      command('customers.add', customer),
      command('products.add', piece),
      command('settings.change', settings, null),
    ];
    assert.deepEqual(outcomes(door.runGroup(first)), ['done', 'done', 'done']);
  });
  afterEach(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });

  function command(name: string, ...args: unknown[]): Command {
    return { shopId: 'main', name, args, by: aBy() };
  }
  const order = (terms = {}) =>
    command(
      'orders.add',
      anOrder(customer.id, [{ productId: piece.id, quantity: 1, unitPricePaise: null }], terms),
    );
  const outcomes = (answers: Answer[]): string[] =>
    answers.map((answer) => {
      if ('defect' in answer) return answer.defect;
      return answer.outcome.ok ? 'done' : answer.outcome.refusal.code;
    });
  const count = (table: string): number =>
    db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? -1;
  const upload = (name: string, bytes: Uint8Array) =>
    command('images.add', { name, contentType: 'image/png', bytes });

  it('keeps the others once: image, stock, figures and journal', async () => {
    const bytes = Uint8Array.from({ length: 500 }, (_, n) => n % 251);
    const before = count('journal');
    const answers = door.runGroup([
      upload(image('a'), bytes),
      order(),
      order({ terms: khataTerms() }),
      order(),
    ]);
    assert.deepEqual(outcomes(answers), ['done', 'done', 'credit_limit_exceeded', 'done']);
    assert.deepEqual(readFileSync(imagePath(folder, image('a'))), Buffer.from(bytes));
    assert.equal(existsSync(`${imagePath(folder, image('a'))}.part`), false);
    assert.deepEqual([count('images'), count('orders'), count('journal') - before], [1, 2, 3]);
    const stock = db.get<{ stock_quantity: number }>('SELECT stock_quantity FROM products');
    assert.equal(stock?.stock_quantity, 3);
    assert.deepEqual((await verifyDatabase(join(folder, 'shop.db'), 'main')).problems, []);
  });

  it('removes a file that was to go, once its row is gone', () => {
    assert.deepEqual(outcomes(door.runGroup([upload(image('b'), new Uint8Array(9))])), ['done']);
    const answers = door.runGroup([command('images.remove', image('b')), order({ terms: khataTerms() })]);
    assert.deepEqual(outcomes(answers), ['done', 'credit_limit_exceeded']);
    assert.deepEqual(
      [existsSync(imagePath(folder, image('b'))), count('images'), count('orders')],
      [false, 0, 0],
    );
  });
});
