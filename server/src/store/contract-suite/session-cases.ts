import assert from 'node:assert/strict';
import { KEPT_OF_STRANGERS, TOKENS_KEPT_OF_SESSION } from '../../domain/session-rules.ts';
import type { NewSession } from '../session-store.ts';
import type { Store } from '../store.ts';
import { aBy, aSession, aUser, DAY, MINUTE, newId, START } from './builders.ts';
import { type ContractCase, present, refused } from './contract-case.ts';

/** A token as an older program gave it out: it begins with no other. */
const alone = (hash: string) => ({ hash, firstHash: hash });

async function signedIn(store: Store, at = START) {
  const user = aUser();
  await store.users.add(user, aBy());
  const session = aSession(user);
  await store.sessions.open(session, aBy({ at }));
  return { user, session };
}

export const sessionCases: ContractCase[] = [
  {
    name: 'an opened session is listed and its bearer live, until it is revoked',
    run: async (store) => {
      const { sessions } = store;
      const { user, session } = await signedIn(store);
      const stranger = await signedIn(store);
      assert.deepEqual(
        (await sessions.list(user.id, START)).map(({ id }) => id),
        [session.id],
      );
      const bearer = await present(sessions.bearer(user.id, session.id));
      assert.deepEqual([bearer.live, bearer.user.id, bearer.user.lastLogin], [true, user.id, START]);
      assert.equal((await present(sessions.bearer(user.id, stranger.session.id))).live, false);
      assert.equal(await sessions.bearer(newId(), session.id), null);
      await refused(sessions.revoke(stranger.user.id, session.id, aBy()), 'session_not_found');
      assert.equal((await present(sessions.bearer(user.id, session.id))).live, true);
      await sessions.revoke(user.id, session.id, aBy());
      assert.equal((await present(sessions.bearer(user.id, session.id))).live, false);
      assert.deepEqual(await sessions.list(user.id, START), []);
      await refused(sessions.revoke(user.id, session.id, aBy()), 'session_not_found');
    },
  },
  {
    name: 'a session is not opened on a password that was changed meanwhile',
    run: async ({ users, sessions }) => {
      const user = aUser();
      await users.add(user, aBy());
      await users.change(user.id, { passwordHash: 'another' }, aBy());
      await refused(sessions.open(aSession(user), aBy()), 'login_failed');
      assert.deepEqual(await sessions.list(user.id, START), []);
    },
  },
  {
    name: 'an expired session is listed no more',
    run: async (store) => {
      const { user, session } = await signedIn(store);
      assert.equal((await store.sessions.list(user.id, session.expiresAt - 1)).length, 1);
      assert.equal((await store.sessions.list(user.id, session.expiresAt)).length, 0);
    },
  },
  {
    name: 'a refresh token is swapped; two tabs in one moment both get through; later reuse ends the family',
    run: async (store) => {
      const { sessions } = store;
      const { user, session } = await signedIn(store);
      const rotate = async (hash: string, next: string, at: number) =>
        (await sessions.rotate(alone(hash), next, aBy({ at }))).value;
      const first = await rotate(session.refreshHash, 'second-token', START + MINUTE);
      assert.equal(first.outcome, 'rotated');
      assert.equal('user' in first && first.user.id, user.id);
      const tab = await rotate(session.refreshHash, 'second-tab', START + MINUTE + 10_000);
      assert.equal(tab.outcome, 'sibling');
      for (const [hash, next] of [
        ['second-token', 'third'],
        ['second-tab', 'third-tab'],
      ] as const) {
        assert.equal((await rotate(hash, next, START + 2 * MINUTE)).outcome, 'rotated');
      }
      assert.equal((await rotate('never-made', 'x', START)).outcome, 'unknown');
      assert.equal((await rotate(session.refreshHash, 'thief', START + 5 * MINUTE)).outcome, 'reused');
      assert.equal((await present(sessions.bearer(user.id, session.id))).live, false);
      assert.notEqual((await rotate('third', 'fourth', START + 5 * MINUTE)).outcome, 'rotated');
    },
  },
  {
    name: 'of an account that nobody appointed what was used longest ago falls away; of others nothing does',
    run: async ({ users, sessions }) => {
      const { sessions: most, addresses } = KEPT_OF_STRANGERS;
      const open = async (appointed: boolean) => {
        const user = aUser({ appointed });
        await users.add(user, aBy());
        const address = (n: number): string => `198.51.100.${n}`;
        const made = Array.from({ length: most + 1 }, (_, n) => aSession(user, { address: address(n) }));
        const of = (n: number) => made[n] as NewSession;
        const openOne = (n: number) => sessions.open(of(n), aBy({ at: START + n * MINUTE }));
        // Side by side, but for the last: the first was used again before it.
        await Promise.all(Array.from({ length: most }, (_, n) => openOne(n)));
        await sessions.rotate(alone(of(0).refreshHash), newId(), aBy({ at: START + DAY }));
        await openOne(most);
        const isLive = async (n: number) => (await present(sessions.bearer(user.id, of(n).id))).live;
        const isKnown = (n: number) => sessions.isKnownAddress(user.id, address(n), START + DAY);
        const { value } = await sessions.rotate(alone(of(1).refreshHash), newId(), aBy({ at: START + DAY }));
        return {
          live: await Promise.all([0, 1, 2, most].map(isLive)),
          known: await Promise.all([most - addresses, most].map(isKnown)),
          token: value.outcome,
        };
      };
      assert.deepEqual(await open(false), {
        live: [true, false, true, true],
        known: [false, true],
        token: 'unknown',
      });
      assert.deepEqual(await open(true), {
        live: [true, true, true, true],
        known: [true, true],
        token: 'rotated',
      });
    },
  },
  {
    name: 'of a session the oldest tokens of an older program are forgotten, the others tell a thief',
    run: async (store) => {
      const { sessions } = store;
      const { user, session } = await signedIn(store);
      const hashes = [session.refreshHash, ...Array.from({ length: TOKENS_KEPT_OF_SESSION }, newId)];
      const rotate = async (n: number, next: string, at: number) =>
        (await sessions.rotate(alone(hashes[n] as string), next, aBy({ at }))).value.outcome;
      for (const [n, next] of hashes.slice(1).entries())
        assert.equal(await rotate(n, next, START + (n + 1) * MINUTE), 'rotated');
      assert.equal(await rotate(0, newId(), START + DAY), 'unknown');
      assert.equal((await present(sessions.bearer(user.id, session.id))).live, true);
      assert.equal(await rotate(1, newId(), START + DAY), 'reused');
      assert.equal((await present(sessions.bearer(user.id, session.id))).live, false);
    },
  },
  {
    name: 'a token that begins with the first of its session tells a thief however long ago it was used',
    run: async (store) => {
      const { sessions } = store;
      const follow = async () => {
        const { user, session } = await signedIn(store);
        const of = (n: number) => ({
          hash: n === 0 ? session.refreshHash : `${session.refreshHash}.${n}`,
          firstHash: session.refreshHash,
        });
        const rotate = async (n: number, next: number, at: number) =>
          (await sessions.rotate(of(n), of(next).hash, aBy({ at }))).value.outcome;
        // Of two tabs at once one goes on; the other waits.
        assert.equal(await rotate(0, 1, START + MINUTE), 'rotated');
        assert.equal(await rotate(0, 1000, START + MINUTE), 'sibling');
        const many = TOKENS_KEPT_OF_SESSION + 20;
        for (let n = 1; n < many; n++) assert.equal(await rotate(n, n + 1, START + n * MINUTE), 'rotated');
        const isLive = async () => (await present(sessions.bearer(user.id, session.id))).live;
        return { rotate, of, many, isLive };
      };
      const [first, second, third] = await Promise.all([follow(), follow(), follow()]);
      assert.equal(await first.rotate(1000, 1001, START + DAY), 'rotated');
      assert.equal(await first.isLive(), true);
      for (const [{ rotate, isLive, many }, old] of [
        [first, 5],
        [second, 0],
      ] as const) {
        assert.equal(await rotate(old, 2000, START + DAY), 'reused');
        assert.equal(await isLive(), false);
        assert.equal(await rotate(many, 2001, START + DAY), 'unknown');
      }
      await sessions.signOut({ bearer: null, refresh: third.of(5) }, aBy());
      assert.equal(await third.isLive(), false);
    },
  },
  {
    name: 'a refresh token ends with its session’s time',
    run: async (store) => {
      const { session } = await signedIn(store);
      const late = aBy({ at: session.expiresAt + DAY });
      const { value } = await store.sessions.rotate(alone(session.refreshHash), 'late', late);
      assert.equal(value.outcome, 'expired');
    },
  },
  {
    name: 'signing out everywhere ends every session and every token without one',
    run: async (store) => {
      const { user, session } = await signedIn(store);
      const other = await signedIn(store);
      assert.equal((await present(store.sessions.bearer(user.id, null))).live, true);
      await store.sessions.revokeAll(user.id, aBy());
      assert.equal((await present(store.sessions.bearer(user.id, session.id))).live, false);
      assert.equal((await present(store.sessions.bearer(user.id, null))).live, false);
      assert.equal((await present(store.sessions.bearer(other.user.id, other.session.id))).live, true);
    },
  },
  {
    name: 'an account that is signed in at many places is signed out of all of them, and can be disabled',
    run: async (store) => {
      const { user } = await signedIn(store);
      const openMany = async (): Promise<void> => {
        for (let n = 0; n < 20; n++) await store.sessions.open(aSession(user), aBy());
      };
      await openMany();
      await store.sessions.revokeAll(user.id, aBy());
      assert.deepEqual(await store.sessions.list(user.id, START), []);
      await openMany();
      await store.users.change(user.id, { isActive: false }, aBy());
      assert.deepEqual(await store.sessions.list(user.id, START), []);
    },
  },
  {
    name: 'ten guesses in fifteen minutes an account, also at once; a known address has its own count',
    run: async (store) => {
      const { sessions } = store;
      const { user } = await signedIn(store);
      const attempt = async (address: string, at = START, account = user.id) =>
        (await sessions.takeAttempt({ id: newId(), account, address }, aBy({ at }))).value;
      const guesses = await Promise.all(Array.from({ length: 14 }, (_, n) => attempt(`198.51.100.${n}`)));
      assert.equal(guesses.filter(({ allowed }) => allowed).length, 10);
      const known = '192.0.2.1';
      assert.equal(await sessions.isKnownAddress(user.id, known, START), true);
      assert.equal(await sessions.isKnownAddress(user.id, '198.51.100.1', START), false);
      assert.equal((await attempt(known)).allowed, true);
      assert.equal((await attempt('198.51.100.99', START, 'another account')).allowed, true);
      const blocked = await attempt('198.51.100.99', START + MINUTE);
      assert.deepEqual(blocked, { allowed: false, retryAfterSeconds: 14 * 60 });
      assert.equal((await attempt('198.51.100.99', START + 15 * MINUTE)).allowed, true);
    },
  },
  {
    name: 'an address that was not used for a year is a stranger’s again',
    run: async (store) => {
      const { sessions } = store;
      const { user } = await signedIn(store);
      const address = '192.0.2.1';
      const late = START + 365 * DAY;
      assert.equal(await sessions.isKnownAddress(user.id, address, late), true);
      assert.equal(await sessions.isKnownAddress(user.id, address, late + 1), false);
      const attempt = async (from: string, at: number) =>
        (await sessions.takeAttempt({ id: newId(), account: user.id, address: from }, aBy({ at }))).value;
      for (let n = 0; n < 10; n++) await attempt('198.51.100.1', late);
      assert.equal((await attempt(address, late)).allowed, true);
      assert.equal((await attempt(address, late + 1)).allowed, false);
    },
  },
  {
    name: 'a login that succeeded is no guess',
    run: async (store) => {
      const { sessions } = store;
      const { user } = await signedIn(store);
      for (let n = 0; n < 12; n++) {
        const id = newId();
        const input = { id, account: user.id, address: '192.0.2.1' };
        assert.equal((await sessions.takeAttempt(input, aBy({ at: START }))).value.allowed, true);
        await sessions.open(aSession(user, { attemptId: id }), aBy({ at: START }));
      }
    },
  },
  {
    name: 'an attempt taken off the count is none',
    run: async (store) => {
      const { sessions } = store;
      const { user } = await signedIn(store);
      for (let n = 0; n < 12; n++) {
        const id = newId();
        const input = { id, account: user.id, address: '192.0.2.1' };
        assert.equal((await sessions.takeAttempt(input, aBy({ at: START }))).value.allowed, true);
        await sessions.forgetAttempt(id, aBy({ at: START }));
      }
      await sessions.forgetAttempt(newId(), aBy());
    },
  },
  {
    name: 'a journalled sign-in tells from where and after how many failures; any other tells nothing',
    run: async ({ users, sessions, journal }) => {
      const user = aUser();
      await users.add(user, aBy());
      const position = await journal.position();
      await sessions.open(aSession(user), aBy());
      assert.equal(await journal.position(), position);
      const [wrong, right] = [newId(), newId()];
      for (const id of [wrong, right])
        await sessions.takeAttempt({ id, account: user.id, address: '198.51.100.7' }, aBy({ at: START }));
      const session = aSession(user, { attemptId: right, address: '198.51.100.7', isJournalled: true });
      await sessions.open(session, aBy({ at: START }));
      const [entry] = await journal.list({}, 1);
      assert.equal(entry?.action, 'user.signed_in');
      assert.deepEqual(entry?.subject, { type: 'user', id: user.id });
      assert.deepEqual(entry?.after, { address: '198.51.100.7', secondStep: null, failuresBefore: 1 });
      assert.equal(await journal.position(), position + 1);
    },
  },
  {
    name: 'a download ticket is good for one path, once, in its time',
    run: async (store) => {
      const { sessions } = store;
      const { user, session } = await signedIn(store);
      const add = (hash: string) =>
        sessions.addTicket(
          { hash, userId: user.id, sessionId: session.id, path: '/a.csv', expiresAt: START + MINUTE },
          aBy({ at: START }),
        );
      const use = async (hash: string, path: string, keep: boolean, at: number) =>
        (await sessions.takeTicket({ hash, path, keep }, aBy({ at }))).value?.id ?? null;
      const take = (hash: string, path: string, at = START) => use(hash, path, false, at);
      await add('one');
      assert.equal(await use('one', '/a.csv', true, START), user.id);
      assert.equal(await take('one', '/b.csv'), null);
      const taken = await Promise.all([take('one', '/a.csv'), take('one', '/a.csv')]);
      assert.deepEqual(taken.toSorted(), [user.id, null].toSorted());
      await add('two');
      assert.equal(await take('two', '/a.csv', START + MINUTE), null);
      await add('three');
      await sessions.revoke(user.id, session.id, aBy());
      assert.equal(await take('three', '/a.csv'), null);
      assert.equal(await take('never made', '/a.csv'), null);
    },
  },
];
