import { type CheckSpec, check, type Finding, type Stage } from '../check.ts';
import { isDone, type Row } from '../drive/client.ts';
import { onReplicaSet } from '../drive/replica-set.ts';
import { addCustomer, addProduct, allPages, openShop } from '../drive/shop.ts';

const WRITERS = 4;

interface Size {
  orders: number;
  writes: number;
}

/** R12: every order has a number of its own, and nobody hears that the store is busy. */
const NUMBERS: CheckSpec<Size> = {
  id: 'R12',
  what: 'Numbers of orders from 4 writers (sales have none), and writes that meet',
  asked: '2,000 distinct numbers; 10,000 writes: 0 busy answers',
  full: { orders: 2000, writes: 10_000 },
  quick: 'a quarter of a minute with its control; order-numbers.test.ts takes 200 at once',
  control: { defect: 'few order numbers', size: { orders: 60, writes: 0 }, red: /an order was answered 503/ },
  run,
};
export const ownNumbers = check(NUMBERS);
export const ownNumbersOnMongo = check(
  onReplicaSet(NUMBERS, {
    defect: 'MongoDB lets two wait',
    size: { orders: 40, writes: 200 },
    red: /was answered 503/,
  }),
);

async function run(stage: Stage, { orders, writes }: Size): Promise<Finding> {
  const shop = await openShop(stage, { workers: 2 });
  const writers = Array.from({ length: WRITERS }, () => shop.client());
  const [customer, product] = [await addCustomer(shop.owner), await addProduct(shop.owner)];
  const problems: string[] = [];
  const numbers: string[] = [];
  let done = 0;
  let left = orders;
  const makeOrders = async (index: number): Promise<void> => {
    const writer = writers[index] as (typeof writers)[number];
    while (left-- > 0) {
      const answer = await writer.post('/api/orders', {
        customer_id: customer,
        items: [{ product_id: product, quantity: 1 }],
      });
      if (isDone(answer)) numbers.push(String((answer.body.data as Row).order_number));
      else problems.push(`an order was answered ${answer.status} ${answer.why}${answer.text.slice(0, 100)}`);
    }
  };
  await Promise.all(writers.map((_, index) => makeOrders(index)));
  let rest = writes;
  const write = async (index: number): Promise<void> => {
    const writer = writers[index] as (typeof writers)[number];
    const random = stage.random.branch(index);
    while (rest-- > 0) {
      const kind = random.whole(0, 2);
      const answer =
        kind === 0
          ? await writer.put(`/api/customers/${customer}`, { address: `${random.hex(6)} Laxmi Road` })
          : await writer.post('/api/khata/transactions', {
              customer_id: customer,
              transaction_type: kind === 1 ? 'debit' : 'credit',
              amount: random.whole(1, 100_000) / 100,
            });
      if (isDone(answer)) done++;
      else problems.push(`a write was answered ${answer.status} ${answer.why}${answer.text.slice(0, 100)}`);
    }
  };
  // Eight at a time, so that each worker always has several waiting.
  await Promise.all([...writers, ...writers].map((_, index) => write(index % WRITERS)));

  const distinct = new Set(numbers);
  if (distinct.size !== numbers.length)
    problems.push(`${numbers.length} orders have ${distinct.size} numbers`);
  const stored = new Set(
    (await allPages(shop.owner, '/api/orders')).map((order) => String(order.order_number)),
  );
  for (const number of distinct) if (!stored.has(number)) problems.push(`${number} is not stored`);
  if (stored.size !== orders - problems.length)
    problems.push(`${stored.size} numbers are stored of ${orders}`);
  await shop.close();
  const reached = `${distinct.size} distinct numbers; ${done} writes, ${problems.length} refused`;
  return { reached, work: numbers.length + done, floor: orders / 2 + writes, problems };
}
