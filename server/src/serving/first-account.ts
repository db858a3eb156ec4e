import type { Config } from '../config.ts';
import { adminProblems, ConfigRefused } from '../config.ts';
import { readNewAccount } from '../features/auth/account-input.ts';
import { hashPassword } from '../features/auth/password.ts';
import { newSetupCode } from '../features/setup/setup-code.ts';
import type { Shop } from '../http/shop.ts';
import { systemBy } from '../http/system-by.ts';

type Owner = NonNullable<Config['admin']>;

/** A sign-in that was made just now and is shown once. */
export interface FirstAccount {
  /** The account made just now; its password is shown only where nobody chose it. */
  made: { username: string; password: string | null } | null;
  /** Opens the set-up page where there is no account. */
  setupCode: string | null;
}

const SAMPLE_OWNER = { username: 'owner', email: 'owner@example.com' };
const PASSWORD_LENGTH = 12;
/** Without letters and digits that look alike on a terminal. */
const PASSWORD_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/**
 * On a store without accounts: makes the ADMIN_* account, or the owner of a sample shop, or else a set-up code. Refuses
 * (ConfigRefused) an ADMIN_* account that sign-up would refuse.
 */
export async function prepareFirstAccount(shop: Shop, config: Config): Promise<FirstAccount> {
  if ((await shop.store.users.count()) > 0) return { made: null, setupCode: null };
  if (config.admin !== null) {
    await addOwner(shop, checked(config.admin));
    return { made: { username: config.admin.username, password: null }, setupCode: null };
  }
  if (!config.DEMO) return { made: null, setupCode: newSetupCode(shop.randomText) };
  const password = shop.randomText(PASSWORD_LENGTH, PASSWORD_ALPHABET);
  await addOwner(shop, { ...SAMPLE_OWNER, password });
  return { made: { username: SAMPLE_OWNER.username, password }, setupCode: null };
}

function checked(owner: Owner): Owner {
  const problems = adminProblems(owner);
  if (problems.length > 0) throw new ConfigRefused(problems);
  return readNewAccount(owner);
}

async function addOwner(shop: Shop, { username, email, password }: Owner): Promise<void> {
  const passwordHash = await hashPassword(password, shop.randomText);
  await shop.store.users.addFirst(
    { id: shop.newId(), username, email, passwordHash, role: 'admin', permissions: [], appointed: true },
    systemBy(shop, 'first start'),
  );
}
