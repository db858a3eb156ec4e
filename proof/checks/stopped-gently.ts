import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { check, type Finding, type Stage } from '../check.ts';
import { ClientRecord, compareStored } from '../drive/record.ts';
import { openShop } from '../drive/shop.ts';
import { makeScene, readScene, Traffic } from '../drive/traffic.ts';

const CLIENTS = 50;
const EXIT_WITHIN_MS = 10_000;

/** R13: whoever was let in is answered before the door closes. */
export const stoppedGently = check<{ rounds: number }>({
  id: 'R13',
  what: 'SIGTERM with 50 keep-alive clients at work',
  asked: '20 rounds: 0 in-flight lost, exit 0 <= 10 s',
  full: { rounds: 20 },
  quick:
    'half a minute with its control; stop-under-load and workers-under-load (npm run test:faults) stop it',
  control: { defect: 'ends at once', size: { rounds: 1 }, red: /got no answer/ },
  run,
});

async function run(stage: Stage, { rounds }: { rounds: number }): Promise<Finding> {
  const dataDir = join(stage.folder, 'data');
  const problems: string[] = [];
  let done = 0;
  let lost = 0;
  let slowest = 0;
  for (let round = 0; round < rounds; round++) {
    const shop = await openShop(stage, { dataDir, workers: 2 });
    const scene = await makeScene(shop.owner);
    const record = new ClientRecord(join(stage.folder, `round-${round}`));
    const clients = Array.from({ length: CLIENTS }, () => shop.client());
    const traffic = new Traffic({ clients, scene, record, random: stage.random, label: `r${round}` });
    await traffic.letIn;
    await sleep(stage.random.whole(300, 800));
    const ended = await Promise.all(shop.programs.map((program) => program.stop()));
    await traffic.stop();
    await shop.close();
    for (const { code, ms } of ended) {
      slowest = Math.max(slowest, ms);
      if (code !== 0 || ms > EXIT_WITHIN_MS)
        problems.push(`round ${round}: exit ${code} after ${Math.round(ms)} ms`);
    }
    // A connection that was refused was never let in.
    const inFlight = [...record.read('unknown').values()].filter(({ why }) => !why.includes('ECONNREFUSED'));
    lost += inFlight.length;
    for (const { name, why } of inFlight) problems.push(`round ${round}: ${name} got no answer: ${why}`);
    const again = await openShop(stage, { dataDir });
    const { rows, problems: wrong } = await readScene(again.owner, scene);
    problems.push(
      ...[...wrong, ...compareStored(record, rows)].map((problem) => `round ${round}: ${problem}`),
    );
    done += traffic.counts.ok;
    await again.close();
  }
  const reached = `${rounds} rounds, ${done} acknowledged, ${lost} in flight lost, exit within ${Math.round(slowest)} ms`;
  return { reached, work: done, floor: rounds * 50, problems };
}
