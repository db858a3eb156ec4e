import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { newTestFolder } from '../../../../test/test-database.ts';
import { aBy, aSession, aUser, START } from '../../contract-suite/builders.ts';
import { present } from '../../contract-suite/contract-case.ts';
import type { Store } from '../../store.ts';
import { openSqliteStore } from '../sqlite-store.ts';

describe('the account behind a token, asked for again and again', () => {
  let folder: string;
  let here: Store;
  /** Writes through a connection of its own, as another process does. */
  let elsewhere: Store;

  beforeEach(async () => {
    folder = newTestFolder();
    const onDeath = (error: Error): never => {
      throw error;
    };
    here = await openSqliteStore({ dataDir: folder, now: START, onDeath });
    elsewhere = await openSqliteStore({ dataDir: folder, now: START, onDeath });
  });
  afterEach(async () => {
    await here.close();
    await elsewhere.close();
    rmSync(folder, { recursive: true });
  });

  it('is disabled, lowered and signed out at the very next question, whoever changed it', async () => {
    for (const writer of [here, elsewhere]) {
      const user = aUser({ role: 'staff', permissions: ['khata.post'] });
      const session = aSession(user);
      const ask = () => present(here.sessions.bearer(user.id, session.id));
      assert.equal(await here.sessions.bearer(user.id, session.id), null);
      await writer.users.add(user, aBy());
      assert.equal((await ask()).live, false);
      await writer.sessions.open(session, aBy());
      assert.equal((await ask()).live, true);
      assert.deepEqual((await ask()).user.permissions, ['khata.post']);
      await writer.users.change(user.id, { permissions: [] }, aBy());
      assert.deepEqual((await ask()).user.permissions, []);
      await writer.users.change(user.id, { isActive: false }, aBy());
      assert.equal((await ask()).user.isActive, false);
      await writer.sessions.revokeAll(user.id, aBy());
      assert.equal((await ask()).live, false);
    }
  });

  it('is the same one as long as nothing about it changed, whatever else did', async () => {
    const user = aUser({ role: 'staff' });
    const session = aSession(user);
    await here.users.add(user, aBy());
    await here.sessions.open(session, aBy());
    const ask = () => present(here.sessions.bearer(user.id, session.id));
    const first = await ask();
    await elsewhere.users.add(aUser(), aBy());
    assert.equal(await ask(), first);
    for (const [totpRoles, owes] of [
      [['staff'], true],
      [[], false],
    ] as const) {
      await elsewhere.settings.change({ totpRoles: [...totpRoles] }, null, aBy());
      assert.equal((await ask()).owesSecondFactor, owes);
    }
    await elsewhere.users.changePreferences(user.id, { theme: 'dark' }, aBy());
    assert.equal((await ask()).user.preferences.theme, 'dark');
    assert.notEqual(await ask(), first);
  });

  it('is not the one of another session or of a token without one, and cannot be changed by who asked', async () => {
    const user = aUser();
    const session = aSession(user);
    await here.users.add(user, aBy());
    await here.sessions.open(session, aBy());
    const live = async (id: string | null) => (await present(here.sessions.bearer(user.id, id))).live;
    for (const round of [1, 2]) {
      assert.deepEqual(
        [await live(null), await live(''), await live('no such session'), await live(session.id)],
        [true, false, false, true],
        `round ${round}`,
      );
    }
    const bearer = await present(here.sessions.bearer(user.id, session.id));
    assert.throws(() => Object.assign(bearer.user, { role: 'admin' }), TypeError);
  });
});
