import { setTimeout as sleep } from 'node:timers/promises';
import { check, type Finding, type Stage } from '../check.ts';
import { type Client, dataOf, isDone } from '../drive/client.ts';
import { openShop } from '../drive/shop.ts';
import { atRate, median } from '../drive/steady-rate.ts';

const PER_SECOND = 40;
const SECONDS = 3;
const TRAINED_LIMIT_MS = 90_000;
const STONE = { carat: 1, cut: 'Ideal', color: 'D', clarity: 'IF' };

/** R15. The pause of the event loop is seen from outside as the time of the smallest answer there is. */
export const trainingBeside = check<{ rounds: number }>({
  id: 'R15',
  what: 'A full retrain beside the counter: quiet and training rounds in turn; a training that is killed',
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
  const reached = `medians of ${rounds} rounds: smallest answer p99 ${median(quiet.loop).toFixed(1)} ms quiet, ${loop.toFixed(1)} training; list p99 ${median(quiet.api).toFixed(1)}, ${api.toFixed(1)}; the old model served`;
  return { reached, work: rounds, floor: 1, problems };
}

async function waitTrained(owner: Client): Promise<void> {
  for (const from = performance.now(); performance.now() - from < TRAINED_LIMIT_MS; await sleep(250)) {
    const health = await owner.get('/api/health');
    const jobs = dataOf(await owner.get('/api/predictions/jobs'), 'the jobs') as unknown as {
      state?: string;
      status?: string;
    }[];
    const isOver = jobs.every((job) => !/waiting|running/.test(JSON.stringify(job)));
    if (health.status === 200 && isOver) return;
  }
  throw new Error('no model was trained within 90 s');
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
