import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { check, type Finding, type Stage } from '../check.ts';
import { swati } from '../drive/command-line.ts';
import { ClientRecord, compareStored } from '../drive/record.ts';
import { openShop } from '../drive/shop.ts';
import { makeScene, readScene, Traffic } from '../drive/traffic.ts';

const CLIENTS = 16;
/** A kill before anything was written would show nothing. */
const LEAST_WRITES = 60;
const LOAD_LIMIT_MS = 10_000;

interface Size {
  rounds: number;
  readyWithinMs: number;
}

/** R1. A kill cannot show a missing sync (the system keeps what was written): R2 and R5 do that. */
export const killedUnderLoad = check<Size>({
  id: 'R1',
  what: 'kill -9 under write load, 16 clients with keys, unknowns sent again',
  asked: '50 rounds: 0 acknowledged lost, 0 refused stored, balances = fold of entries, ready again <= 5 s',
  full: { rounds: 50, readyWithinMs: 5000 },
  quick: {
    size: { rounds: 4, readyWithinMs: 20_000 },
    reduced: '4 rounds of 50; ready again <= 20 s, beside another check',
  },
  control: {
    defect: 'answered before the commit',
    size: { rounds: 2, readyWithinMs: 60_000 },
    red: /acknowledged and lost/,
  },
  run,
});

async function run(stage: Stage, { rounds, readyWithinMs }: Size): Promise<Finding> {
  const dataDir = join(stage.folder, 'data');
  const problems: string[] = [];
  const sums = { ok: 0, refused: 0, unknown: 0 };
  let slowest = 0;
  let shop = await openShop(stage, { dataDir });
  for (let round = 0; round < rounds; round++) {
    const scene = await makeScene(shop.owner);
    const record = new ClientRecord(join(stage.folder, `round-${round}`));
    const clients = Array.from({ length: CLIENTS }, () => shop.client());
    const traffic = new Traffic({ clients, scene, record, random: stage.random, label: `r${round}` });
    for (const from = performance.now(); traffic.counts.ok < LEAST_WRITES; await sleep(10))
      if (performance.now() - from > LOAD_LIMIT_MS) break;
    await sleep(stage.random.whole(50, 600));
    await Promise.all(shop.programs.map((program) => program.kill()));
    await traffic.stop();
    await shop.close();

    shop = await openShop(stage, { dataDir });
    slowest = Math.max(slowest, ...shop.programs.map((program) => program.readyMs));
    const without = await traffic.retryUnknown(shop.owner);
    if (without > 0) problems.push(`round ${round}: ${without} writes got no answer at the second try`);
    const { rows, problems: wrong } = await readScene(shop.owner, scene);
    problems.push(
      ...[...wrong, ...compareStored(record, rows)].map((problem) => `round ${round}: ${problem}`),
    );
    for (const outcome of ['ok', 'refused', 'unknown'] as const) sums[outcome] += traffic.counts[outcome];
  }
  await shop.close();
  if (slowest > readyWithinMs) problems.push(`ready again only after ${Math.round(slowest)} ms`);
  const verified = await swati(stage, dataDir, ['verify']);
  if (verified.code !== 0) problems.push(`swati verify: ${verified.code} ${verified.err.slice(0, 300)}`);
  const reached =
    `${rounds} rounds, ${sums.ok} acknowledged, ${sums.refused} refused, ${sums.unknown} unknown and sent again; ` +
    `${problems.length} problems; ready within ${Math.round(slowest)} ms`;
  return { reached, work: sums.ok, floor: rounds * 50, problems };
}
