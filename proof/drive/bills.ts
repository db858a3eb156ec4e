// Orders and sales of random lines, and a bookkeeper who works them out in BigInt on his own.

import { type Answer, type Client, isDone, type Row } from './client.ts';
import type { Seeded } from './seeded.ts';
import { paiseOf } from './shop.ts';

/** No total may be more than 1,000 crore rupees. */
const MOST_PAISE = 1_000_000_000_000n;
const AT_ONCE = 8;

interface Bill {
  isOrder: boolean;
  lines: { product_id: string; quantity: number; unit_price: number }[];
  taxPaise: number;
  discountPaise: number;
}

/** Makes the bills and answers how many came out as the bookkeeper has them. */
export async function makeBills(
  client: Client,
  random: Seeded,
  of: { bills: number; customer: string; product: string },
  problems: string[],
): Promise<number> {
  let right = 0;
  const one = async (number: number): Promise<void> => {
    const bill = randomBill(random.branch(`bill-${number}`), of.product, number % 2 === 0);
    const problem = judge(bill, await post(client, bill, of.customer));
    if (problem === null) right++;
    else problems.push(`bill ${number} ${problem}`);
  };
  for (let number = 0; number < of.bills; number += AT_ONCE) {
    const length = Math.min(AT_ONCE, of.bills - number);
    await Promise.all(Array.from({ length }, (_, index) => one(number + index)));
  }
  return right;
}

function randomBill(random: Seeded, product: string, isOrder: boolean): Bill {
  const most = random.pick([100, 99_999, 99_999_999, 9_999_999_999]);
  const lines = Array.from({ length: random.whole(1, 8) }, () => ({
    product_id: product,
    quantity: random.whole(1, random.pick([1, 3, 10, 100])),
    unit_price: random.whole(0, most) / 100,
  }));
  return {
    isOrder,
    lines,
    taxPaise: isOrder ? random.whole(0, most) : 0,
    discountPaise: random.whole(0, 100),
  };
}

function post(client: Client, bill: Bill, customer: string): Promise<Answer> {
  const [tax, discount] = [bill.taxPaise / 100, bill.discountPaise / 100];
  if (bill.isOrder) {
    const body = { customer_id: customer, items: bill.lines, tax_amount: tax, discount_amount: discount };
    return client.post('/api/orders', body);
  }
  const products = bill.lines.map(({ unit_price, ...line }) => ({ ...line, price_at_sale: unit_price }));
  return client.post('/api/sales', { customer_id: customer, products, discount });
}

/** What is wrong with the answer, or null. */
function judge(bill: Bill, answer: Answer): string | null {
  const subtotal = bill.lines.reduce(
    (sum, line) => sum + BigInt(line.quantity) * paiseOf(line.unit_price),
    0n,
  );
  const due = subtotal + BigInt(bill.taxPaise) - BigInt(bill.discountPaise);
  // An order with more discount than price is refused; a sale of that kind is free.
  const isPossible = subtotal <= MOST_PAISE && due <= MOST_PAISE && !(bill.isOrder && due < 0n);
  if (isPossible !== isDone(answer) || (!isPossible && answer.status !== 400))
    return `of ${subtotal} paise was answered ${answer.status} ${answer.text.slice(0, 200)}`;
  if (!isPossible) return null;
  const { subtotal: sum, total_amount: total, final_amount: final } = answer.body.data as Row;
  const got = bill.isOrder ? [paiseOf(sum), paiseOf(total)] : [paiseOf(total), paiseOf(final)];
  const right = [subtotal, due < 0n ? 0n : due];
  if (got[0] === right[0] && got[1] === right[1]) return null;
  return `came to ${got.join(' and ')} paise, due were ${right.join(' and ')}`;
}
