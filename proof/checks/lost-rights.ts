import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { check, type Finding, type Stage } from '../check.ts';
import { type Account, addAccount, PASSWORD } from '../drive/accounts.ts';
import { type Client, dataOf } from '../drive/client.ts';
import { childrenOf, holderOf } from '../drive/process-facts.ts';
import { mongodMissing, startReplicaSet } from '../drive/replica-set.ts';
import { type OpenShop, openShop } from '../drive/shop.ts';

/** Connections of each account, at least; as many more as it takes until each worker has one, and no more than these. */
const DEVICES = 4;
const MOST_DEVICES = 100;
/** A worker may still be starting while another serves. */
const BETWEEN_MS = 100;
const WORKERS = 2;
const ELSEWHERE_WITHIN_MS = 1000;

interface Size {
  times: number;
  /** On another machine, where there is a replica set. */
  elsewhere: number;
}

/** R20: a right that was taken away is gone at the next request, whichever worker takes it. */
export const lostRights = check<Size>({
  id: 'R20',
  what: 'Role lowered, account disabled, password changed, signed out: refused at once on every worker, and on another machine',
  asked: '100 of 100 refused at once on every worker of a machine, within 1 s on others',
  full: { times: 100, elsewhere: 12 },
  quick: { size: { times: 12, elsewhere: 0 }, reduced: '12 of 100, on one machine' },
  control: {
    defect: 'accounts of a moment ago',
    size: { times: 4, elsewhere: 0 },
    red: /was still answered 200/,
  },
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

async function run(stage: Stage, { times, elsewhere }: Size): Promise<Finding> {
  const shop = await openShop(stage, { workers: WORKERS });
  const problems: string[] = [];
  let refused = 0;
  for (let time = 0; time < times; time++) {
    const [name, lose] = Object.entries(LOSSES)[time % 4] as [string, Loss];
    const account = await addAccount(shop.owner);
    const devices = await devicesOnEachWorker(shop, account, problems);
    const due = await lose(shop, account, account.client);
    const after = await Promise.all(devices.map((device) => device.get('/api/customers')));
    const wrong = after.filter(({ status }) => status !== due);
    if (wrong.length === 0) refused++;
    for (const { status } of wrong) problems.push(`time ${time}: ${name}, and was still answered ${status}`);
    for (const device of [...devices, account.client]) device.close();
  }
  await shop.close();
  const far = elsewhere > 0 && mongodMissing() === null ? await onOtherMachine(stage, elsewhere) : null;
  problems.push(...(far?.problems ?? []));
  const unseen = elsewhere > 0 ? '; another machine: needs mongod' : '';
  const others = far === null ? unseen : `; on another machine within ${Math.round(far.slowestMs)} ms`;
  const reached = `${refused} of ${times} refused at once on connections to each of ${WORKERS} workers${others}`;
  return { reached, work: times, floor: times, problems };
}

/** Each has made a request, so that its connection is with a worker by now. */
async function devicesOnEachWorker(shop: OpenShop, account: Account, problems: string[]): Promise<Client[]> {
  const [program] = shop.programs;
  const workers = childrenOf(program?.pid ?? 0);
  const port = Number(new URL(shop.owner.origin).port);
  const devices: Client[] = [];
  const reached = new Set<number | null>();
  while (devices.length < DEVICES || (reached.size < WORKERS && devices.length < MOST_DEVICES)) {
    if (devices.length >= DEVICES) await sleep(BETWEEN_MS);
    const device = shop.client();
    device.token = account.client.token;
    const { status, localPort } = await device.get('/api/customers');
    if (status !== 200) problems.push(`${account.username} could not read beforehand: ${status}`);
    devices.push(device);
    reached.add(holderOf(workers, port, localPort ?? 0));
  }
  reached.delete(null);
  if (reached.size < WORKERS) problems.push(`connections came to ${reached.size} of ${WORKERS} workers`);
  return devices;
}

/** Two programs on one replica set, as on two machines: what one takes away the other refuses a moment later. */
async function onOtherMachine(
  stage: Stage,
  times: number,
): Promise<{ slowestMs: number; problems: string[] }> {
  const servers = await startReplicaSet(stage.folder);
  const problems: string[] = [];
  let slowestMs = 0;
  try {
    const environment = servers.environment('lost_rights');
    const here = await openShop(stage, { dataDir: join(stage.folder, 'here'), environment });
    const there = await openShop(stage, { dataDir: join(stage.folder, 'there'), environment });
    for (let time = 0; time < times; time++) {
      const [name, lose] = Object.entries(LOSSES)[time % 4] as [string, Loss];
      const account = await addAccount(here.owner);
      const device = there.client();
      device.token = account.client.token;
      const { status } = await device.get('/api/customers');
      if (status !== 200) problems.push(`elsewhere ${time}: could not read beforehand: ${status}`);
      const due = await lose(here, account, account.client);
      const from = performance.now();
      while ((await device.get('/api/customers')).status !== due) {
        if (performance.now() - from > ELSEWHERE_WITHIN_MS) break;
        await sleep(20);
      }
      const took = performance.now() - from;
      slowestMs = Math.max(slowestMs, took);
      if (took > ELSEWHERE_WITHIN_MS) problems.push(`elsewhere ${time}: ${name}, and was not refused in 1 s`);
      device.close();
      account.client.close();
    }
    await here.close();
    await there.close();
  } finally {
    await servers.stop();
  }
  return { slowestMs, problems };
}
