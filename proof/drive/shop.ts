// What checks need of a shop again and again, all of it through the public API.

import { join } from 'node:path';
import type { Stage } from '../check.ts';
import { Client, dataOf, type Row, rowsOf } from './client.ts';
import { childrenOf } from './process-facts.ts';
import { type Program, startProgram } from './program.ts';

export const OWNER = { username: 'owner', email: 'owner@example.com', password: 'a long enough password' };

const OWNER_SETTINGS = {
  ADMIN_USERNAME: OWNER.username,
  ADMIN_EMAIL: OWNER.email,
  ADMIN_PASSWORD: OWNER.password,
};

export interface OpenShop {
  dataDir: string;
  /** One program with two workers; or, of a version that has none, two programs on one folder. */
  programs: Program[];
  owner: Client;
  /** A client with the owner's token. Those of one call after another are spread over the programs. */
  client: (sockets?: number) => Client;
  close: () => Promise<void>;
}

export interface ShopWish {
  dataDir?: string;
  environment?: Record<string, string>;
  /** 2 where a race is meant. */
  workers?: 1 | 2;
  /** The owner's, where it is not the usual one. */
  password?: string;
}

export async function openShop(stage: Stage, wish: ShopWish = {}): Promise<OpenShop> {
  const dataDir = wish.dataDir ?? join(stage.folder, 'data');
  const programs = await startWorkers(stage, wish, dataDir);
  const origins = programs.map((program) => program.origin);
  const token = await signIn(origins[0] as string, OWNER.username, wish.password ?? OWNER.password);
  const clients: Client[] = [];
  const client = (sockets = 1): Client => {
    const made = new Client(origins[clients.length % origins.length] as string, token, sockets);
    clients.push(made);
    return made;
  };
  const owner = client(8);
  return {
    dataDir,
    programs,
    owner,
    client,
    close: async () => {
      for (const one of clients) one.close();
      for (const program of programs) if (!program.hasEnded()) await program.stop();
    },
  };
}

async function startWorkers(stage: Stage, wish: ShopWish, dataDir: string): Promise<Program[]> {
  const environment = { ...OWNER_SETTINGS, ...wish.environment, WORKERS: String(wish.workers ?? 1) };
  const first = await startProgram(stage, { dataDir, environment });
  // A version without workers runs one process: then a second program on the same folder stands for them.
  if (wish.workers !== 2 || childrenOf(first.pid).length > 0) return [first];
  return [first, await startProgram(stage, { dataDir, environment: { ...environment, WORKERS: '1' } })];
}

export async function signIn(origin: string, username: string, password: string): Promise<string> {
  const client = new Client(origin);
  const data = dataOf(await client.post('/api/auth/login', { username, password }), 'signing in');
  client.close();
  return String(data.access_token);
}

let phones = 0;

export async function addCustomer(client: Client, name = 'Asha Patil', more: Row = {}): Promise<string> {
  const phone = `+91${String(7_000_000_000 + phones++)}`;
  return String(
    dataOf(await client.post('/api/customers', { name, phone, ...more }), 'adding a customer').id,
  );
}

export async function addProduct(client: Client, more: Row = {}): Promise<string> {
  const body = {
    name: 'Gold ring',
    category: 'Ring',
    base_price: 25000,
    weight: 5.5,
    status: 'published',
    ...more,
  };
  return String(dataOf(await client.post('/api/products', body), 'adding a product').id);
}

/** Every entry of the khata in the order of the ledger, oldest first; of one customer where one is named. */
export async function allEntries(client: Client, customerId?: string): Promise<Row[]> {
  const filter = customerId === undefined ? '' : `&customer_id=${customerId}`;
  const rows = await allRows(client, (skip) => `/api/khata/transactions?limit=1000&skip=${skip}${filter}`);
  return rows.reverse();
}

/** All rows of a list that is asked for with `skip`. */
async function allRows(client: Client, path: (skip: number) => string): Promise<Row[]> {
  const all: Row[] = [];
  for (;;) {
    const page = rowsOf(await client.get(path(all.length)));
    all.push(...page);
    if (page.length === 0) return all;
  }
}

/** All rows of a list that has pages. */
export async function allPages(client: Client, path: string): Promise<Row[]> {
  const all: Row[] = [];
  for (let page = 1; ; page++) {
    const answer = await client.get(`${path}${path.includes('?') ? '&' : '?'}per_page=100&page=${page}`);
    all.push(...rowsOf(answer));
    if (answer.body.pagination?.has_next !== true) return all;
  }
}

/** Rupees of the wire as paise. */
export function paiseOf(rupees: unknown): bigint {
  const [whole = '0', decimals = ''] = String(rupees).split('.');
  const negative = whole.startsWith('-');
  const paise = BigInt(whole.replace('-', '')) * 100n + BigInt(decimals.padEnd(2, '0'));
  return negative ? -paise : paise;
}
