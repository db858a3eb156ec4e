import { type CheckSpec, check, type Finding, type Stage } from '../check.ts';
import { type Client, dataOf, isDone, type Row, rowsOf } from '../drive/client.ts';
import { onReplicaSet } from '../drive/replica-set.ts';
import { addCustomer, addProduct, openShop, paiseOf } from '../drive/shop.ts';

const WRITERS = 8;
const READERS = 4;

/** R4: a reader never sees half of a write, and never less than what was acknowledged before it asked. */
const BANK: CheckSpec<{ reads: number }> = {
  id: 'R4',
  what: 'Bank test: 8 writers, 4 readers; totals of one answer agree with each other and with what was acknowledged',
  asked: '>= 5,000 reads: 0 wrong totals',
  full: { reads: 5000 },
  quick: { size: { reads: 400 }, reduced: '400 reads of 5,000' },
  control: { defect: 'totals from two moments', size: { reads: 800 }, red: /does not agree|is outside/ },
  run,
};
export const bankReads = check(BANK);
export const bankReadsOnMongo = check(
  onReplicaSet(BANK, {
    defect: 'MongoDB sums up two moments',
    size: { reads: 800 },
    red: /does not agree|is outside/,
  }),
);

async function run(stage: Stage, { reads }: { reads: number }): Promise<Finding> {
  const shop = await openShop(stage, { workers: 2 });
  const product = await addProduct(shop.owner);
  const customers = await Promise.all(Array.from({ length: 6 }, () => addCustomer(shop.owner)));
  const problems: string[] = [];
  const sums = { sent: 0n, acknowledged: 0n, writes: 0, reads: 0 };
  let over = false;
  const write = async (client: Client, index: number): Promise<void> => {
    const random = stage.random.branch(`writer-${index}`);
    while (!over) {
      const [customer_id, paise] = [random.pick(customers), random.whole(1, 9_999_999)];
      const kind = random.whole(0, 2);
      // What debits: an order on khata (number, stock, payment row and debit in one write) and a posting.
      if (kind !== 0) sums.sent += BigInt(paise);
      const items = [{ product_id: product, quantity: 1, unit_price: paise / 100 }];
      const posting = { customer_id, transaction_type: kind === 0 ? 'credit' : 'debit', amount: paise / 100 };
      const answer =
        kind === 2
          ? await client.post('/api/orders', { customer_id, items, payment_method: 'khata' })
          : await client.post('/api/khata/transactions', posting);
      if (!isDone(answer)) problems.push(`a write was answered ${answer.status} ${answer.why}`);
      else if (kind !== 0) sums.acknowledged += BigInt(paise);
      sums.writes++;
    }
  };
  const read = async (client: Client, index: number): Promise<void> => {
    const random = stage.random.branch(`reader-${index}`);
    while (sums.reads < reads) {
      sums.reads++;
      const before = sums.acknowledged;
      if (random.chance(0.5)) {
        const summary = dataOf(await client.get('/api/khata/summary'), 'the summary');
        problems.push(...summaryProblems(summary, before, sums.sent));
      } else
        problems.push(
          ...customerProblems(dataOf(await client.get(`/api/customers/${random.pick(customers)}/khata`))),
        );
    }
  };
  const writing = Promise.all(Array.from({ length: WRITERS }, (_, index) => write(shop.client(), index)));
  await Promise.all(Array.from({ length: READERS }, (_, index) => read(shop.client(), index)));
  over = true;
  await writing;
  const last = rowsOf(await shop.owner.get('/api/khata/transactions?limit=1'));
  if (last.length !== 1) problems.push('nothing was written');
  await shop.close();
  const reached = `${sums.reads} reads beside ${sums.writes} writes, ${problems.length} wrong`;
  return { reached, work: Math.min(sums.reads, sums.writes), floor: reads / 20, problems };
}

function summaryProblems(summary: Row, least: bigint, most: bigint): string[] {
  const { total_debits: debits, total_credits: credits } = summary.transaction_stats as Row;
  const [net, owed, owing] = [summary.net_balance, summary.total_outstanding, summary.total_credit].map(
    paiseOf,
  ) as [bigint, bigint, bigint];
  const problems: string[] = [];
  if (paiseOf(debits) - paiseOf(credits) !== net)
    problems.push(
      `debits ${debits} less credits ${credits} does not agree with the net balance ${net} paise`,
    );
  if (owed - owing !== net)
    problems.push(`outstanding ${owed} less ${owing} does not agree with ${net} paise`);
  if (paiseOf(debits) < least || paiseOf(debits) > most)
    problems.push(`debits of ${debits} is outside of ${least} acknowledged to ${most} sent paise`);
  return problems;
}

function customerProblems({ customer, summary, transactions }: Row): string[] {
  const { current_balance: balance } = customer as Row;
  const {
    net_balance: net,
    total_debits: debits,
    total_credits: credits,
    total_transactions: count,
  } = summary as Row;
  const [newest] = transactions as Row[];
  const due = newest === undefined ? 0n : paiseOf(newest.balance_after);
  const problems: string[] = [];
  if (paiseOf(balance) !== due)
    problems.push(`the balance ${balance} does not agree with the newest entry, ${due} paise`);
  if (paiseOf(net) !== due || paiseOf(debits) - paiseOf(credits) !== due)
    problems.push(
      `the sums of ${count} entries, ${debits} less ${credits}, does not agree with ${due} paise`,
    );
  return problems;
}
