import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { check, type Finding, type Stage } from '../check.ts';
import { isDone } from '../drive/client.ts';
import { addCustomer, openShop } from '../drive/shop.ts';
import { atRate } from '../drive/steady-rate.ts';

/** Less than the shop waits for another program, so that this refuses nobody. */
const LONGEST_HOLD_MS = 8_000;

interface Size {
  seconds: number;
  sockets: number;
}

/** R17: more callers at once than are let in, all writing. */
export const overload = check<Size>({
  id: 'R17',
  what: 'Three times as many writers at once as may wait, for 30 s',
  asked: '3 x capacity, 30 s: no crash, refused get 503/429 + Retry-After, back to baseline <= 5 s',
  full: { seconds: 30, sockets: 3000 },
  quick: 'needs the machine for itself, and twenty seconds; overload.long-test.ts has the rule',
  control: {
    defect: 'refusals do not say when to come back',
    size: { seconds: 3, sockets: 1500 },
    red: /without Retry-After/,
  },
  run,
});

async function run(stage: Stage, { seconds, sockets }: Size): Promise<Finding> {
  const shop = await openShop(stage);
  const customer = await addCustomer(shop.owner);
  const before = await atRate(20, 1, () => shop.owner.get('/api/customers'));
  const crowd = shop.client(sockets);
  const problems = new Map<string, number>();
  const complain = (problem: string): void => void problems.set(problem, (problems.get(problem) ?? 0) + 1);
  const counts = { done: 0, refused: 0 };
  const until = performance.now() + seconds * 1000;
  const writer = async (index: number): Promise<void> => {
    while (performance.now() < until) {
      const body = { customer_id: customer, transaction_type: 'debit', amount: 1 + (index % 100) };
      const answer = await crowd.post('/api/khata/transactions', body, { timeoutMs: 30_000 });
      if (isDone(answer)) counts.done++;
      else if (answer.status === 503 || answer.status === 429) {
        counts.refused++;
        if (answer.headers['retry-after'] === undefined) complain(`a ${answer.status} without Retry-After`);
        await sleep(100);
      } else complain(`a writer was answered ${answer.status} ${answer.why}`);
    }
  };
  // Another program holds the database until somebody was refused: so more wait than may, on a fast disk too.
  const held = new DatabaseSync(join(shop.dataDir, 'shop.db'));
  held.exec('BEGIN IMMEDIATE');
  const from = performance.now();
  const writers = Promise.all(Array.from({ length: sockets }, (_, index) => writer(index)));
  while (counts.refused === 0 && performance.now() - from < LONGEST_HOLD_MS) await sleep(20);
  held.close();
  await writers;
  if (counts.refused === 0) complain('nobody was refused: these were not more than may wait');
  const ended = performance.now();
  const limit = Math.max(3 * before.p50, 25);
  let after = await atRate(20, 0.5, () => shop.owner.get('/api/customers'));
  while (after.p50 > limit && performance.now() - ended < 10_000)
    after = await atRate(20, 0.5, () => shop.owner.get('/api/customers'));
  const back = performance.now() - ended;
  if (back > 5000) complain(`back to ${limit.toFixed(0)} ms only after ${Math.round(back)} ms`);
  const [program] = shop.programs;
  if (program?.hasEnded()) complain('the program ended');
  await shop.close();
  const reached = `${seconds} s, ${sockets} writers: ${counts.done} done, ${counts.refused} refused with Retry-After, baseline again after ${Math.round(back)} ms`;
  return {
    reached,
    work: counts.done,
    floor: seconds * 20,
    problems: [...problems].map(([problem, times]) => `${problem} (${times} times)`),
  };
}
