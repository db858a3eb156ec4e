import { check, type Finding, type Stage } from '../check.ts';
import { type Account, addAccount, PASSWORD } from '../drive/accounts.ts';
import { type Client, dataOf } from '../drive/client.ts';
import { type OpenShop, openShop } from '../drive/shop.ts';

/** Connections of each account: enough that each worker has some. */
const DEVICES = 4;

/** R20: a right that was taken away is gone at the next request, whichever worker takes it. */
export const lostRights = check<{ times: number }>({
  id: 'R20',
  what: 'Role lowered, account disabled, password changed, signed out: refused at once on every worker',
  asked: '100 of 100 refused at once on every worker of a machine',
  full: { times: 100 },
  quick: { size: { times: 12 }, reduced: '12 of 100' },
  control: { defect: 'accounts of a moment ago', size: { times: 4 }, red: /was still answered 200/ },
  run,
});

type Loss = (shop: OpenShop, account: Account, device: Client) => Promise<number>;

const LOSSES: Record<string, Loss> = {
  'role lowered': async ({ owner }, { id }) => {
    dataOf(await owner.put(`/api/users/${id}`, { role: 'user' }));
    return 403;
  },
  'account disabled': async ({ owner }, { id }) => {
    dataOf(await owner.put(`/api/users/${id}`, { is_active: false }));
    return 401;
  },
  'password changed': async ({ owner }, { id }) => {
    dataOf(await owner.put(`/api/users/${id}`, { password: `${PASSWORD} new` }));
    return 401;
  },
  'signed out': async (_shop, _account, device) => {
    const answer = await device.post('/api/auth/logout', {});
    if (answer.status !== 200) throw new Error(`signing out was answered ${answer.status}`);
    return 401;
  },
};

async function run(stage: Stage, { times }: { times: number }): Promise<Finding> {
  const shop = await openShop(stage, { workers: 2 });
  const problems: string[] = [];
  let refused = 0;
  for (let time = 0; time < times; time++) {
    const [name, lose] = Object.entries(LOSSES)[time % 4] as [string, Loss];
    const account = await addAccount(shop.owner);
    const devices = Array.from({ length: DEVICES }, () => shop.client());
    for (const device of devices) device.token = account.client.token;
    const before = await Promise.all(devices.map((device) => device.get('/api/customers')));
    if (before.some(({ status }) => status !== 200)) problems.push(`time ${time}: could not read beforehand`);
    const due = await lose(shop, account, account.client);
    const after = await Promise.all(devices.map((device) => device.get('/api/customers')));
    const wrong = after.filter(({ status }) => status !== due);
    if (wrong.length === 0) refused++;
    for (const { status } of wrong) problems.push(`time ${time}: ${name}, and was still answered ${status}`);
    for (const device of [...devices, account.client]) device.close();
  }
  await shop.close();
  const reached = `${refused} of ${times} refused at once on ${DEVICES} connections`;
  return { reached, work: times, floor: times, problems };
}
