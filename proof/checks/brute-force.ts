import { join } from 'node:path';
import { check, type Finding, type Stage } from '../check.ts';
import { addAccount, PASSWORD } from '../drive/accounts.ts';
import { Client } from '../drive/client.ts';
import { type OpenShop, openShop } from '../drive/shop.ts';

const MOST_GUESSES = 10;
const AFTER_RESTART = 20;

/** R23: a network of machines gets no more guesses than one machine, and a restart brings it no new ones. */
export const bruteForce = check<{ addresses: number }>({
  id: 'R23',
  what: 'Guessing a password from 1,000 source addresses, and again after a restart',
  asked: '<= 10 guesses per account per 15 min; survives restart',
  full: { addresses: 1000 },
  quick:
    'fourteen seconds with its control; login.test.ts has the rule, from many addresses and after a restart',
  control: { defect: 'a hundred guesses', size: { addresses: 14 }, red: /guesses at/ },
  run,
});

async function run(stage: Stage, { addresses }: { addresses: number }): Promise<Finding> {
  const wish = { dataDir: join(stage.folder, 'data'), environment: { LOGIN_THROTTLE: 'on' } };
  let shop = await openShop(stage, wish);
  const { username } = await addAccount(shop.owner);
  const problems: string[] = [];
  const names = { 'an account': username, 'the owner': 'owner', 'a name that nobody has': 'nobody_here' };
  const taken: string[] = [];
  let asked = 0;
  for (const [who, name] of Object.entries(names)) {
    const guesses = await guess(shop, name, 0, addresses);
    asked += addresses;
    taken.push(`${guesses}`);
    if (guesses > MOST_GUESSES) problems.push(`${guesses} guesses at ${who} from ${addresses} addresses`);
    if (guesses < 1) problems.push(`no guess at ${who} was looked at: the first one should be`);
  }
  await shop.close();
  shop = await openShop(stage, wish).catch((error: Error) => {
    throw new Error(`the owner, from the address that he always signs in at, is kept out: ${error.message}`);
  });
  const later = await guess(shop, username, addresses, AFTER_RESTART);
  if (later > 0) problems.push(`${later} more guesses at an account after a restart`);
  // The right password from a strange address waits too; from where he signed in before he gets in.
  const at = await signInFrom(shop, username, PASSWORD, '127.0.0.1');
  if (at !== 200) problems.push(`the clerk himself, from where he signed in before, was answered ${at}`);
  await shop.close();
  const reached = `${taken.join(', ')} guesses at three names from ${addresses} addresses each, ${later} after a restart`;
  return { reached, work: asked, floor: addresses * 3, problems };
}

/** How many of the tries were looked at (401) rather than turned away (429). */
async function guess(shop: OpenShop, username: string, first: number, count: number): Promise<number> {
  let looked = 0;
  const statuses = await inBatches(count, 8, (index) => {
    const number = first + index;
    return signInFrom(
      shop,
      username,
      `guess ${number}`,
      `127.1.${Math.floor(number / 250)}.${(number % 250) + 1}`,
    );
  });
  for (const status of statuses) {
    if (status === 401) looked++;
    else if (status !== 429) throw new Error(`a guess was answered ${status}`);
  }
  return looked;
}

async function signInFrom(shop: OpenShop, username: string, password: string, from: string): Promise<number> {
  const client = new Client(shop.owner.origin);
  const { status } = await client.post('/api/auth/login', { username, password }, { from });
  client.close();
  return status;
}

async function inBatches(
  count: number,
  size: number,
  one: (index: number) => Promise<number>,
): Promise<number[]> {
  const all: number[] = [];
  for (let at = 0; at < count; at += size) {
    const length = Math.min(size, count - at);
    all.push(...(await Promise.all(Array.from({ length }, (_, index) => one(at + index)))));
  }
  return all;
}
