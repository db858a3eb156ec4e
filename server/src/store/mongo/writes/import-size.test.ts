// An import that one transaction cannot hold is refused before anything is read for it.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aBy, aCustomer, aDebit, aProduct, newId, START } from '../../contract-suite/builders.ts';
import { SHOP_CHANGES } from './changes.ts';
import { refuseTooManyPrices, refuseTooManyRecords } from './import-size.ts';
import { runMembers } from './run-members.ts';
import { GroupView } from './view.ts';

const many = <T>(count: number, row: T): T[] => Array.from({ length: count }, () => row);

/** What the change asks for beside the shop, and its answer once that is there. */
function run(name: string, ...args: unknown[]) {
  const view = new GroupView();
  const commands = [{ name, args, by: aBy() }];
  const asked: string[] = [];
  for (;;) {
    view.restart();
    const [answer] = runMembers(view, 'main', commands, SHOP_CHANGES);
    const needed = view.takeNeeded();
    if (needed.length === 0) return { answer, asked };
    asked.push(...needed.map(({ collection }) => collection).filter((collection) => collection !== 'shops'));
  }
}

describe('an import on a cluster', () => {
  const plain = { customer: aCustomer(), opening: null };
  const owing = { customer: aCustomer(), opening: aDebit(newId(), 100) };

  const refused = (limit: RegExp) => (error: { refusal: { fields?: { limit: string }[] } }) =>
    limit.test(error.refusal.fields?.[0]?.limit ?? '');

  it('holds so many rows, an opening balance counted as one more', () => {
    refuseTooManyRecords(many(4_000, plain));
    refuseTooManyRecords(many(2_000, owing));
    refuseTooManyRecords(many(4_000, aProduct()));
    refuseTooManyPrices(12_000);
    assert.throws(
      () => refuseTooManyRecords(many(4_001, plain)),
      refused(/at most 4000 new rows in.*divide/),
    );
    assert.throws(() => refuseTooManyRecords([...many(1_999, owing), ...many(3, plain)]), refused(/opening/));
    assert.throws(() => refuseTooManyPrices(12_001), refused(/at most 12000 new rows in.*divide the file/));
  });

  it('holds so many bytes, however few the rows', () => {
    const wordy = aProduct({ description: 'क'.repeat(5_000) });
    // Each with its comma; the brackets of all are two more, and the last has no comma.
    const most = Math.floor((3_000_000 - 1) / (Buffer.byteLength(JSON.stringify(wordy)) + 1));
    refuseTooManyRecords(many(most, wordy));
    assert.throws(
      () => refuseTooManyRecords(many(most + 1, wordy)),
      refused(/at most 3 MB of new rows, not 3\.0, in one import.*divide/),
    );
  });

  it('is refused before anything is read for it', () => {
    const rate = { id: '', purity: '916', paisePerGram: 1, at: START, day: '2026-01-15', source: 'x' };
    const rates = Array.from({ length: 12_001 }, (_, n) => ({ ...rate, paisePerGram: n + 1 }));
    const file = { name: 'x.csv', sha256: 'ab'.repeat(32) };
    for (const [name, args, read] of [
      ['imports.customers', [many(4_001, plain)], []],
      ['imports.products', [many(4_001, aProduct())], []],
      // Which of its rows are new is known only then.
      ['prices.import', ['gold', rates, file], ['price_history']],
    ] as const) {
      const { answer, asked } = run(name, ...args);
      assert.ok(answer && 'outcome' in answer && !answer.outcome.ok, name);
      assert.equal(answer.outcome.refusal.code, 'invalid_input');
      assert.deepEqual(asked, read);
    }
  });
});
