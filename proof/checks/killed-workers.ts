import { setTimeout as sleep } from 'node:timers/promises';
import { check, type Finding, type Stage } from '../check.ts';
import { Client, isDone } from '../drive/client.ts';
import { childrenOf } from '../drive/process-facts.ts';
import { addCustomer, openShop } from '../drive/shop.ts';

const CLIENTS = 8;
const WORKERS = 2;
const RESPAWN_WITHIN_MS = 2000;
const KILL_EVERY_MS = 5000;

interface Size {
  kills: number;
  everyMs: number;
  /** Per cent that must be ok at once: few requests are made in a short run on a slow machine. */
  least: number;
}

/** R14. */
export const killedWorkers = check<Size>({
  id: 'R14',
  what: 'A worker killed every 5 s while 8 clients read and write',
  asked: '>= 99% ok, 100% with one retry, respawn <= 2 s',
  full: { kills: 12, everyMs: KILL_EVERY_MS, least: 99 },
  quick: 'eighteen seconds with its control; workers-under-load (npm run test:faults) kills them too',
  control: {
    defect: 'fallen workers stay down',
    size: { kills: 1, everyMs: 1000, least: 90 },
    red: /respawned|second try/,
  },
  run,
});

async function run(stage: Stage, { kills, everyMs, least }: Size): Promise<Finding> {
  const shop = await openShop(stage, { workers: WORKERS });
  const customer = await addCustomer(shop.owner);
  const primary = (shop.programs[0] as { pid: number }).pid;
  const problems: string[] = [];
  const counts = { first: 0, failed: 0, second: 0 };
  let over = false;
  const clerk = async (index: number): Promise<void> => {
    const random = stage.random.branch(index);
    let client = new Client(shop.owner.origin, shop.owner.token);
    while (!over) {
      const key = random.hex(24);
      const body = { customer_id: customer, transaction_type: 'debit', amount: random.whole(1, 999) };
      const isWrite = random.chance(0.5);
      const send = () =>
        isWrite
          ? client.post('/api/khata/transactions', body, {
              headers: { 'idempotency-key': key },
              timeoutMs: 8000,
            })
          : client.get('/api/products', { timeoutMs: 8000 });
      counts.first++;
      if (isDone(await send())) continue;
      counts.failed++;
      client.close();
      client = new Client(shop.owner.origin, shop.owner.token);
      const again = await send();
      if (isDone(again)) counts.second++;
      else problems.push(`the second try was answered ${again.status} ${again.why}`);
    }
    client.close();
  };
  const work = Promise.all(Array.from({ length: CLIENTS }, (_, index) => clerk(index)));
  let slowest = 0;
  for (let kill = 0; kill < kills; kill++) {
    await sleep(everyMs);
    const before = childrenOf(primary);
    const victim = stage.random.pick(before);
    process.kill(victim, 'SIGKILL');
    const from = performance.now();
    // A new process is one that was not there; that it serves is what the clients find out.
    while (
      childrenOf(primary).filter((pid) => pid !== victim).length < WORKERS &&
      performance.now() - from < 5000
    )
      await sleep(20);
    slowest = Math.max(slowest, performance.now() - from);
  }
  over = true;
  await work;
  await shop.close();
  if (slowest > RESPAWN_WITHIN_MS)
    problems.push(`a worker was respawned only after ${Math.round(slowest)} ms`);
  const share = (1 - counts.failed / counts.first) * 100;
  if (share < least) problems.push(`only ${share.toFixed(2)}% of the first tries were ok`);
  const reached = `${kills} kills, ${counts.first} requests: ${share.toFixed(2)}% ok at once, ${counts.second} of ${counts.failed} others at the second try, respawn within ${Math.round(slowest)} ms`;
  return { reached, work: counts.first, floor: kills * 100, problems };
}
