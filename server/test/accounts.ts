// Accounts with a known password, for tests. Their hashes cost next to nothing, as all that a test shop makes; those of
// the full cost are made beforehand.

import { STAFF_PERMISSIONS } from '../src/domain/permissions.ts';
import type { NewUser, User } from '../src/domain/user.ts';
import { hashPassword } from '../src/features/auth/password.ts';
import { type Answer, QUICK_HASHES, type TestShop } from './test-shop.ts';

export const PASSWORD = 'correct horse';

/** Of PASSWORD, in every form that is accepted; the older two were made by another program. */
export const HASHES = {
  argon2id:
    '$argon2id$v=19$m=19456,t=2,p=1$QUJDREVGR0hJSktMTU5PUFFSU1RVVg$Jj+TYWm1/9c6SGwWbBHzJAUV8toYE6g8hf+DHuIrDxA',
  scrypt:
    'scrypt:32768:8:1$saltsaltसalt16$8a394808a698f72094585744558b07b742d69523b4d2abfbcf8ae0348c1bbe2ab9dc10d053219a4b6e4c3a68072a6fbc42e5ab0ba14f16d2e63ddcf28545f907',
  pbkdf2:
    'pbkdf2:sha256:260000$abcdEFGH12345678$fb014ee510b564b2c94cf0d366f8b7a6600eed72c4e0e0814249ea80b4335042',
};

const QUICK_HASH = await hashPassword(PASSWORD, () => 'salt of the tests', QUICK_HASHES);

/** An appointed staff account whose password is PASSWORD. */
export async function addAccount(shop: TestShop, overrides: Partial<NewUser> = {}): Promise<User> {
  const id = shop.shop.newId();
  const input: NewUser = {
    id,
    username: `staff_${id.slice(-10)}`,
    email: `${id}@example.com`,
    passwordHash: QUICK_HASH,
    role: 'staff',
    permissions: [...STAFF_PERMISSIONS],
    appointed: true,
    ...overrides,
  };
  return (await shop.shop.store.users.add(input, shop.by())).value;
}

export function logIn(
  shop: TestShop,
  username: string,
  options: { password?: string; totp?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { password = PASSWORD, totp, headers = {} } = options;
  const body = { username, password, ...(totp === undefined ? {} : { totp }) };
  return shop.send('POST', '/api/auth/login', { token: null, body, headers });
}
