import assert from 'node:assert/strict';
import { DEFAULT_PREFERENCES, type UserChanges } from '../../domain/user.ts';
import { aBy, aSession, aUser, newId, START } from './builders.ts';
import { type ContractCase, countDone, present, refused, refusedWithoutTrace } from './contract-case.ts';

export const userCases: ContractCase[] = [
  {
    name: 'an account is found as it was added, and its hash only where a password is checked',
    run: async ({ users }) => {
      const input = aUser({ permissions: ['khata.post', 'customers.read'] });
      const { value } = await users.add(input, aBy({ at: START }));
      const { passwordHash, ...fields } = input;
      const expected = {
        ...fields,
        isActive: true,
        authVersion: 0,
        preferences: DEFAULT_PREFERENCES,
        secondFactor: null,
        createdAt: START,
        updatedAt: START,
        lastLogin: null,
      };
      assert.deepEqual(value, expected);
      assert.deepEqual(await users.find(input.id), expected);
      assert.deepEqual(await users.list(), [expected]);
      assert.deepEqual(await users.findWithHash(input.id), { ...expected, passwordHash });
      assert.equal(await users.find(newId()), null);
      assert.equal(await users.findWithHash(newId()), null);
    },
  },
  {
    name: 'a login finds the exact username, or the e-mail in any case',
    run: async ({ users }) => {
      const input = aUser({ username: 'Meera', email: 'meera@example.com' });
      await users.add(input, aBy());
      for (const name of ['Meera', 'meera@example.com', 'MEERA@Example.com']) {
        assert.equal((await users.findForLogin(name))?.id, input.id, name);
      }
      for (const name of ['meera', 'Meer', 'meera@example.co', '']) {
        assert.equal(await users.findForLogin(name), null, name);
      }
    },
  },
  {
    name: 'a username or e-mail is given once, also to those who ask at once',
    run: async (store) => {
      const { users } = store;
      const first = aUser();
      const attempts = Array.from({ length: 4 }, () =>
        users.add({ ...aUser(), username: first.username }, aBy()),
      );
      assert.equal(await countDone(attempts, 'user_taken'), 1);
      const taken = (await users.list())[0]?.email ?? '';
      await refusedWithoutTrace(store, () => users.add(aUser({ email: taken }), aBy()), 'user_taken');
      assert.equal(await users.count(), 1);
    },
  },
  {
    name: 'the first account is made once',
    run: async ({ users }) => {
      const attempts = Array.from({ length: 4 }, () => users.addFirst(aUser({ role: 'admin' }), aBy()));
      assert.equal(await countDone(attempts, 'setup_closed'), 1);
      await refused(users.addFirst(aUser({ role: 'admin' }), aBy()), 'setup_closed');
      assert.equal(await users.count(), 1);
    },
  },
  {
    name: 'accounts are listed oldest first',
    run: async ({ users }) => {
      const [late, early, middle] = [aUser(), aUser(), aUser()];
      await users.add(late, aBy({ at: START + 3 }));
      await users.add(early, aBy({ at: START + 1 }));
      await users.add(middle, aBy({ at: START + 2 }));
      assert.deepEqual(
        (await users.list()).map(({ id }) => id),
        [early.id, middle.id, late.id],
      );
    },
  },
  {
    name: 'the last admin who can sign in stays one, also when two are demoted at once',
    run: async (store) => {
      const { users } = store;
      const [a, b] = [aUser({ role: 'admin' }), aUser({ role: 'admin' })];
      await users.add(a, aBy());
      await refusedWithoutTrace(store, () => users.change(a.id, { role: 'staff' }, aBy()), 'last_admin');
      await refusedWithoutTrace(store, () => users.change(a.id, { isActive: false }, aBy()), 'last_admin');
      await users.add(b, aBy());
      const attempts = [a, b].map(({ id }) => users.change(id, { isActive: false }, aBy()));
      assert.equal(await countDone(attempts, 'last_admin'), 1);
      await refused(users.change(newId(), { isActive: false }, aBy()), 'user_not_found');
    },
  },
  {
    name: 'who was disabled, or manages accounts no more, changes none by a request that was under way',
    run: async (store) => {
      const { users, secondFactors } = store;
      const other = aUser({ permissions: [] });
      await users.add(other, aBy());
      const relieved: UserChanges[] = [{ isActive: false }, { role: 'user' }, { permissions: [] }];
      for (const changes of relieved) {
        const manager = aUser({ permissions: ['users.manage'] });
        await users.add(manager, aBy());
        const as = () => aBy({ actor: { kind: 'user', id: manager.id, name: manager.username } });
        await users.add(aUser({ permissions: [] }), as());
        await users.change(manager.id, changes, aBy());
        const late = [
          () => users.add(aUser({ permissions: [] }), as()),
          () => users.change(other.id, { passwordHash: 'of the one who left' }, as()),
          () => users.change(manager.id, { isActive: true }, as()),
          () => secondFactors.reset(other.id, as()),
        ];
        for (const change of late) await refusedWithoutTrace(store, change, 'forbidden');
      }
    },
  },
  {
    name: 'a reset password or a disabled account ends all its sessions, and nobody else’s',
    run: async ({ users, sessions }) => {
      for (const changes of [{ passwordHash: 'new-secret' }, { isActive: false }]) {
        const [user, other] = [aUser(), aUser()];
        for (const each of [user, other]) await users.add(each, aBy());
        const [ended, kept] = [aSession(user), aSession(other)];
        for (const session of [ended, kept]) await sessions.open(session, aBy());
        await users.change(user.id, changes, aBy());
        assert.equal((await present(sessions.bearer(user.id, ended.id))).live, false);
        assert.equal((await present(sessions.bearer(other.id, kept.id))).live, true);
        assert.deepEqual(await sessions.list(user.id, START), []);
      }
    },
  },
  {
    name: 'one’s own password change keeps the session that made it, if the password checked is still the stored one',
    run: async (store) => {
      const { users, sessions } = store;
      const user = aUser();
      await users.add(user, aBy());
      const [mine, other] = [aSession(user), aSession(user)];
      for (const session of [mine, other]) await sessions.open(session, aBy());
      const change = { keepSessionId: mine.id, attemptId: null };
      await refusedWithoutTrace(
        store,
        () => users.changePassword(user.id, { ...change, passwordHash: 'x', checkedHash: 'older' }, aBy()),
        'password_wrong',
      );
      const checkedHash = user.passwordHash;
      await users.changePassword(user.id, { ...change, passwordHash: 'changed', checkedHash }, aBy());
      assert.equal((await present(users.findWithHash(user.id))).passwordHash, 'changed');
      assert.equal((await present(sessions.bearer(user.id, mine.id))).live, true);
      assert.equal((await present(sessions.bearer(user.id, other.id))).live, false);
      assert.equal((await present(sessions.bearer(user.id, null))).live, false);
    },
  },
  {
    name: 'preferences are kept by field and are nobody’s business: no journal entry',
    run: async ({ users, journal }) => {
      const user = aUser();
      await users.add(user, aBy());
      const position = await journal.position();
      const savedViews = [{ screen: 'khata', name: 'बाकी', query: 'owes=1' }];
      await users.changePreferences(user.id, { savedViews }, aBy());
      const { value } = await users.changePreferences(user.id, { theme: 'dark' }, aBy());
      assert.deepEqual(value.preferences, { ...DEFAULT_PREFERENCES, savedViews, theme: 'dark' });
      assert.deepEqual((await present(users.find(user.id))).preferences, value.preferences);
      assert.equal(await journal.position(), position);
      await refused(users.changePreferences(newId(), { theme: 'dark' }, aBy()), 'user_not_found');
    },
  },
];
