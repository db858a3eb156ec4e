// What people at the counter do, each as one request, and what the bookkeeper expects of it. Whoever acts names the
// customer and the pieces it is about, so that people who act at the same moment do not wait for one another's result.

import type { Answer, Client, Row, Sending } from '../drive/client.ts';
import type { Seeded } from '../drive/seeded.ts';
import { paiseOf } from '../drive/shop.ts';
import { Bookkeeper, type Line } from './bookkeeper.ts';

export interface Action {
  /** Customers, pieces and orders that nobody else may touch meanwhile. */
  about: string[];
  /** `once` holds the key of the request: sent again with it, it must have the effect of one. */
  send: (client: Client, once: Sending) => Promise<Answer>;
  /** Writes the answer into the books; what it says that the books do not. */
  settle: (answer: Answer, books: Bookkeeper) => string | null;
}

type Make = (books: Bookkeeper, random: Seeded) => Action | null;

const rupees = (paise: bigint): number => Number(paise) / 100;

function linesOf(books: Bookkeeper, random: Seeded): Line[] {
  const products = random.shuffled([...books.stock.keys()].slice(0, 400)).slice(0, random.whole(1, 3));
  return products.map((product) => ({
    product,
    quantity: random.whole(1, 3),
    unit: BigInt(random.whole(100, 9_999_999)),
  }));
}

/** How a bill is paid: all at once, all on khata, or a part of it. */
function paymentOf(total: bigint, random: Seeded): { body: Row; khata: bigint } {
  const kind = random.whole(0, 2);
  if (kind === 0 || total < 2n)
    return { body: { payment_method: random.pick(['cash', 'upi', 'card']) }, khata: 0n };
  if (kind === 1) return { body: { payment_method: 'khata' }, khata: total };
  const paid = (total * BigInt(random.whole(1, 99))) / 100n;
  return { body: { payment_method: 'khata', amount_paid: rupees(paid) }, khata: total - paid };
}

function refusal(answer: Answer, due: number): string | null {
  return answer.status === due
    ? null
    : `was answered ${answer.status} ${answer.why}${answer.text.slice(0, 200)}, due was ${due}`;
}

const sell: Make = (books, random) => {
  const [customer, lines] = [random.pick([...books.accounts.keys()]), linesOf(books, random)];
  const sum = Bookkeeper.sumOf(lines);
  const discount = random.chance(0.3) ? BigInt(random.whole(0, 50_000)) : 0n;
  const total = sum > discount ? sum - discount : 0n;
  const { body, khata } = paymentOf(total, random);
  const products = lines.map(({ product, quantity, unit }) => ({
    product_id: product,
    quantity,
    price_at_sale: rupees(unit),
  }));
  return {
    about: [customer, ...lines.map(({ product }) => product)],
    send: (client, once) =>
      client.post(
        '/api/sales',
        { customer_id: customer, products, discount: rupees(discount), ...body },
        once,
      ),
    settle: (answer, into) => {
      const wrong = refusal(answer, 201);
      if (wrong !== null) return wrong;
      const sale = answer.body.data as Row;
      const taken = into.take(lines);
      if (khata > 0n) into.post(customer, khata);
      into.sales.set(String(sale.id), total);
      if (paiseOf(sale.final_amount) !== total) return `came to ${sale.final_amount}, due are ${total} paise`;
      return takenProblem(sale.products as Row[], taken);
    },
  };
};

function takenProblem(rows: readonly Row[], taken: readonly number[]): string | null {
  const got = rows.map((row) => row.taken_quantity).join(' ');
  return got === taken.join(' ') ? null : `took ${got} pieces, due were ${taken.join(' ')}`;
}

const order: Make = (books, random) => {
  const [customer, lines] = [random.pick([...books.accounts.keys()]), linesOf(books, random)];
  const tax = BigInt(random.whole(0, 300_000));
  const total = Bookkeeper.sumOf(lines) + tax;
  const { body, khata } = paymentOf(total, random);
  const items = lines.map(({ product, quantity, unit }) => ({
    product_id: product,
    quantity,
    unit_price: rupees(unit),
  }));
  return {
    about: [customer, ...lines.map(({ product }) => product)],
    send: (client, once) =>
      client.post('/api/orders', { customer_id: customer, items, tax_amount: rupees(tax), ...body }, once),
    settle: (answer, into) => {
      const wrong = refusal(answer, 201);
      if (wrong !== null) return wrong;
      const { id, order_number: number, total_amount: got, items: rows } = answer.body.data as Row;
      const taken = into.take(lines);
      if (khata > 0n) into.post(customer, khata);
      const pieces = new Map(lines.map(({ product }, index) => [product, taken[index] ?? 0]));
      into.orders.set(String(id), {
        number: String(number),
        customer,
        total,
        status: 'pending',
        khata,
        taken: pieces,
      });
      if (paiseOf(got) !== total) return `came to ${got}, due are ${total} paise`;
      return takenProblem(rows as Row[], taken);
    },
  };
};

const post: Make = (books, random) => {
  const customer = random.pick([...books.accounts.keys()]);
  const amount = BigInt(random.whole(1, 4_999_999));
  const signed = random.chance(0.7) ? -amount : amount;
  // A second click, now and then: the same request under the same key, at the same moment.
  const clicks = random.chance(0.1) ? 2 : 1;
  const body = {
    customer_id: customer,
    transaction_type: signed > 0n ? 'debit' : 'credit',
    amount: rupees(amount),
  };
  return {
    about: [customer],
    send: async (client, once) => {
      const answers = await Promise.all(
        Array.from({ length: clicks }, () => client.post('/api/khata/transactions', body, once)),
      );
      const differs = answers.find(({ text }) => text !== answers[0]?.text);
      return differs ?? (answers[0] as Answer);
    },
    settle: (answer, into) => {
      const wrong = refusal(answer, 201);
      if (wrong !== null) return wrong;
      const { id, balance_after: after } = answer.body.data as Row;
      const due = into.post(customer, signed);
      into.account(customer).open.push({ id: String(id), signed });
      return paiseOf(after) === due ? null : `left a balance of ${after}, due are ${due} paise`;
    },
  };
};

/** Somebody posted it to the wrong customer. */
const takeBack: Make = (books, random) => {
  const customer = random.pick([...books.accounts.keys()]);
  const { open } = books.account(customer);
  if (open.length === 0) return null;
  const entry = random.pick(open);
  return {
    about: [customer],
    send: (client, once) =>
      client.post(`/api/khata/transactions/${entry.id}/reverse`, { reason: 'wrong customer' }, once),
    settle: (answer, into) => {
      const wrong = refusal(answer, 201);
      if (wrong !== null) return wrong;
      const account = into.account(customer);
      account.open = account.open.filter(({ id }) => id !== entry.id);
      const due = into.post(customer, -entry.signed);
      const { balance_after: after } = answer.body.data as Row;
      return paiseOf(after) === due ? null : `left a balance of ${after}, due are ${due} paise`;
    },
  };
};

const settleOrder: Make = (books, random) => {
  const recent = [...books.orders].slice(-300).filter(([, { status }]) => status === 'pending');
  if (recent.length === 0) return null;
  const [id, kept] = random.pick(recent);
  const status = random.chance(0.3) ? 'cancelled' : 'completed';
  return {
    about: [id, kept.customer, ...kept.taken.keys()],
    send: (client, once) => client.put(`/api/orders/${id}/status`, { status }, once),
    settle: (answer, into) => {
      const wrong = refusal(answer, 200);
      if (wrong !== null) return wrong;
      const mine = into.orders.get(id);
      if (status === 'cancelled') into.cancel(id);
      else if (mine) mine.status = 'completed';
      return null;
    },
  };
};

const restock: Make = (books, random) => {
  const [product, pieces] = [random.pick([...books.stock.keys()]), random.whole(0, 40)];
  return {
    about: [product],
    send: (client, once) => client.put(`/api/products/${product}`, { stock_quantity: pieces }, once),
    settle: (answer, into) => {
      into.stock.set(product, pieces);
      return refusal(answer, 200);
    },
  };
};

const quoteRate: Make = (_books, random) => {
  const paise = BigInt(random.whole(500_000, 900_000));
  return {
    about: ['rate'],
    send: (client, once) =>
      client.post('/api/prices/gold', { price_per_gram: rupees(paise), confirm: true }, once),
    settle: (answer, into) => {
      into.rate = paise;
      return refusal(answer, 201);
    },
  };
};

/** Mistakes that must change nothing. */
const mistake: Make = (books, random) => {
  const customer_id = random.pick([...books.accounts.keys()]);
  const nobody = '65e0c0ffee0123456789abcd';
  const wrong: [string, Row, number][] = [
    ['/api/khata/transactions', { customer_id, transaction_type: 'debit', amount: -5 }, 400],
    ['/api/khata/transactions', { customer_id, transaction_type: 'debit', amount: 1.005 }, 400],
    ['/api/khata/transactions', { customer_id: nobody, transaction_type: 'debit', amount: 5 }, 404],
    ['/api/orders', { customer_id, items: [{ product_id: nobody, quantity: 1 }] }, 400],
    ['/api/sales', { customer_id, products: [] }, 400],
    [
      '/api/orders',
      { customer_id, items: [{ product_id: random.pick([...books.stock.keys()]), quantity: 1.5 }] },
      400,
    ],
  ];
  const [path, body, due] = random.pick(wrong);
  return {
    about: [],
    send: (client, once) => client.post(path, body, once),
    settle: (answer) => refusal(answer, due),
  };
};

/** Each with how often it is done, of 100. */
const DONE: readonly [number, Make][] = [
  [28, sell],
  [20, order],
  [26, post],
  [5, takeBack],
  [12, settleOrder],
  [4, restock],
  [1, quoteRate],
  [4, mistake],
];

export function nextAction(books: Bookkeeper, random: Seeded): Action | null {
  let at = random.whole(0, 99);
  for (const [share, make] of DONE) {
    if (at < share) return make(books, random);
    at -= share;
  }
  return null;
}
