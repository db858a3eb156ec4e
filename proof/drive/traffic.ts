// Clerks who write as fast as they are answered: postings, orders, sales and requests that a rule refuses. Each write has
// a name, under which it can be found in the store, and an Idempotency-Key.

import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, dataOf, type Row } from './client.ts';
import type { ClientRecord, Outcome, StoredRow } from './record.ts';
import type { Seeded } from './seeded.ts';
import { addCustomer, addProduct, allEntries, allPages, paiseOf } from './shop.ts';

interface Write {
  name: string;
  path: string;
  body: Row;
  /** What the stored row must hold when this was acknowledged. */
  fields: Row;
}

/** The things that a round of traffic writes about; they belong to this round alone. */
export interface Scene {
  customers: string[];
  /** One who may owe nothing more: a posting to him is refused. */
  limited: string;
  product: string;
  /** A piece that is not there: an order of it is refused. */
  soldOut: string;
}

export async function makeScene(owner: Client, customers = 8): Promise<Scene> {
  const settings = await owner.put('/api/settings', { strict_stock: true, credit_rule: 'refuse' });
  dataOf(settings, 'the settings');
  return {
    customers: await Promise.all(Array.from({ length: customers }, () => addCustomer(owner))),
    limited: await addCustomer(owner, 'Limited', { credit_limit: 1 }),
    product: await addProduct(owner, { stock_quantity: 1_000_000 }),
    soldOut: await addProduct(owner, { stock_quantity: 0 }),
  };
}

export interface TrafficWish {
  clients: readonly Client[];
  scene: Scene;
  record: ClientRecord;
  random: Seeded;
  /** The same for all writes of a round. */
  label: string;
  /** Goes on with another write after an unknown outcome. */
  goesOn?: boolean;
}

export class Traffic {
  readonly #wish: TrafficWish;
  /** Resolves when each clerk has had the answer to his first write: all are let in. */
  readonly letIn: Promise<unknown>;
  readonly #work: Promise<void>[];
  readonly #pending: Write[] = [];
  readonly counts: Record<Outcome, number> = { ok: 0, refused: 0, unknown: 0 };
  readonly statuses = new Map<number, number>();
  /** Failures that do not say when to come back. */
  readonly unhelpful = new Set<string>();
  #stopped = false;

  constructor(wish: TrafficWish) {
    this.#wish = wish;
    const first = wish.clients.map(() => Promise.withResolvers<void>());
    this.letIn = Promise.all(first.map(({ promise }) => promise));
    this.#work = wish.clients.map((client, index) =>
      this.#clerk(client, index, () => first[index]?.resolve()),
    );
  }

  /** Ends it when those under way are answered, or came to nothing. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#work);
  }

  /** Sends what is unknown again under its key, until each has an outcome; answers how many could get none. */
  async retryUnknown(client: Client): Promise<number> {
    let without = 0;
    for (const write of this.#pending.splice(0)) {
      const outcome = await this.#send(client, write);
      if (outcome === 'unknown') without++;
    }
    return without;
  }

  async #clerk(client: Client, index: number, letIn: () => void): Promise<void> {
    const random = this.#wish.random.branch(`${this.#wish.label}-${index}`);
    for (let number = 0; !this.#stopped; number++) {
      const write = nextWrite(this.#wish.scene, random, `${this.#wish.label}-${index}-${number}`);
      const outcome = await this.#send(client, write);
      letIn();
      if (outcome !== 'unknown') continue;
      if (this.#wish.goesOn !== true) return;
      await sleep(20);
    }
  }

  async #send(client: Client, write: Write): Promise<Outcome> {
    const answer = await client.post(write.path, write.body, { headers: { 'idempotency-key': write.name } });
    const outcome = this.#wish.record.note(answer, { name: write.name, fields: write.fields });
    this.counts[outcome]++;
    this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
    if (answer.status >= 500 && answer.headers['retry-after'] === undefined)
      this.unhelpful.add(`${write.path} was answered ${answer.status} without Retry-After`);
    if (outcome === 'unknown') this.#pending.push(write);
    return outcome;
  }
}

function nextWrite(scene: Scene, random: Seeded, name: string): Write {
  const customer_id = random.pick(scene.customers);
  const amount = random.whole(1, 5_000_000) / 100;
  const kind = random.whole(0, 9);
  if (kind === 0) {
    const items = [
      { product_id: random.chance(0.3) ? scene.soldOut : scene.product, quantity: 1, unit_price: amount },
    ];
    const body = { customer_id, items, notes: name, payment_method: random.pick(['cash', 'khata']) };
    return { name, path: '/api/orders', body, fields: { total_amount: amount } };
  }
  if (kind === 1) {
    const products = [{ product_id: scene.product, quantity: 1, price_at_sale: amount }];
    const body = { customer_id, products, notes: name, payment_method: random.pick(['upi', 'khata']) };
    return { name, path: '/api/sales', body, fields: { final_amount: amount } };
  }
  const isRefused = kind === 2;
  const body = {
    customer_id: isRefused ? scene.limited : customer_id,
    transaction_type: isRefused || random.chance(0.6) ? 'debit' : 'credit',
    amount: isRefused ? amount + 1 : amount,
    reference_number: name,
  };
  return { name, path: '/api/khata/transactions', body, fields: { amount: body.amount } };
}

/** All that a scene's customers have in the store, by the names of the writes, and what is wrong with their balances. */
export async function readScene(
  client: Client,
  scene: Scene,
): Promise<{ rows: StoredRow[]; problems: string[] }> {
  const rows: StoredRow[] = [];
  const problems: string[] = [];
  for (const customer of [...scene.customers, scene.limited]) {
    const found = await client.get(`/api/customers/${customer}`);
    if (found.status === 404) {
      problems.push(`acknowledged and lost: the customer ${customer}`);
      continue;
    }
    const { current_balance: balance } = dataOf(found);
    const entries = await allEntries(client, customer);
    for (const row of entries) {
      const isOwn = row.source === null;
      if (isOwn) rows.push({ name: String(row.reference_number), row });
    }
    for (const row of await allPages(client, `/api/orders/customer/${customer}`))
      rows.push({ name: String(row.notes), row });
    for (const row of await allPages(client, `/api/sales?customer_id=${customer}`))
      rows.push({ name: String(row.notes), row });
    problems.push(...balanceProblems(customer, entries, balance));
  }
  return { rows, problems };
}

/** Each entry of one customer, oldest first, stands on the one before it, and the balance on the last. */
export function balanceProblems(customer: string, entries: readonly Row[], balance: unknown): string[] {
  let due = 0n;
  const problems: string[] = [];
  for (const entry of entries) {
    due += entry.transaction_type === 'debit' ? paiseOf(entry.amount) : -paiseOf(entry.amount);
    if (paiseOf(entry.balance_after) !== due)
      problems.push(`entry ${entry.id} of ${customer} says ${entry.balance_after}, its fold is ${due} paise`);
  }
  if (paiseOf(balance) !== due)
    problems.push(`${customer} owes ${balance}, the fold of the entries is ${due} paise`);
  return problems;
}
