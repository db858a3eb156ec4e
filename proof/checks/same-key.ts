import { type CheckSpec, check, type Finding, type Stage } from '../check.ts';
import { type Answer, type Client, isDone } from '../drive/client.ts';
import { onReplicaSet } from '../drive/replica-set.ts';
import { addCustomer, allEntries, OWNER, openShop, paiseOf, signIn } from '../drive/shop.ts';

const AT_ONCE = 8;

/** R9: two equal requests under one key at the same moment, on two workers. */
const SAME_KEY: CheckSpec<{ pairs: number }> = {
  id: 'R9',
  what: 'Same Idempotency-Key twice at once, from two connections',
  asked: '1,000 pairs: 1 effect each, identical replay; other body 422; other user never replays',
  full: { pairs: 1000 },
  quick: { size: { pairs: 200 }, reduced: '200 pairs of 1,000' },
  control: { defect: 'repeats are new requests', size: { pairs: 20 }, red: /the answers differ|are stored/ },
  run,
};
export const sameKey = check(SAME_KEY);
export const sameKeyOnMongo = check(
  onReplicaSet(SAME_KEY, {
    defect: 'MongoDB does repeats anew',
    size: { pairs: 20 },
    red: /the answers differ|are stored/,
  }),
);

async function run(stage: Stage, { pairs }: { pairs: number }): Promise<Finding> {
  const shop = await openShop(stage, { workers: 2 });
  const [left, right] = [shop.client(AT_ONCE), shop.client(AT_ONCE)];
  const stranger = shop.client();
  await shop.owner.post('/api/auth/register', {
    username: 'second',
    email: 'second@example.com',
    password: OWNER.password,
    role: 'admin',
  });
  stranger.token = await signIn(stranger.origin, 'second', OWNER.password);
  const customer = await addCustomer(shop.owner);
  const problems: string[] = [];
  const ids = new Set<string>();
  let sum = 0n;
  let strangers = 0;

  const onePair = async (pair: number): Promise<void> => {
    const random = stage.random.branch(pair);
    const key = `pair-${pair}-${random.hex(8)}`;
    const amount = random.whole(1, 5_000_000) / 100;
    const body = { customer_id: customer, transaction_type: 'debit', amount };
    const answers = await Promise.all([post(left, body, key), post(right, body, key)]);
    const id = judgePair(pair, answers, problems);
    if (id === null) return;
    ids.add(id);
    sum += paiseOf(amount);
    if (pair % 10 !== 0) return;
    const other = await post(left, { ...body, amount: amount + 1 }, key);
    if (other.status !== 422)
      problems.push(`pair ${pair}: another body under its key was answered ${other.status}`);
    const foreign = await post(stranger, body, key);
    if (!isDone(foreign) || (foreign.body.data as { id: string }).id === id)
      problems.push(
        `pair ${pair}: another user's key was answered ${foreign.status} ${foreign.text.slice(0, 80)}`,
      );
    strangers++;
    sum += paiseOf(amount);
  };
  for (let next = 0; next < pairs; next += AT_ONCE) {
    const length = Math.min(AT_ONCE, pairs - next);
    await Promise.all(Array.from({ length }, (_, index) => onePair(next + index)));
  }

  const entries = await allEntries(shop.owner, customer);
  if (entries.length !== ids.size + strangers)
    problems.push(`${ids.size + strangers} entries were due, ${entries.length} are stored`);
  const stored = entries.reduce((total, entry) => total + paiseOf(entry.amount), 0n);
  if (stored !== sum) problems.push(`the entries come to ${stored} paise, sent were ${sum}`);
  await shop.close();
  const reached = `${ids.size} pairs, ${entries.length} effects of ${ids.size + strangers} due`;
  return { reached, work: ids.size, floor: pairs, problems };
}

function post(client: Client, body: unknown, key: string): Promise<Answer> {
  return client.post('/api/khata/transactions', body, { headers: { 'idempotency-key': key } });
}

/** The id that both answers name, or null. */
function judgePair(pair: number, answers: Answer[], problems: string[]): string | null {
  const [one, two] = answers as [Answer, Answer];
  if (!isDone(one) || !isDone(two)) {
    problems.push(`pair ${pair} was answered ${one.status} ${one.why} and ${two.status} ${two.why}`);
    return null;
  }
  if (one.text !== two.text) problems.push(`pair ${pair}: the answers differ`);
  return (one.body.data as { id: string }).id;
}
