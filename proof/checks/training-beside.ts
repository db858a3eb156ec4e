import { setTimeout as sleep } from 'node:timers/promises';
import { check, type Finding, type Stage } from '../check.ts';
import { type Client, dataOf, isDone } from '../drive/client.ts';
import { plantFault } from '../drive/plant.ts';
import { openShop } from '../drive/shop.ts';
import { atRate, median } from '../drive/steady-rate.ts';
import { FAULTS } from '../faults.ts';

const PER_SECOND = 40;
const SECONDS = 3;
/** No number of this check: on a busy machine a training, which is last in line, takes minutes. */
const TRAINED_LIMIT_MS = 300_000;
const STONE = { carat: 1, cut: 'Ideal', color: 'D', clarity: 'IF' };

/** R15. The pause of the event loop is seen from outside as the time of the smallest answer there is. */
export const trainingBeside = check<{ rounds: number }>({
  id: 'R15',
  what: 'A full retrain beside the counter: quiet and training rounds in turn; trainings that are killed, get NaN or bring garbage',
  asked:
    'event-loop delay p99 <= max(2 x quiet, 50 ms), API p99 <= max(3 x quiet, 25 ms); the old model goes on serving',
  full: { rounds: 5 },
  quick: 'a p99 needs five quiet rounds on a machine that does nothing else',
  control: { defect: 'training holds the request thread', size: { rounds: 1 }, red: /p99/ },
  run,
});

async function run(stage: Stage, { rounds }: { rounds: number }): Promise<Finding> {
  const shop = await openShop(stage, { environment: { REFERENCE_DATA: 'true' } });
  const { owner } = shop;
  await waitTrained(owner);
  const clients = shop.client(16);
  const problems: string[] = [];
  const quiet = { loop: [] as number[], api: [] as number[] };
  const busy = { loop: [] as number[], api: [] as number[] };
  const measure = async (into: typeof quiet): Promise<void> => {
    const [loop, api] = await Promise.all([
      atRate(PER_SECOND, SECONDS, () => clients.get('/api/health/live')),
      atRate(PER_SECOND, SECONDS, () => clients.get('/api/customers')),
    ]);
    into.loop.push(loop.p99);
    into.api.push(api.p99);
    const failed = [...loop.answers, ...api.answers].filter((answer) => !isDone(answer));
    if (failed.length > 0) problems.push(`${failed.length} requests failed beside it`);
  };
  await measure({ loop: [], api: [] });
  for (let round = 0; round < rounds; round++) {
    await measure(quiet);
    const asked = owner.post('/api/predictions/retrain', { model: 'all' }, { timeoutMs: 60_000 });
    await measure(busy);
    await asked;
    await waitTrained(owner);
  }
  const [loop, api] = [median(busy.loop), median(busy.api)];
  const limits = { loop: Math.max(2 * median(quiet.loop), 50), api: Math.max(3 * median(quiet.api), 25) };
  if (loop > limits.loop)
    problems.push(
      `the p99 of the smallest answer is ${loop.toFixed(1)} ms, allowed are ${limits.loop.toFixed(1)}`,
    );
  if (api > limits.api)
    problems.push(`the p99 of a list is ${api.toFixed(1)} ms, allowed are ${limits.api.toFixed(1)}`);
  problems.push(...(await killedTraining(stage, owner, shop.dataDir, shop.programs)));
  await shop.close();
  for (const name of Object.keys(FAULTS) as (keyof typeof FAULTS)[])
    problems.push(...(await spoiltTraining(stage, name, shop.dataDir)));
  const reached = `medians of ${rounds} rounds: smallest answer p99 ${median(quiet.loop).toFixed(1)} ms quiet, ${loop.toFixed(1)} training; list p99 ${median(quiet.api).toFixed(1)}, ${api.toFixed(1)}; the old model served on after a kill and ${Object.keys(FAULTS).length} spoilt trainings`;
  return { reached, work: rounds, floor: 1, problems };
}

interface Job {
  state: string;
  error: string | null;
  outcome: Record<string, { success: boolean }>;
}

async function jobsOf(owner: Client): Promise<Job[]> {
  return dataOf(await owner.get('/api/predictions/jobs'), 'the jobs') as unknown as Job[];
}

async function waitTrained(owner: Client): Promise<void> {
  for (const from = performance.now(); performance.now() - from < TRAINED_LIMIT_MS; await sleep(250)) {
    const health = await owner.get('/api/health');
    const isOver = (await jobsOf(owner)).every(({ state }) => !/waiting|running/.test(state));
    if (health.status === 200 && isOver) return;
  }
  throw new Error('no model was trained within 5 minutes');
}

/** What a stone is said to come to, and which models serve. */
async function predicted(client: Client): Promise<string> {
  const price = dataOf(await client.post('/api/predictions/diamond', STONE), 'a prediction').predicted_price;
  const { models } = dataOf(await client.get('/api/predictions/models'), 'the models');
  const versions = (models as { name: string; version: string; defect: string | null }[]).map(
    ({ name, version, defect }) => `${name} ${version} ${defect ?? ''}`,
  );
  return [price, ...versions].join(', ');
}

/** A training that goes wrong fails as a whole, and the models of before answer as they did. */
async function spoiltTraining(stage: Stage, name: keyof typeof FAULTS, dataDir: string): Promise<string[]> {
  const environment = { REFERENCE_DATA: 'true', ...plantFault(name, stage) };
  const shop = await openShop(stage, { dataDir, environment });
  const before = await predicted(shop.owner);
  await shop.owner.post('/api/predictions/retrain', { model: 'all' }, { timeoutMs: 60_000 });
  await waitTrained(shop.owner);
  const after = await predicted(shop.owner);
  const [job] = await jobsOf(shop.owner);
  await shop.close();
  const trained = Object.entries(job?.outcome ?? {}).filter(([, { success }]) => success);
  const problems = trained.map(([target]) => `${name}: the training of ${target} was put in service`);
  if (job?.state !== 'failed') problems.push(`${name}: the training ended as ${job?.state}`);
  if (before !== after) problems.push(`${name}: the answers changed: ${before}, then ${after}`);
  return problems;
}

/** Killed in the middle: after the next start the models of before answer as they did. */
async function killedTraining(
  stage: Stage,
  owner: Client,
  dataDir: string,
  programs: readonly { kill: () => Promise<void> }[],
): Promise<string[]> {
  const before = await owner.post('/api/predictions/diamond', STONE);
  void owner.post('/api/predictions/retrain', { model: 'all' });
  await sleep(400);
  await Promise.all(programs.map((program) => program.kill()));
  const again = await openShop(stage, { dataDir });
  const after = await again.owner.post('/api/predictions/diamond', STONE);
  await again.close();
  const price = (answer: typeof before): unknown =>
    (answer.body.data as { predicted_price?: number } | null)?.predicted_price;
  if (!isDone(after)) return [`after a training was killed a prediction was answered ${after.status}`];
  return price(before) === price(after)
    ? []
    : [`the model changed although its training was killed: ${price(before)}, ${price(after)}`];
}
