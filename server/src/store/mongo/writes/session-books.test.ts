// What the members of a group look up is asked as one: the server plans each branch of an `$or` by itself, which for the
// phones of an import takes seconds.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  aBy,
  aCustomer,
  aDebit,
  anOrder,
  aProduct,
  aSession,
  aUser,
  newId,
  START,
} from '../../contract-suite/builders.ts';
import type { CollectionName } from '../rows.ts';
import { type ChangeArgs, type ChangeName, SHOP_CHANGES } from './changes.ts';
import { type Command, runMembers } from './run-members.ts';
import { branchesOf } from './session-books.ts';
import { type AnyQuery, type AnyRow, GroupView } from './view.ts';

type Stored = readonly { collection: CollectionName; row: AnyRow }[];

/** Runs the group on these rows to its end: the queries of each of its readings, and the rows that it adds. */
function runGroup(commands: Command[], stored: Stored): { readings: AnyQuery[][]; added: Stored } {
  const view = new GroupView();
  for (const readings: AnyQuery[][] = []; ; ) {
    view.restart();
    runMembers(view, 'main', commands, SHOP_CHANGES);
    const needed = view.takeNeeded();
    const rowsOf = ({ collection, added }: { collection: CollectionName; added: object[] }) =>
      added.map((row) => ({ collection, row: row as AnyRow }));
    if (needed.length === 0) return { readings, added: view.writes().flatMap(rowsOf) };
    readings.push(needed);
    for (const query of needed) {
      const matches = query.matches as (row: AnyRow) => boolean;
      for (const { collection, row } of stored)
        if (collection === query.collection && matches(row)) view.addRead(collection, row);
    }
  }
}

function command<N extends ChangeName>(name: N, ...args: ChangeArgs<N>): Command {
  return { name, args, by: aBy() };
}

const customers = [aCustomer(), aCustomer()] as const;
const users = [aUser(), aUser()] as const;
const sessions = users.map((user) => aSession(user));
const product = aProduct({ stockQuantity: 10 });
const { added: shop } = runGroup(
  [
    ...customers.map((customer) => command('customers.add', customer)),
    ...users.map((user) => command('users.add', user)),
    command('products.add', product),
  ],
  [],
);
const { added: opened } = runGroup(
  sessions.map((session) => command('sessions.open', session)),
  shop,
);

/** Two members of a group that do the same for somebody else. */
const PAIRS: readonly (readonly [Command, Command])[] = [
  [command('customers.add', aCustomer()), command('customers.add', aCustomer())],
  [anImport(), anImport()],
  [order(customers[0].id), order(customers[1].id)],
  [command('khata.post', aDebit(customers[0].id, 1)), command('khata.post', aDebit(customers[1].id, 1))],
  [attempt('one'), attempt('two')],
  [command('sessions.forgetAttempt', newId()), command('sessions.forgetAttempt', newId())],
  [
    command('sessions.openJournalled', aSession(users[0])),
    command('sessions.openJournalled', aSession(users[1])),
  ],
  [rotation('old-1'), rotation('old-2')],
  [command('sessions.revokeAll', users[0].id), command('sessions.revokeAll', users[1].id)],
  [
    command('sessions.takeTicket', { hash: 'hash-1', path: '/', keep: false }),
    command('sessions.takeTicket', { hash: 'hash-2', path: '/', keep: false }),
  ],
  [command('users.add', aUser()), command('users.add', aUser())],
  [command('images.remove', 'one.jpg'), command('images.remove', 'two.jpg')],
];

function anImport(): Command {
  const rows = [aCustomer(), aCustomer()].map((customer) => ({ customer, opening: aDebit(customer.id, 1) }));
  return command('imports.customers', rows);
}

function order(customerId: string): Command {
  return command(
    'orders.add',
    anOrder(customerId, [{ productId: product.id, quantity: 1, unitPricePaise: null }]),
  );
}

function rotation(hash: string): Command {
  return command('sessions.rotate', { hash, firstHash: 'first' }, newId());
}

function attempt(account: string): Command {
  return command('sessions.takeAttempt', { id: newId(), account, address: '192.0.2.1' });
}

describe('what a group looks up', () => {
  for (const pair of PAIRS) {
    it(`is asked as one: ${pair[0].name}`, () => {
      const { readings } = runGroup([...pair], [...shop, ...opened]);
      assert.ok(readings.length > 0);
      for (const queries of readings) {
        const alike = Map.groupBy(
          queries.filter(({ first }) => !first),
          ({ collection, filter }) => `${collection}: ${Object.keys(filter).sort()}`,
        );
        for (const [members, some] of alike)
          assert.equal(branchesOf(some.map(({ filter }) => filter)).length, 1, members);
      }
    });
  }

  it('by no more than what it has in common', () => {
    const day = { $lte: START };
    assert.deepEqual(
      branchesOf([
        { a: 1, b: 2 },
        { a: 1, b: 3 },
        { a: 2, b: 3 },
        { a: 1, day },
        { a: 1, day: 5 },
      ]),
      [
        { a: 1, b: { $in: [2, 3] } },
        { a: 2, b: 3 },
        { a: 1, day },
        { a: 1, day: 5 },
      ],
    );
    assert.deepEqual(branchesOf([{ n: { $in: [1, 2] } }, { n: { $in: [3] } }, { n: 4 }]), [
      { n: { $in: [1, 2, 3, 4] } },
    ]);
  });
});
