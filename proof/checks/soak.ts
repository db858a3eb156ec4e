import { setTimeout as sleep } from 'node:timers/promises';
import { check, type Finding, type Stage } from '../check.ts';
import { openHandles, residentMegabytes } from '../drive/process-facts.ts';
import { ClientRecord } from '../drive/record.ts';
import { openShop } from '../drive/shop.ts';
import { makeScene, Traffic } from '../drive/traffic.ts';

/** Of the time; what is compared is the middle of what was seen in so much of it before this, and before the end. */
const WARM_UP_SHARE = 0.3;
const LOOKED_AT_SHARE = 0.1;
const LOOKS = 60;

/** R16. The heap cannot be seen from outside: the memory of the process stands for both. */
export const soak = check<{ seconds: number; most: number }>({
  id: 'R16',
  what: 'Ten minutes of mixed work by 8 clients: memory and file handles of the process',
  asked: '10 min: RSS <= +10%, file handles ±5 (the heap is in the RSS)',
  full: { seconds: 600, most: 10 },
  quick: 'ten minutes',
  control: { defect: 'bodies are remembered', size: { seconds: 20, most: 10 }, red: /grew by/ },
  alone: true,
  run,
});

async function run(stage: Stage, { seconds, most }: { seconds: number; most: number }): Promise<Finding> {
  const shop = await openShop(stage);
  const scene = await makeScene(shop.owner);
  const { pid } = shop.programs[0] as { pid: number };
  const clients = Array.from({ length: 8 }, () => shop.client());
  const record = new ClientRecord(`${stage.folder}/record`);
  const traffic = new Traffic({ clients, scene, record, random: stage.random, label: 's' });
  let over = false;
  let reads = 0;
  const reader = shop.client();
  const reading = (async () => {
    while (!over) {
      const paths = [
        '/api/products',
        '/api/customers',
        '/api/orders',
        '/api/khata/summary',
        '/api/analytics/dashboard',
      ];
      await reader.get(paths[reads++ % paths.length] as string);
      await sleep(5);
    }
  })();
  await sleep(seconds * (WARM_UP_SHARE - LOOKED_AT_SHARE) * 1000);
  const before = await lookAt(pid, seconds * LOOKED_AT_SHARE);
  await sleep(seconds * (1 - WARM_UP_SHARE - LOOKED_AT_SHARE) * 1000);
  const after = await lookAt(pid, seconds * LOOKED_AT_SHARE);
  over = true;
  await traffic.stop();
  await reading;
  await shop.close();
  const growth = (after.resident / before.resident - 1) * 100;
  const problems: string[] = [];
  if (growth > most)
    problems.push(
      `the memory grew by ${growth.toFixed(1)}%: ${before.resident.toFixed(0)} to ${after.resident.toFixed(0)} MiB`,
    );
  if (Math.abs(after.handles - before.handles) > 5)
    problems.push(`file handles went from ${before.handles} to ${after.handles}`);
  const reached = `${seconds} s, ${traffic.counts.ok} writes and ${reads} reads: RSS ${growth >= 0 ? '+' : ''}${growth.toFixed(1)}% (${after.resident.toFixed(0)} MiB), handles ${before.handles} to ${after.handles}`;
  return { reached, work: traffic.counts.ok, floor: seconds * 5, problems };
}

/** One look alone would see how long ago garbage was collected: that is a fifth of the memory. */
async function lookAt(pid: number, seconds: number): Promise<{ resident: number; handles: number }> {
  const resident: number[] = [];
  for (let look = 0; look < LOOKS; look++) {
    await sleep((seconds * 1000) / LOOKS);
    resident.push(residentMegabytes(pid));
  }
  resident.sort((a, b) => a - b);
  return { resident: resident[LOOKS / 2] as number, handles: openHandles(pid) };
}
