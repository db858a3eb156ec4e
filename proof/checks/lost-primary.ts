import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { check, type Finding, type Stage } from '../check.ts';
import { isDone } from '../drive/client.ts';
import { ClientRecord, compareStored } from '../drive/record.ts';
import { mongodMissing, startReplicaSet } from '../drive/replica-set.ts';
import { type OpenShop, openShop } from '../drive/shop.ts';
import { makeScene, readScene, Traffic } from '../drive/traffic.ts';

const CLIENTS = 8;
const BACK_WITHIN_MS = 8000;

/** R34. */
export const lostPrimary = check<{ events: number }>({
  id: 'R34',
  what: 'Replica set: the primary steps down and is killed, in turn, under load',
  asked: '0 acknowledged lost; 503 with Retry-After at most; writes back <= 8 s',
  full: { events: 6 },
  quick: 'needs a replica set',
  control: { defect: 'answered by one member', size: { events: 2 }, red: /acknowledged and lost/ },
  missing: mongodMissing,
  run,
});

async function run(stage: Stage, { events }: { events: number }): Promise<Finding> {
  const servers = await startReplicaSet(stage.folder);
  try {
    const shop = await openShop(stage, {
      dataDir: join(stage.folder, 'cache'),
      environment: servers.environment('lost_primary'),
    });
    await signedInEverywhere(shop);
    const scene = await makeScene(shop.owner);
    const record = new ClientRecord(join(stage.folder, 'record'));
    const clients = Array.from({ length: CLIENTS }, () => shop.client());
    const traffic = new Traffic({ clients, scene, record, random: stage.random, label: 'm', goesOn: true });
    const problems: string[] = [];
    let slowest = 0;
    for (let event = 0; event < events; event++) {
      await sleep(1500);
      await servers.whole();
      const from = performance.now();
      if (event % 2 === 0) await servers.stepDown();
      else await servers.losePrimary();
      const back = await writesAgain(shop, scene.customers[0] ?? '', from);
      slowest = Math.max(slowest, back);
      if (back > BACK_WITHIN_MS)
        problems.push(`event ${event}: writes were back only after ${Math.round(back)} ms`);
      await sleep(3000);
    }
    await traffic.stop();
    const without = await traffic.retryUnknown(shop.owner);
    if (without > 0) problems.push(`${without} writes got no answer at the second try`);
    const { rows, problems: wrong } = await readScene(shop.owner, scene);
    const own = rows.filter(({ name }) => !name.startsWith('probe'));
    problems.push(...wrong, ...compareStored(record, own), ...traffic.unhelpful);
    for (const status of traffic.statuses.keys())
      if (status >= 500 && status !== 503) problems.push(`a write was answered ${status}`);
    await shop.close();
    const { ok, refused, unknown } = traffic.counts;
    const reached = `${events} events, ${ok} acknowledged, ${refused} refused, ${unknown} unknown and sent again; ${problems.length} problems; writes back within ${Math.round(slowest)} ms`;
    return { reached, work: ok, floor: events * 10, problems };
  } finally {
    await servers.stop();
  }
}

/** With the defect a session is known to one member first, and reads ask the majority. */
async function signedInEverywhere({ owner }: OpenShop): Promise<void> {
  for (let tries = 0; tries < 50 && !isDone(await owner.get('/api/auth/me')); tries++) await sleep(100);
}

/** How long after `from` a write is accepted again. */
async function writesAgain(shop: OpenShop, customer: string, from: number): Promise<number> {
  for (let number = 0; performance.now() - from < 20_000; number++) {
    const body = {
      customer_id: customer,
      transaction_type: 'debit',
      amount: 1,
      reference_number: `probe-${Math.round(from)}-${number}`,
    };
    if (isDone(await shop.owner.post('/api/khata/transactions', body))) break;
    await sleep(100);
  }
  return performance.now() - from;
}
