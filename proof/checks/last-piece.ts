import { type CheckSpec, check, type Finding, type Stage } from '../check.ts';
import { type Answer, type Client, isDone, type Row } from '../drive/client.ts';
import { onReplicaSet } from '../drive/replica-set.ts';
import { addCustomer, addProduct, allPages, type OpenShop, openShop } from '../drive/shop.ts';

interface Size {
  rounds: number;
}

/** R10: what was sold is counted in orders and sales. A stock of 0 says nothing: it stays 0 while pieces are oversold. */
const LAST_PIECE: CheckSpec<Size> = {
  id: 'R10',
  what: 'The last piece: many buyers at once, orders and counter sales, strict stock',
  asked: '200 rounds x 16 buyers: exactly 1 sale; 7 pieces, 40 buyers: exactly 7',
  full: { rounds: 200 },
  quick: 'twelve seconds with its control; last-piece.test.ts races for one',
  control: { defect: 'stock is not asked', size: { rounds: 3 }, red: /buyers were told/ },
  run,
};
export const lastPiece = check(LAST_PIECE);
export const lastPieceOnMongo = check(
  onReplicaSet(LAST_PIECE, {
    defect: 'MongoDB sells from an empty shelf',
    size: { rounds: 3 },
    red: /buyers were told/,
  }),
);

async function run(stage: Stage, { rounds }: Size): Promise<Finding> {
  const shop = await openShop(stage, { workers: 2 });
  await shop.owner.put('/api/settings', { strict_stock: true });
  const customer = await addCustomer(shop.owner);
  const buyers = Array.from({ length: 40 }, () => shop.client());
  const problems: string[] = [];
  const due = new Map<string, number>();
  const round = async (number: number, pieces: number, crowd: number): Promise<void> => {
    const product = await addProduct(shop.owner, { stock_quantity: pieces });
    due.set(product, pieces);
    const answers = await Promise.all(
      buyers.slice(0, crowd).map((buyer, index) => buy(buyer, index % 2 === 0, customer, product)),
    );
    const sold = answers.filter(isDone).length;
    const others = answers.filter((answer) => !isDone(answer) && answer.status !== 409);
    if (sold !== pieces)
      problems.push(`round ${number}: ${pieces} pieces, ${sold} buyers were told that they have one`);
    for (const { status, text } of others)
      problems.push(`round ${number}: answered ${status} ${text.slice(0, 100)}`);
  };
  for (let number = 0; number < rounds; number++) {
    await round(number, 1, 16);
    if (number % 4 === 0) await round(number, 7, 40);
  }
  const sold = await soldPieces(shop);
  let total = 0;
  for (const [product, pieces] of due) {
    const count = sold.get(product) ?? 0;
    total += count;
    if (count !== pieces) problems.push(`${pieces} pieces of ${product} were there, ${count} are sold`);
  }
  await shop.close();
  const pieces = [...due.values()].reduce((sum, one) => sum + one, 0);
  return {
    reached: `${rounds} rounds x 16 and ${Math.ceil(rounds / 4)} x 40 buyers: ${total} sold of ${pieces} pieces`,
    work: due.size,
    floor: rounds,
    problems,
  };
}

function buy(buyer: Client, byOrder: boolean, customer: string, product: string): Promise<Answer> {
  const common = { customer_id: customer };
  if (byOrder) return buyer.post('/api/orders', { ...common, items: [{ product_id: product, quantity: 1 }] });
  return buyer.post('/api/sales', {
    ...common,
    products: [{ product_id: product, quantity: 1, price_at_sale: 25000 }],
  });
}

/** Pieces by product, of all orders and sales that are stored. */
async function soldPieces(shop: OpenShop): Promise<Map<string, number>> {
  const sold = new Map<string, number>();
  const count = (lines: unknown): void => {
    for (const { product_id: id, quantity } of lines as Row[])
      sold.set(String(id), (sold.get(String(id)) ?? 0) + Number(quantity));
  };
  for (const order of await allPages(shop.owner, '/api/orders')) count(order.items);
  for (const sale of await allPages(shop.owner, '/api/sales')) count(sale.products);
  return sold;
}
