import { type CheckSpec, check, type Finding, type Stage } from '../check.ts';
import { dataOf, isDone, type Row } from '../drive/client.ts';
import { onReplicaSet } from '../drive/replica-set.ts';
import { addCustomer, allEntries, openShop, paiseOf } from '../drive/shop.ts';
import { balanceProblems } from '../drive/traffic.ts';

const AT_ONCE = 64;

/** R11: the older service acknowledged 522 postings at once and kept a balance of 207. */
const RACE: CheckSpec<{ rounds: number }> = {
  id: 'R11',
  what: '64 postings at once to one customer',
  asked: '200 rounds: balance exact, balance_after one unbroken chain',
  full: { rounds: 200 },
  quick: { size: { rounds: 20 }, reduced: '20 rounds of 200' },
  control: { defect: 'balance of a moment ago', size: { rounds: 5 }, red: /the balance is/ },
  run,
};
export const khataRace = check(RACE);
export const khataRaceOnMongo = check(
  onReplicaSet(RACE, {
    defect: 'MongoDB posts on an old balance',
    size: { rounds: 5 },
    red: /the balance is/,
  }),
);

async function run(stage: Stage, { rounds }: { rounds: number }): Promise<Finding> {
  const shop = await openShop(stage, { workers: 2 });
  const clerks = Array.from({ length: AT_ONCE }, () => shop.client());
  const problems: string[] = [];
  let acknowledged = 0;
  for (let round = 0; round < rounds; round++) {
    const customer = await addCustomer(shop.owner);
    const random = stage.random.branch(round);
    const bodies = clerks.map(() => ({
      customer_id: customer,
      transaction_type: random.pick(['debit', 'credit']),
      amount: random.whole(1, 9_999_999) / 100,
    }));
    const answers = await Promise.all(
      clerks.map((clerk, index) => clerk.post('/api/khata/transactions', bodies[index])),
    );
    const due = bodies.reduce(
      (sum, body, index) => (isDone(answers[index] as never) ? sum + signed(body) : sum),
      0n,
    );
    acknowledged += answers.filter(isDone).length;
    for (const answer of answers)
      if (!isDone(answer)) problems.push(`round ${round}: answered ${answer.status} ${answer.why}`);
    const { current_balance: balance } = dataOf(await shop.owner.get(`/api/customers/${customer}`));
    if (paiseOf(balance) !== due)
      problems.push(`round ${round}: the balance is ${balance}, due are ${due} paise`);
    const entries = await allEntries(shop.owner, customer);
    if (entries.length !== AT_ONCE) problems.push(`round ${round}: ${entries.length} entries of ${AT_ONCE}`);
    problems.push(
      ...balanceProblems(customer, entries, balance).map((problem) => `round ${round}: ${problem}`),
    );
  }
  await shop.close();
  const reached = `${rounds} rounds, ${acknowledged} postings, ${problems.length} problems`;
  return { reached, work: acknowledged, floor: rounds * AT_ONCE, problems };
}

function signed(entry: Row): bigint {
  return entry.transaction_type === 'debit' ? paiseOf(entry.amount) : -paiseOf(entry.amount);
}
