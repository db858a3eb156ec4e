// A short sequence of shop actions with customers and pieces of its own, held against the bookkeeper, and written down
// in a form in which two stores can be compared: ids by the order of their appearance, instants as such.

import type { Answer, Client, Row } from '../drive/client.ts';
import { type Seeded, seeded } from '../drive/seeded.ts';
import { allEntries, allPages, paiseOf } from '../drive/shop.ts';
import { nextAction } from './actions.ts';
import { Bookkeeper } from './bookkeeper.ts';

export interface Told {
  transcript: string[];
  problems: string[];
  actions: number;
}

/** What a step does is drawn from its own number alone: a sequence may lose steps and the others stay as they are. */
export type Steps = readonly number[];

export const MOST_STEP = 2 ** 31 - 1;

export function drawSteps(random: Seeded, length: number): Steps {
  return Array.from({ length }, () => random.whole(0, MOST_STEP));
}

/** `number` makes names and phones that no other sequence has, and the same ones in every store. */
export async function runSequence(client: Client, steps: Steps, number: number): Promise<Told> {
  const books = new Bookkeeper();
  const told: Told = { transcript: [], problems: [], actions: 0 };
  const seen = new Map<string, string>();
  const write = (answer: Answer): Answer => {
    told.transcript.push(`${answer.status} ${comparable(answer.text, seen)}`);
    return answer;
  };
  const idOf = (answer: Answer): string => String((write(answer).body.data as Row | null)?.id);
  for (let one = 0; one < 2; one++) {
    const phone = `+91${6_000_000_000 + number * 2 + one}`;
    books.openAccount(
      idOf(await client.post('/api/customers', { name: `Customer ${number}-${one}`, phone })),
    );
    const pieces = (number * 2 + one) % 10;
    const body = {
      name: `Piece ${number}-${one}`,
      category: 'Ring',
      base_price: 500,
      weight: 4,
      stock_quantity: pieces,
    };
    books.stock.set(idOf(await client.post('/api/products', body)), pieces);
  }
  const before = new Map<string, string>();
  for (const [index, step] of steps.entries()) {
    // The same step, but never under a key that was used before.
    const { hex } = seeded(`key-${number}-${index}`);
    const action = nextAction(books, seeded(`step-${step}`));
    // The rate is one for the whole shop, and others work there too.
    if (action === null || action.about.includes('rate')) continue;
    told.actions++;
    const once = { headers: { 'idempotency-key': hex(24) } };
    const problem = action.settle(write(await action.send(client, once)), books);
    if (problem !== null) told.problems.push(`an action ${problem}`);
  }
  for (const [customer, account] of books.accounts) {
    const entries = await allEntries(client, customer);
    told.problems.push(...foldProblems(entries, account.balance, before));
    told.transcript.push(comparable(JSON.stringify(entries), seen));
    for (const list of [`/api/orders/customer/${customer}`, `/api/sales?customer_id=${customer}`])
      told.transcript.push(comparable(JSON.stringify(await allPages(client, list)), seen));
    write(await client.get(`/api/customers/${customer}/khata?per_page=5`));
    // Read once more: an entry that was written never changes.
    told.problems.push(...foldProblems(await allEntries(client, customer), account.balance, before));
  }
  for (const [product, pieces] of books.stock) {
    const { stock_quantity: got } = write(await client.get(`/api/products/${product}`)).body.data as Row;
    if (got !== pieces) told.problems.push(`the stock is ${got}, the bookkeeper has ${pieces}`);
  }
  return told;
}

function foldProblems(entries: readonly Row[], due: bigint, before: Map<string, string>): string[] {
  const problems: string[] = [];
  let balance = 0n;
  const signed = new Map<string, bigint>();
  for (const { reversed_by: by, ...entry } of entries) {
    const amount = entry.transaction_type === 'debit' ? paiseOf(entry.amount) : -paiseOf(entry.amount);
    balance += amount;
    signed.set(String(entry.id), amount);
    if (paiseOf(entry.balance_after) !== balance)
      problems.push(`${entry.id}: balance_after ${entry.balance_after}, its fold ${balance}`);
    if (entry.reverses !== null && signed.get(String(entry.reverses)) !== -amount)
      problems.push(`${entry.id} is not the opposite of what it reverses`);
    const text = JSON.stringify(entry);
    const old = before.get(String(entry.id));
    if (old !== undefined && old !== text)
      problems.push(`the entry ${entry.id} changed (${by}): ${old} / ${text}`);
    before.set(String(entry.id), text);
  }
  if (balance !== due) problems.push(`the entries come to ${balance} paise, the bookkeeper has ${due}`);
  return problems;
}

/** What must be equal in two stores. */
function comparable(text: string, seen: Map<string, string>): string {
  return text
    .replace(/"request_id":"[^"]*"/g, '"request_id":""')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, 'T')
    .replace(/ORD-\d{8}-[A-Z0-9]{4}/g, 'ORD')
    .replace(/\b[0-9a-f]{24}\b/g, (id) => {
      if (!seen.has(id)) seen.set(id, `#${seen.size}`);
      return seen.get(id) as string;
    });
}
