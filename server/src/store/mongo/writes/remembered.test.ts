// What a group leaves to the next one, without a server: which rows come again, and when none do.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aCustomer } from '../../contract-suite/builders.ts';
import type { CustomerRow, ShopRow } from '../rows.ts';
import { NOTHING_BOUGHT } from './figures.ts';
import { Remembered } from './remembered.ts';
import { type AnyQuery, byId, GroupView, type Query } from './view.ts';

const SHOP = 'main';

function shop(hash: string): ShopRow {
  const settings = { settings: {}, settingsVersion: 1, settingsUpdatedAt: 0, modelGeneration: 0 };
  return { id: SHOP, shopId: SHOP, seq: 1, hash, ...settings };
}

function customer(id: string, balancePaise = 0): CustomerRow {
  return {
    ...{ ...aCustomer(), id, shopId: SHOP, version: 1, searchName: '', isActive: true },
    ...{ balancePaise, khataEntries: 0, khataDebitsPaise: 0, khataCreditsPaise: 0, khataPosition: 0 },
    ...{ khataDays: [], bought: NOTHING_BOUGHT, createdAt: 0, updatedAt: 0 },
  };
}

/** A view that has asked these and read these rows, in a snapshot of the given head. */
function viewAt(hash: string, queries: AnyQuery[], rows: CustomerRow[]): GroupView {
  const view = new GroupView();
  assert.throws(() => view.need([byId('shops', SHOP), ...queries]));
  view.takeNeeded();
  view.addRead('shops', shop(hash));
  for (const row of rows) view.addRead('customers', row);
  return view;
}

const owing: Query<'customers'> = {
  collection: 'customers',
  name: 'customers/owing',
  filter: { balance_paise: { $gt: 0 } },
  matches: (row) => row.balancePaise > 0,
};
const OWING = owing as unknown as AnyQuery;

describe('what a group leaves to the next one', () => {
  it('the rows as it wrote them, and that there is none', () => {
    const first = viewAt('a', [byId('customers', 'x'), byId('customers', 'none'), OWING], [customer('x')]);
    first.put('customers', customer('x', 500));
    first.put('shops', shop('b'));
    const left = Remembered.after(first, SHOP, null);

    const next = viewAt('b', [byId('customers', 'x'), byId('customers', 'none'), OWING], []);
    assert.equal(left?.holds(next, SHOP), true);
    const asked = [byId('customers', 'x'), byId('customers', 'none'), OWING, byId('customers', 'y')];
    assert.deepEqual(
      left?.recall(asked, next).map(({ name }) => name),
      ['customers/y'],
    );
    assert.equal(next.get('customers', 'x')?.balancePaise, 500);
    assert.equal(next.get('customers', 'none'), null);
    assert.deepEqual(
      next.find(owing).map(({ id }) => id),
      ['x'],
    );
    next.put('customers', customer('x', 0));
    assert.deepEqual(
      next.writes().map(({ collection, added, replaced }) => [collection, added.length, replaced.length]),
      [['customers', 0, 1]],
      'a row that was remembered is replaced, not added',
    );
  });

  it('with what it was left itself, and nothing of a row that it removed', () => {
    const first = viewAt(
      'a',
      [byId('customers', 'x'), byId('customers', 'y')],
      [customer('x'), customer('y')],
    );
    const second = viewAt('a', [byId('customers', 'z')], [customer('z')]);
    second.remove('customers', 'x');
    const left = Remembered.after(second, SHOP, Remembered.after(first, SHOP, null));
    const third = viewAt(
      'a',
      ['x', 'y', 'z'].map((id) => byId('customers', id)),
      [],
    );
    assert.deepEqual(
      left?.recall(
        ['x', 'y', 'z'].map((id) => byId('customers', id)),
        third,
      ),
      [],
    );
    assert.deepEqual(
      ['x', 'y', 'z'].map((id) => third.get('customers', id)?.id),
      [undefined, 'y', 'z'],
    );
  });

  it('nothing to a snapshot of another head, and nothing where there is no head', () => {
    const left = Remembered.after(viewAt('a', [], []), SHOP, null);
    assert.equal(left?.holds(viewAt('c', [], []), SHOP), false);
    const empty = new GroupView();
    assert.throws(() => empty.need([byId('shops', SHOP)]));
    empty.takeNeeded();
    assert.equal(Remembered.after(empty, SHOP, null), null);
    assert.equal(left?.holds(empty, SHOP), false);
    assert.equal(Remembered.after(new GroupView(), SHOP, null), null, 'of a group that asked for nothing');
  });

  it('only the books: other rows change without the journal; and never the first rows of an order alone', () => {
    const first = { ...owing, name: 'first', first: { sort: {}, limit: 1, compare: () => 0 } };
    const queries = [byId('saved_results', 's'), byId('users', 'u'), first as unknown as AnyQuery];
    const left = Remembered.after(viewAt('a', queries, []), SHOP, null);
    assert.deepEqual(left?.recall(queries, viewAt('a', queries, [])), queries);
  });

  it('no more than a thousand rows', () => {
    const rows = Array.from({ length: 1001 }, (_, n) => customer(`${n}`));
    assert.notEqual(Remembered.after(viewAt('a', [], rows.slice(1)), SHOP, null), null);
    assert.equal(Remembered.after(viewAt('a', [], rows), SHOP, null), null);
  });

  it('no more than two thousand names, whoever is not there included', () => {
    const absent = (count: number, from = 0): AnyQuery[] =>
      Array.from({ length: count }, (_, n) => byId('customers', `none ${from + n}`));
    const left = Remembered.after(viewAt('a', absent(2_000), []), SHOP, null);
    assert.notEqual(left, null);
    assert.notEqual(
      Remembered.after(viewAt('a', absent(2_000), []), SHOP, left),
      null,
      'the same ones again',
    );
    assert.equal(Remembered.after(viewAt('a', absent(1, 2_000), []), SHOP, left), null);
  });
});
