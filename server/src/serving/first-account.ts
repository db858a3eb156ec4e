import type { Config } from '../config.ts';
import { adminProblems, ConfigRefused } from '../config.ts';
import { ShopError } from '../domain/shop-error.ts';
import { readNewAccount } from '../features/auth/account-input.ts';
import { hashPassword } from '../features/auth/password.ts';
import { newSetupCode } from '../features/setup/setup-code.ts';
import type { Shop } from '../http/shop.ts';
import { systemBy } from '../http/system-by.ts';

type Owner = NonNullable<Config['admin']>;
type Site = Pick<Shop, 'store' | 'now' | 'newId' | 'randomText'>;

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
export async function prepareFirstAccount(shop: Site, config: Config): Promise<FirstAccount> {
  if ((await shop.store.users.count()) > 0) return { made: null, setupCode: null };
  if (config.admin !== null) {
    const { username } = config.admin;
    const isMade = await addOwner(shop, checked(config.admin));
    return { made: isMade ? { username, password: null } : null, setupCode: null };
  }
  if (!config.DEMO) return { made: null, setupCode: newSetupCode(shop.randomText) };
  const password = shop.randomText(PASSWORD_LENGTH, PASSWORD_ALPHABET);
  const isMade = await addOwner(shop, { ...SAMPLE_OWNER, password });
  return { made: isMade ? { username: SAMPLE_OWNER.username, password } : null, setupCode: null };
}

function checked(owner: Owner): Owner {
  const problems = adminProblems(owner);
  if (problems.length > 0) throw new ConfigRefused(problems);
  return readNewAccount(owner);
}

/** False where another machine, started at the same time, was quicker. */
async function addOwner(shop: Site, { username, email, password }: Owner): Promise<boolean> {
  const passwordHash = await hashPassword(password, shop.randomText);
  try {
    await shop.store.users.addFirst(
      { id: shop.newId(), username, email, passwordHash, role: 'admin', permissions: [], appointed: true },
      systemBy(shop, 'first start'),
    );
    return true;
  } catch (error) {
    if (error instanceof ShopError && error.code === 'setup_closed') return false;
    throw error;
  }
}
