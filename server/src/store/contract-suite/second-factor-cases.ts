import assert from 'node:assert/strict';
import type { Store } from '../store.ts';
import { aBy, aSession, aUser, newId, START } from './builders.ts';
import { type ContractCase, countDone, present, refused, refusedWithoutTrace } from './contract-case.ts';

const STEP = 1000;

/** An account that signs in with codes; the code of STEP is used up. */
async function withCodes(
  store: Store,
  recoveryHashes = ['first', 'second'],
  role: 'staff' | 'admin' = 'staff',
) {
  const user = aUser({ role });
  await store.users.add(user, aBy());
  const sealed = `sealed-${user.id}`;
  await store.secondFactors.enrol(user.id, sealed, aBy());
  const confirmed = { sealed, step: STEP, recoveryHashes, keepSessionId: null };
  await store.secondFactors.confirm(user.id, confirmed, aBy({ at: START }));
  const open = (proof: Parameters<typeof aSession>[1]) =>
    store.sessions.open(
      aSession(user, { ...proof, checked: { ...aSession(user).checked, authVersion: 1 } }),
      aBy(),
    );
  return { user, sealed, open };
}

export const secondFactorCases: ContractCase[] = [
  {
    name: 'begun it asks for nothing; confirmed it is on, and its secret stays where codes are checked',
    run: async ({ users, sessions, secondFactors }) => {
      const user = aUser();
      await users.add(user, aBy());
      assert.equal(await secondFactors.find(user.id), null);
      await secondFactors.enrol(user.id, 'sealed-one', aBy());
      await secondFactors.enrol(user.id, 'sealed-two', aBy());
      assert.equal((await present(users.find(user.id))).secondFactor, null);
      await sessions.open(aSession(user), aBy());
      const confirmed = { sealed: 'sealed-one', step: STEP, recoveryHashes: ['a', 'b'], keepSessionId: null };
      await refused(secondFactors.confirm(user.id, confirmed, aBy()), 'totp_off');
      const { value } = await secondFactors.confirm(
        user.id,
        { ...confirmed, sealed: 'sealed-two' },
        aBy({ at: START }),
      );
      assert.deepEqual(value.secondFactor, { since: START, recoveryCodesLeft: 2 });
      for (const found of [
        await users.find(user.id),
        await users.findWithHash(user.id),
        (await users.list())[0],
      ]) {
        assert.deepEqual(found?.secondFactor, value.secondFactor);
        assert.equal(JSON.stringify(found).includes('sealed'), false);
      }
      assert.deepEqual(await secondFactors.find(user.id), {
        sealed: 'sealed-two',
        confirmedAt: START,
        lastStep: STEP,
        recoveryHashes: ['a', 'b'],
      });
      await refused(secondFactors.enrol(user.id, 'x', aBy()), 'totp_on');
      await refused(secondFactors.enrol(newId(), 'x', aBy()), 'user_not_found');
    },
  },
  {
    name: 'switching it on ends the other sessions, and the journal tells no secret',
    run: async ({ users, sessions, secondFactors, journal }) => {
      const user = aUser();
      await users.add(user, aBy());
      const [mine, other] = [aSession(user), aSession(user)];
      for (const session of [mine, other]) await sessions.open(session, aBy());
      await secondFactors.enrol(user.id, 'sealed', aBy());
      const confirmed = { sealed: 'sealed', step: STEP, recoveryHashes: ['hash'], keepSessionId: mine.id };
      await secondFactors.confirm(user.id, confirmed, aBy());
      assert.equal((await present(sessions.bearer(user.id, mine.id))).live, true);
      assert.equal((await present(sessions.bearer(user.id, other.id))).live, false);
      const [entry] = await journal.list({}, 1);
      assert.deepEqual([entry?.action, entry?.before, entry?.after], ['user.totp_on', null, null]);
    },
  },
  {
    name: 'a session needs a code that was not used, also where two come at once',
    run: async (store) => {
      const { sealed, open } = await withCodes(store);
      await refused(open({ proof: null }), 'totp_needed');
      await refused(open({ proof: { sealed, step: STEP } }), 'totp_wrong');
      await refused(open({ proof: { sealed: 'of another secret', step: STEP + 1 } }), 'totp_wrong');
      const twice = Array.from({ length: 4 }, () => open({ proof: { sealed, step: STEP + 1 } }));
      assert.equal(await countDone(twice, 'totp_wrong'), 1);
      await refused(open({ proof: { sealed, step: STEP } }), 'totp_wrong');
      await open({ proof: { sealed, step: STEP + 2 } });
    },
  },
  {
    name: 'a recovery code is good once, also where two come at once',
    run: async (store) => {
      const { user, open } = await withCodes(store);
      const twice = Array.from({ length: 4 }, () => open({ proof: { recoveryHash: 'first' } }));
      assert.equal(await countDone(twice, 'totp_wrong'), 1);
      await refused(open({ proof: { recoveryHash: 'never made' } }), 'totp_wrong');
      assert.equal((await present(store.users.find(user.id))).secondFactor?.recoveryCodesLeft, 1);
      const proof = { recoveryHash: 'second' };
      await store.secondFactors.renewCodes(user.id, proof, ['third', 'fourth', 'fifth'], aBy());
      await refused(open({ proof }), 'totp_wrong');
      await open({ proof: { recoveryHash: 'third' } });
      assert.equal((await present(store.users.find(user.id))).secondFactor?.recoveryCodesLeft, 2);
    },
  },
  {
    name: 'it is switched off by a good code alone, and then asks for nothing',
    run: async (store) => {
      const { secondFactors, users } = store;
      const { user, sealed, open } = await withCodes(store);
      const used = { sealed, step: STEP };
      await refusedWithoutTrace(store, () => secondFactors.drop(user.id, used, aBy()), 'totp_wrong');
      await secondFactors.drop(user.id, { sealed, step: STEP + 1 }, aBy());
      assert.equal((await present(users.find(user.id))).secondFactor, null);
      assert.equal(await secondFactors.find(user.id), null);
      await open({ proof: null });
      const proof = { recoveryHash: 'first' };
      await refused(secondFactors.drop(user.id, proof, aBy()), 'totp_off');
      await refused(secondFactors.renewCodes(user.id, proof, [], aBy()), 'totp_off');
      await refused(secondFactors.drop(newId(), proof, aBy()), 'user_not_found');
    },
  },
  {
    name: 'somebody else’s is reset by who holds its rights; the account is signed out',
    run: async (store) => {
      const { secondFactors, users, sessions } = store;
      const { user, sealed } = await withCodes(store, ['first'], 'admin');
      const session = aSession(user, {
        proof: { sealed, step: STEP + 1 },
        checked: { passwordHash: user.passwordHash, authVersion: 1 },
      });
      await sessions.open(session, aBy());
      const manager = aUser({ permissions: ['users.manage'] });
      await users.add(manager, aBy());
      const as = ({ id, username }: typeof user) => aBy({ actor: { kind: 'user', id, name: username } });
      await refusedWithoutTrace(store, () => secondFactors.reset(user.id, as(manager)), 'forbidden');
      await refusedWithoutTrace(store, () => secondFactors.reset(user.id, as(user)), 'forbidden');
      assert.equal((await secondFactors.reset(user.id, aBy())).value.secondFactor, null);
      assert.equal((await present(sessions.bearer(user.id, session.id))).live, false);
      await refused(secondFactors.reset(user.id, aBy()), 'totp_off');
      await refused(secondFactors.reset(newId(), aBy()), 'user_not_found');
    },
  },
  {
    name: 'a role that needs it owes it until it is on',
    run: async (store) => {
      const { user, sealed, open } = await withCodes(store);
      const other = aUser({ role: 'admin' });
      await store.users.add(other, aBy());
      await store.settings.change({ totpRoles: ['admin', 'staff'] }, null, aBy());
      const owes = async (id: string) => (await present(store.sessions.bearer(id, null))).owesSecondFactor;
      assert.deepEqual([await owes(user.id), await owes(other.id)], [false, true]);
      await open({ proof: { sealed, step: STEP + 1 } });
      await store.settings.change({ totpRoles: ['staff'] }, null, aBy());
      assert.deepEqual([await owes(user.id), await owes(other.id)], [false, false]);
    },
  },
];
