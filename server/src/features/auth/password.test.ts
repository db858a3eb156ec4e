// Hashes of passwords: today's form, the older backend's, and everything that is none.

import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { describe, it } from 'node:test';
import { HASHES, PASSWORD } from '../../../test/accounts.ts';
import { hashPassword, isOutdatedHash, verifyPassword } from './password.ts';

const randomText = (length: number, alphabet: string) =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

describe('password', () => {
  it('hashes with argon2id in the PHC form, each time with another salt', async () => {
    const [a, b] = await Promise.all([
      hashPassword('अंगूठी १२३', randomText),
      hashPassword('अंगूठी १२३', randomText),
    ]);
    assert.match(a, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{30}\$[A-Za-z0-9+/]{43}$/);
    assert.notEqual(a, b);
    assert.equal(await verifyPassword('अंगूठी १२३', a), true);
    assert.equal(await verifyPassword('अंगूठी १२', a), false);
    assert.equal(isOutdatedHash(a), false);
  });

  it('verifies the hashes of the older backend, which are to be replaced', async () => {
    for (const hash of [HASHES.scrypt, HASHES.pbkdf2]) {
      assert.equal(await verifyPassword(PASSWORD, hash), true, hash);
      assert.equal(await verifyPassword(`${PASSWORD} `, hash), false, hash);
      assert.equal(isOutdatedHash(hash), true);
    }
  });

  it('never verifies what is no hash, or a hash dearer than any that was written', async () => {
    const key = 'ab'.repeat(64);
    const strange = [
      '',
      'none',
      PASSWORD,
      `scrypt:32768:8:1$$${key}`,
      `scrypt:32767:8:1$salt$${key}`,
      `scrypt:1048576:64:16$salt$${key}`,
      `scrypt:32768:8:1$salt$${key.slice(2)}`,
      `scrypt:0:0:0$salt$${key}`,
      `pbkdf2:sha256:0$salt$${key.slice(64)}`,
      `pbkdf2:sha256:9999999$salt$${key.slice(64)}`,
      `pbkdf2:sha1:1000$salt$${key.slice(64)}`,
      `pbkdf2:sha256$salt$${key.slice(64)}`,
      '$argon2id$v=19$m=9999999,t=2,p=1$QUJDREVGR0hJSktMTU5PUFFSU1RVVg$Jj+TYWm1/9c6SGwWbBHzJAUV8toYE6g8hf+DHuIrDxA',
      '$argon2id$v=19$m=19456,t=2,p=0$QUJDREVGR0hJSktMTU5PUFFSU1RVVg$Jj+TYWm1/9c6SGwWbBHzJAUV8toYE6g8hf+DHuIrDxA',
      '$argon2id$v=19$m=19456,t=2,p=1$QUI$QUI',
      HASHES.argon2id.slice(0, -1),
      '$2b$12$KIXQ4c1Zc3rS1o6r9h2OeO2jJf6J7h5Vq3yqQH8nB1mC0dE9fGhIj',
    ];
    for (const stored of strange) assert.equal(await verifyPassword(PASSWORD, stored), false, stored);
  });

  it('spends an argon2id also where there is no account or no hash', async () => {
    // A quarter of what a real one costs here is a floor that no shortcut reaches.
    const cost = async (stored: string | null) => {
      const start = performance.now();
      await verifyPassword('wrong password', stored);
      return performance.now() - start;
    };
    const real = Math.min(await cost(HASHES.argon2id), await cost(HASHES.argon2id));
    assert.ok((await cost(null)) > real / 4);
    assert.ok((await cost('garbage')) > real / 4);
  });
});
