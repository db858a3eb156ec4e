// The view and the run of a group on it, without a server: what a member sees, leaves behind, and asks for.

import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { aBy, aCustomer, aDebit, newId } from '../../contract-suite/builders.ts';
import type { CustomerRow } from '../rows.ts';
import { SHOP_CHANGES } from './changes.ts';
import { NOTHING_BOUGHT } from './figures.ts';
import { type Answer, type Command, runMembers } from './run-members.ts';
import type { Outcome } from './saved-results.ts';
import { GroupView, type Query, RowsNeeded } from './view.ts';

const SHOP = 'main';

function row(overrides: Partial<CustomerRow> = {}): CustomerRow {
  const { language, ...input } = aCustomer();
  return {
    ...input,
    language,
    shopId: SHOP,
    version: 1,
    searchName: '',
    isActive: true,
    ...{ balancePaise: 0, khataEntries: 0, khataDebitsPaise: 0, khataCreditsPaise: 0, khataPosition: 0 },
    khataDays: [],
    bought: NOTHING_BOUGHT,
    ...{ createdAt: 0, updatedAt: 0 },
    ...overrides,
  };
}

function withPhone(phoneE164: string): Query<'customers'> {
  return {
    collection: 'customers',
    name: `customers/phone/${phoneE164}`,
    filter: { phone_e164: phoneE164 },
    matches: (one) => one.phoneE164 === phoneE164,
  };
}

/** Answers what the view needs out of the given rows, until a run asks for nothing more; counts the readings. */
function runToEnd(view: GroupView, commands: Command[], present: CustomerRow[] = []) {
  for (let readings = 0; readings < 10; readings++) {
    view.restart();
    const answers = runMembers(view, SHOP, commands, SHOP_CHANGES);
    const needed = view.takeNeeded();
    if (needed.length === 0) return { answers, readings };
    for (const { collection, matches } of needed) {
      if (collection !== 'customers') continue;
      for (const one of present)
        if ((matches as (row: CustomerRow) => boolean)(one)) view.addRead(collection, one);
    }
  }
  throw new Error('it never stopped asking');
}

function outcomeOf(answer: Answer | undefined): Outcome {
  assert.ok(answer && 'outcome' in answer, `a defect: ${answer && 'defect' in answer ? answer.defect : ''}`);
  return answer.outcome;
}

describe('a group of changes on its view', () => {
  let view: GroupView;
  beforeEach(() => {
    view = new GroupView();
  });

  it('a row that was not read is asked for, once', () => {
    assert.throws(() => view.get('customers', 'a'), RowsNeeded);
    assert.throws(() => view.find(withPhone('1')), RowsNeeded);
    assert.equal(view.takeNeeded().length, 2);
    assert.equal(view.get('customers', 'a'), null);
    assert.deepEqual(view.find(withPhone('1')), []);
    assert.equal(view.takeNeeded().length, 0);
  });

  it('what a member wrote is found by the next, by id and by query, and no longer once it was taken back', () => {
    const old = row({ phoneE164: '1' });
    assert.throws(() => view.find(withPhone('1')), RowsNeeded);
    assert.throws(() => view.find(withPhone('2')), RowsNeeded);
    view.takeNeeded();
    view.addRead('customers', old);
    const mark = view.mark();
    view.put('customers', { ...old, phoneE164: '2' });
    assert.deepEqual(view.find(withPhone('1')), []);
    assert.equal(view.find(withPhone('2'))[0]?.id, old.id);
    view.rollBack(mark);
    assert.equal(view.find(withPhone('1'))[0]?.id, old.id);
    assert.deepEqual(view.writes(), []);
  });

  it('the same id added twice is a defect, and not one row', () => {
    const added = row();
    view.add('customers', added);
    assert.throws(() => view.add('customers', added), /already/);
  });

  it('what is written is told apart: new, replaced, removed, and never there', () => {
    const [kept, gone, fresh, brief] = [row(), row(), row(), row()];
    view.addRead('customers', kept);
    view.addRead('customers', gone);
    view.put('customers', { ...kept, version: 2 });
    view.remove('customers', gone.id);
    view.add('customers', fresh);
    view.add('customers', brief);
    view.remove('customers', brief.id);
    const [writes] = view.writes();
    assert.deepEqual(writes, {
      collection: 'customers',
      added: [fresh],
      replaced: [{ ...kept, version: 2 }],
      removed: [gone.id],
    });
  });

  it('sixteen postings to one customer see each other, and cost one reading', () => {
    const customer = row();
    const commands = Array.from({ length: 16 }, () => ({
      name: 'khata.post',
      args: [aDebit(customer.id, 100)],
      by: aBy(),
    }));
    const { answers, readings } = runToEnd(view, commands, [customer]);
    const balances = answers.map((answer) => {
      const outcome = outcomeOf(answer);
      assert.ok(outcome.ok);
      return (outcome.value as { entry: { balanceAfterPaise: number } }).entry.balanceAfterPaise;
    });
    assert.deepEqual(
      balances,
      Array.from({ length: 16 }, (_, n) => (n + 1) * 100),
    );
    assert.equal(readings, 1);
    const byCollection = new Map(view.writes().map((set) => [set.collection, set]));
    assert.equal(byCollection.get('khata_transactions')?.added.length, 16);
    assert.equal(byCollection.get('journal')?.added.length, 16);
    assert.equal(byCollection.get('customers')?.replaced.length, 1);
    assert.equal((byCollection.get('customers')?.replaced[0] as CustomerRow | undefined)?.balancePaise, 1600);
  });

  it('a refused member leaves without harm, and its number goes to the next', () => {
    const customer = row();
    const post = (id: string): Command => ({ name: 'khata.post', args: [aDebit(id, 100)], by: aBy() });
    const { answers } = runToEnd(view, [post(customer.id), post(newId()), post(customer.id)], [customer]);
    const [first, refused, last] = answers.map(outcomeOf);
    assert.ok(first?.ok && last?.ok);
    assert.ok(refused && !refused.ok && refused.refusal.code === 'customer_not_found');
    const positions = answers.map((answer) => ('position' in answer ? answer.position : null));
    assert.deepEqual(positions, [1, 1, 2]);
  });

  it('two changes under one key: the second gets the first answer', () => {
    const customer = row();
    const claim = { userId: 'u', key: 'k', fingerprint: 'f', retryCount: 0 };
    const post = (): Command => ({
      name: 'khata.post',
      args: [aDebit(customer.id, 100)],
      by: aBy({ claim }),
    });
    const { answers } = runToEnd(view, [post(), post()], [customer]);
    assert.deepEqual(outcomeOf(answers[1]), JSON.parse(JSON.stringify(outcomeOf(answers[0]))));
    assert.equal(
      view.writes().find(({ collection }) => collection === 'khata_transactions')?.added.length,
      1,
    );
  });

  it('a change that throws is a defect of its own, and the others stand', () => {
    const customer = row();
    const twice = aDebit(customer.id, 100);
    const post = (input: object): Command => ({ name: 'khata.post', args: [input], by: aBy() });
    const { answers } = runToEnd(view, [post(twice), post(twice), post(aDebit(customer.id, 1))], [customer]);
    assert.ok(answers[1] && 'defect' in answers[1] && /already/.test(answers[1].defect.message));
    assert.ok(outcomeOf(answers[0]).ok && outcomeOf(answers[2]).ok);
    assert.equal(view.writes().find(({ collection }) => collection === 'journal')?.added.length, 2);
  });

  it('the books cannot be changed without a journal entry, nor the journal by bookkeeping', () => {
    const customer = row();
    const run = (change: typeof SHOP_CHANGES) => {
      for (let n = 0; n < 3; n++) {
        view.restart();
        const [answer] = runMembers(view, SHOP, [{ name: 'x', args: [], by: aBy() }], change);
        if (view.takeNeeded().length === 0) return answer;
      }
      return undefined;
    };
    const silent = run({
      find: () => (tx) => tx.put('customers', customer),
      isBookkeeping: () => false,
    });
    assert.ok(silent && 'defect' in silent && /without a journal entry/.test(silent.defect.message));
    const loud = run({
      find: () => (tx) => tx.record('x', { type: 'shop', id: SHOP }, null, null),
      isBookkeeping: () => true,
    });
    assert.ok(loud && 'defect' in loud && /must not write to the journal/.test(loud.defect.message));
  });
});
