import assert from 'node:assert/strict';
import { ALL, aBy, aCredit, aCustomer, aDebit, EVERY_CUSTOMER_FIELD, newId, START } from './builders.ts';
import { type ContractCase, countDone, present, refused, refusedWithoutTrace } from './contract-case.ts';

export const customerCases: ContractCase[] = [
  {
    name: 'what is added is found as it was given, at version 1 and owing nothing',
    run: async ({ customers }) => {
      const input = aCustomer({
        name: 'सीता O’Neil %_"',
        email: 'a@b.in',
        address: 'Line 1\nLine 2',
        language: 'mr',
        creditLimitPaise: 0,
      });
      const { value } = await customers.add(input, aBy({ at: START + 7 }));
      const expected = { ...input, version: 1, balancePaise: 0, createdAt: START + 7, updatedAt: START + 7 };
      assert.deepEqual(value, expected);
      assert.deepEqual(await customers.find(input.id), expected);
      assert.equal(await customers.find(newId()), null);
      assert.equal(await customers.find('no such id'), null);
    },
  },
  {
    name: 'a phone is taken in every spelling, on adding and on changing, until its owner is removed',
    run: async (store) => {
      const { customers } = store;
      const first = aCustomer({ phone: '98765 43210' });
      const second = aCustomer();
      await customers.add(first, aBy());
      await customers.add(second, aBy());
      const spelled = { phone: '+91-9876543210', phoneE164: first.phoneE164 };
      await refusedWithoutTrace(store, () => customers.add(aCustomer(spelled), aBy()), 'phone_taken');
      await refusedWithoutTrace(
        store,
        () => customers.change(second.id, { name: 'Half', ...spelled }, null, aBy()),
        'phone_taken',
      );
      const respelled = await customers.change(first.id, spelled, null, aBy());
      assert.equal(respelled.value.phone, '+91-9876543210');
      await customers.remove(first.id, null, aBy());
      await customers.add(aCustomer(spelled), aBy());
    },
  },
  {
    name: 'of customers added at once with one phone exactly one is kept',
    run: async ({ customers }) => {
      const phone = '9000000001';
      const attempts = Array.from({ length: 8 }, () => customers.add(aCustomer({ phone }), aBy()));
      assert.equal(await countDone(attempts, 'phone_taken'), 1);
      assert.equal((await customers.list({}, ALL)).total, 1);
    },
  },
  {
    name: 'a change touches the named fields alone and raises the version by one',
    run: async ({ customers }) => {
      const input = aCustomer({ email: 'old@example.com', creditLimitPaise: 5_000_000 });
      await customers.add(input, aBy({ at: START }));
      const other = (await customers.add(aCustomer(), aBy())).value;
      const { value } = await customers.change(input.id, { email: null }, 1, aBy({ at: START + 9000 }));
      const expected = { ...input, email: null, version: 2, balancePaise: 0, createdAt: START };
      assert.deepEqual(value, { ...expected, updatedAt: START + 9000 });
      assert.deepEqual(await customers.find(input.id), { ...expected, updatedAt: START + 9000 });
      assert.deepEqual(await customers.find(other.id), other);
    },
  },
  {
    name: 'each field is kept as it is added, and as it is changed to, alone',
    run: async ({ customers }) => {
      const input = aCustomer(EVERY_CUSTOMER_FIELD);
      const { value: added } = await customers.add(input, aBy());
      assert.deepEqual({ ...added, ...input }, added);
      assert.deepEqual(await customers.find(input.id), added);
      await customers.remove(input.id, null, aBy());
      let { value: before } = await customers.add(aCustomer(), aBy());
      for (const [field, wanted] of Object.entries(EVERY_CUSTOMER_FIELD)) {
        assert.notDeepEqual(before[field as keyof typeof before], wanted);
        const { value } = await customers.change(before.id, { [field]: wanted }, null, aBy());
        const { version, updatedAt } = value;
        assert.deepEqual(value, { ...before, [field]: wanted, version, updatedAt });
        assert.deepEqual(await customers.find(before.id), value);
        before = value;
      }
    },
  },
  {
    name: 'a change to what is there already changes nothing',
    run: async (store) => {
      const input = aCustomer({ name: 'Asha' });
      const added = (await store.customers.add(input, aBy())).value;
      const position = await store.journal.position();
      const again = await store.customers.change(input.id, { name: 'Asha' }, null, aBy());
      assert.deepEqual(again.value, added);
      assert.equal(await store.journal.position(), position);
    },
  },
  {
    name: 'a stale version is refused and the right one accepted, on changing and on removing',
    run: async (store) => {
      const { customers } = store;
      const input = aCustomer();
      await customers.add(input, aBy());
      await customers.change(input.id, { name: 'Second' }, 1, aBy());
      await refusedWithoutTrace(
        store,
        () => customers.change(input.id, { name: 'Third' }, 1, aBy()),
        'stale_version',
      );
      await refusedWithoutTrace(store, () => customers.remove(input.id, 1, aBy()), 'stale_version');
      await customers.change(input.id, { name: 'Third' }, 2, aBy());
      await customers.remove(input.id, 3, aBy());
    },
  },
  {
    name: 'of changes made at once from one version exactly one is done',
    run: async ({ customers }) => {
      const input = aCustomer();
      await customers.add(input, aBy());
      const attempts = Array.from({ length: 6 }, (_, n) =>
        customers.change(input.id, { name: `Name ${n}` }, 1, aBy()),
      );
      assert.equal(await countDone(attempts, 'stale_version'), 1);
      assert.equal((await present(customers.find(input.id))).version, 2);
    },
  },
  {
    name: 'changes of different fields made at once are all kept',
    run: async ({ customers }) => {
      const input = aCustomer();
      await customers.add(input, aBy());
      await Promise.all([
        customers.change(input.id, { name: 'Both' }, null, aBy()),
        customers.change(input.id, { email: 'both@example.com' }, null, aBy()),
        customers.change(input.id, { address: 'Pune' }, null, aBy()),
      ]);
      const { name, email, address, version } = await present(customers.find(input.id));
      assert.deepEqual(
        { name, email, address, version },
        {
          name: 'Both',
          email: 'both@example.com',
          address: 'Pune',
          version: 4,
        },
      );
    },
  },
  {
    name: 'a removed customer is gone from finding, listing and searching, and the others stay',
    run: async (store) => {
      const { customers } = store;
      const gone = aCustomer({ name: 'Gone Away' });
      const stays = aCustomer({ name: 'Stays Here' });
      await customers.add(gone, aBy());
      await customers.add(stays, aBy());
      await customers.remove(gone.id, null, aBy());
      assert.equal(await customers.find(gone.id), null);
      const all = await customers.list({}, ALL);
      assert.deepEqual([all.total, all.rows.map(({ id }) => id)], [1, [stays.id]]);
      assert.equal((await customers.list({ search: 'gone' }, ALL)).total, 0);
      const removed = await customers.list({ isRemoved: true }, ALL);
      assert.deepEqual([removed.total, removed.rows.map(({ id }) => id)], [1, [gone.id]]);
      assert.equal((await customers.list({ isRemoved: true, search: 'stays' }, ALL)).total, 0);
      const missing = 'customer_not_found';
      await refusedWithoutTrace(store, () => customers.remove(gone.id, null, aBy()), missing);
      await refusedWithoutTrace(
        store,
        () => customers.change(gone.id, { name: 'Back' }, null, aBy()),
        missing,
      );
      await refused(customers.remove(newId(), null, aBy()), missing);
    },
  },
  {
    name: 'a removed customer comes back as they were, once, and not where somebody else has the phone by now',
    run: async (store) => {
      const { customers, journal } = store;
      const added = (await customers.add(aCustomer({ name: 'Comes Back' }), aBy())).value;
      const there = { ...added, version: 3, updatedAt: START + 2000 };
      await customers.remove(added.id, null, aBy({ at: START + 1000 }));
      assert.deepEqual((await customers.restore(added.id, aBy({ at: START + 2000 }))).value, there);
      const again = await customers.restore(added.id, aBy({ at: START + 3000 }));
      assert.deepEqual(again.value, there);
      assert.deepEqual(await customers.find(added.id), there);
      assert.equal((await customers.list({ search: 'comes' }, ALL)).total, 1);
      assert.deepEqual((await customers.list({}, ALL)).rows, [there]);
      const [entry, ...others] = await journal.list({ action: 'customer.restored' }, 10);
      assert.deepEqual([entry?.subject, others], [{ type: 'customer', id: added.id }, []]);

      await customers.remove(added.id, null, aBy());
      const taker = aCustomer({ phone: added.phone, phoneE164: added.phoneE164 });
      await customers.add(taker, aBy());
      await refusedWithoutTrace(store, () => customers.restore(added.id, aBy()), 'phone_taken');
      assert.equal(await customers.find(added.id), null);
      await customers.remove(taker.id, null, aBy());
      await customers.restore(added.id, aBy());
      assert.deepEqual(
        (await customers.list({}, ALL)).rows.map(({ id }) => id),
        [added.id],
      );
      await refusedWithoutTrace(store, () => customers.restore(newId(), aBy()), 'customer_not_found');
    },
  },
  {
    name: 'a customer whose khata is not clear is not removed, whichever way it leans',
    run: async (store) => {
      const { customers, khata } = store;
      const { id } = (await customers.add(aCustomer(), aBy())).value;
      for (const entry of [aDebit(id, 100), aCredit(id, 300)]) {
        await khata.post(entry, aBy());
        await refusedWithoutTrace(store, () => customers.remove(id, null, aBy()), 'customer_has_balance');
      }
      await khata.post(aDebit(id, 200), aBy());
      await customers.remove(id, null, aBy());
    },
  },
  {
    name: 'a search finds part of the name in any case, and part of the phone in any spelling, and nothing else',
    run: async ({ customers }) => {
      const asha = aCustomer({ name: 'Asha Patil', phone: '+91 98220-11111' });
      const ravi = aCustomer({ name: 'Ravi 100%', phone: '9833022222' });
      const sita = aCustomer({ name: 'सीता_देवी', phone: '9844033333' });
      const composed = aCustomer({ name: 'क\u095Cा', phone: '9855044444' });
      const parted = aCustomer({ name: 'चू\u0921\u093Cी', phone: '9866055555' });
      for (const input of [asha, ravi, sita, composed, parted]) await customers.add(input, aBy());
      const expected: [string, string[]][] = [
        ['PATIL', [asha.id]],
        ['sha pa', [asha.id]],
        ['सीता', [sita.id]],
        ['%', [ravi.id]],
        ['_', [sita.id]],
        ['982201', [asha.id]],
        ['98330 22222', [ravi.id]],
        // One letter as one character or as two, on either side.
        ['क\u095Cा', [composed.id]],
        ['क\u0921\u093Cा', [composed.id]],
        ['चू\u095Cी', [parted.id]],
        ['चू\u0921\u093Cी', [parted.id]],
        ['Nobody', []],
      ];
      for (const [search, ids] of expected) {
        const found = await customers.list({ search }, ALL);
        assert.deepEqual([found.rows.map(({ id }) => id), found.total], [ids, ids.length], search);
      }
    },
  },
  {
    name: 'a search finds names in the script that it was not typed in, page by page, beside those as typed',
    run: async ({ customers }) => {
      const names = [
        'आशा पाटील',
        'Asha Patil',
        'लक्ष्मी',
        'Dnyaneshwar More',
        'ज्ञानेश्वर',
        'Ravi (Anna)',
        'आशा Shinde',
      ];
      const ids = new Map<string, string>();
      for (const [n, name] of names.entries()) {
        const input = aCustomer({ name });
        await customers.add(input, aBy({ at: START + n }));
        ids.set(name, input.id);
      }
      const expected: [string, string[]][] = [
        ['asha', ['आशा Shinde', 'Asha Patil', 'आशा पाटील']],
        ['आशा', ['आशा Shinde', 'Asha Patil', 'आशा पाटील']],
        ['AASHA  pat', ['आशा पाटील']],
        ['asha patil', ['Asha Patil', 'आशा पाटील']],
        ['आशा पाटील', ['Asha Patil', 'आशा पाटील']],
        ['asha shin', ['आशा Shinde']],
        ['laxmi', ['लक्ष्मी']],
        ['gyaneshwar', ['ज्ञानेश्वर']],
        ['ज्ञानेश', ['ज्ञानेश्वर', 'Dnyaneshwar More']],
        ['sha pa', ['Asha Patil']],
        ['आ', ['आशा Shinde', 'आशा पाटील']],
        ['asha.*', []],
        ['अण्णा', ['Ravi (Anna)']],
        ['््््', []],
      ];
      for (const [search, found] of expected) {
        const { rows, total } = await customers.list({ search }, ALL);
        assert.deepEqual([rows.map(({ name }) => name), total], [found, found.length], search);
      }
      const second = await customers.list({ search: 'asha' }, { skip: 1, limit: 1 });
      assert.deepEqual([second.rows.map(({ name }) => name), second.total], [['Asha Patil'], 3]);
      await customers.remove(String(ids.get('आशा पाटील')), null, aBy());
      assert.equal((await customers.list({ search: 'asha' }, ALL)).total, 2);
      assert.equal((await customers.list({ search: 'asha', isRemoved: true }, ALL)).total, 1);
    },
  },
];
