// How fast the shop answers reads over HTTP, beside node:http alone answering the same bytes from memory, by turns in the
// same run: the public catalogue, its search, and what the counter looks at signed in.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATEGORIES } from '../src/domain/product.ts';
import type { AskingLoad, AskingResult } from './asking-clients.ts';
import type { BareAnswer } from './bare-http.ts';
import { judgedRatio, median, rounded } from './judgement.ts';
import { freePort, openServer, untilAnswered } from './measured-server.ts';
import { ROUNDS, roundMs } from './pace.ts';
import { cpuMicroseconds } from './processes.ts';
import { run, start } from './run-child.ts';
import { fillYear } from './year-of-business.ts';

const CLIENTS = 16;
const ROUND_MS = 1_500;
const WARM_UP_MS = 3_000;
const SIZES = { products: 5_000, customers: 200, orders: 2_000, sales: 0, entries: 20_000 };

interface Work {
  work: string;
  /** Null: not a goal; for comparison. */
  goal: number | null;
  paths: AskingLoad['paths'];
  headers?: string[];
  status?: number;
  answersPerAddress?: number;
}
interface Side extends AskingResult {
  /** Microseconds of CPU time for an answer; null where the system does not say. */
  microseconds: number | null;
}
/** The server, and who is signed in to it. */
type SignedIn = Awaited<ReturnType<typeof openServer>>;
type Round = { bare: Side; shop: Side };

/** Prints the tables; false when a goal was missed. */
export async function benchReads(): Promise<boolean> {
  const base = join(process.env.BENCH_DIR ?? 'var', 'bench');
  mkdirSync(base, { recursive: true });
  const folder = mkdtempSync(join(base, 'reads-'));
  try {
    await fillYear(join(folder, 'shop.db'), SIZES, Date.now());
    const shop = await openServer(folder, false);
    try {
      let met = true;
      for (const work of await allWorks(folder, shop)) met = (await judge(shop, work)) && met;
      return met;
    } finally {
      await shop.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function allWorks(folder: string, { port, token }: SignedIn): Promise<Work[]> {
  const bearer = [`Authorization: Bearer ${token}`];
  const get = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'identity' },
    });
    return {
      tag: answer.headers.get('etag') ?? '',
      body: (await answer.json()) as { data: { id: string }[] },
    };
  };
  const list = await get('/api/products');
  const [piece] = list.body.data;
  const [customer] = (await get('/api/customers?limit=1')).body.data;
  const filtered = '/api/products?category=Ring&min_price=100000&max_price=400000&page=2';
  const catalogue = [
    { work: 'list of 20 pieces with live prices', goal: 0.7, paths: ['/api/products'] },
    { work: 'the same by category and price, page 2', goal: 0.7, paths: [filtered] },
    { work: 'one piece', goal: 0.7, paths: [`/api/products/${piece?.id}`] },
    {
      work: '304 of an unchanged list',
      goal: 0.8,
      paths: ['/api/products'],
      headers: [`If-None-Match: ${list.tag}`],
      status: 304,
    },
    {
      work: 'text search over 5,000 pieces, no question twice',
      goal: 0.15,
      paths: searches(folder),
      // The limit of searches stays as it is, so that they come from many addresses, here and to node:http.
      answersPerAddress: 250,
    },
    { work: 'filters that nobody asked before', goal: null, paths: newFilters(folder) },
    {
      work: 'list of 20, compressed',
      goal: null,
      paths: ['/api/products'],
      headers: ['Accept-Encoding: gzip, br'],
    },
  ];
  return [
    ...catalogue,
    {
      work: 'the same list from the store, without memory',
      goal: null,
      paths: ['/api/products/admin?status=published'],
      headers: bearer,
    },
    { work: 'signed in: 20 orders with their items', goal: 0.25, paths: ['/api/orders'], headers: bearer },
    {
      work: 'signed in: a page of one customer’s ledger',
      goal: 0.25,
      paths: [`/api/customers/${customer?.id}/khata?limit=20`],
      headers: bearer,
    },
  ];
}

/** Words of the pieces and numbers of their names, each pair once. */
function searches(folder: string): { file: string } {
  const words = ['ring', 'piece', 'long', 'year', 'a', 'lon', 'iec', 'of'];
  const lines = words.flatMap((word) =>
    Array.from({ length: 9_000 }, (_, n) => `/api/products?search=${word}+${(n * 7) % 9_000}`),
  );
  return written(join(folder, 'searches'), lines);
}

function newFilters(folder: string): { file: string } {
  const lines = CATEGORIES.flatMap((category) =>
    Array.from({ length: 6_000 }, (_, n) => {
      const from = 10_000 + n * 50;
      return `/api/products?category=${encodeURIComponent(category)}&min_price=${from}&max_price=${from + 150_000}`;
    }),
  );
  return written(join(folder, 'filters'), lines);
}

function written(file: string, lines: readonly string[]): { file: string } {
  // Neighbours differ in their words, too.
  const mixed = lines.map((_, n) => lines[(n * 7_919) % lines.length] as string);
  writeFileSync(file, mixed.join('\n'));
  return { file };
}

async function judge(shop: SignedIn, work: Work): Promise<boolean> {
  const rounds = await measure(shop, work);
  console.log(`\n${work.work}, ${CLIENTS} clients, beside node:http alone with the same bytes`);
  console.table(
    rounds.map(({ bare, shop: ours }) => ({
      'node:http /s': Math.round(bare.perSecond),
      'shop /s': Math.round(ours.perSecond),
      ratio: rounded(ours.perSecond / bare.perSecond),
      'node:http us CPU': bare.microseconds,
      'shop us CPU': ours.microseconds,
      'shop p50 ms': rounded(ours.p50),
      'shop p99 ms': rounded(ours.p99),
    })),
  );
  const ratios = rounds.map(({ bare, shop: ours }) => ours.perSecond / bare.perSecond);
  const side = (of: (round: Round) => Side) =>
    `${Math.round(median(rounds.map((round) => of(round).perSecond)))}/s`;
  const row = {
    work: work.work,
    baseline: `node:http ${side(({ bare }) => bare)}`,
    measured: side(({ shop: ours }) => ours),
    note: `${rounds[0]?.shop.bytes} bytes; p99 ${rounded(median(rounds.map((round) => round.shop.p99)))} ms`,
  };
  return judgedRatio(row, ratios, work.goal ?? 0, work.goal !== null);
}

/** By turns, so that each sees the same machine. */
async function measure(shop: SignedIn, work: Work): Promise<Round[]> {
  const bare = await startBare(shop, work);
  try {
    let first = 0;
    const ask = async (server: { port: number; pid: number }, milliseconds: number): Promise<Side> => {
      const { paths, headers = [], status = 200, answersPerAddress } = work;
      const load: AskingLoad = {
        port: server.port,
        paths,
        headers,
        status,
        first,
        clients: CLIENTS,
        milliseconds,
        ...(answersPerAddress === undefined ? {} : { answersPerAddress }),
      };
      const before = cpuMicroseconds(server.pid);
      const result = await run<AskingResult>('./asking-clients.ts', load);
      const after = cpuMicroseconds(server.pid);
      const used = before === null || after === null ? null : (after - before) / result.answers;
      // Questions that were not asked before must not have been.
      if (server.pid === shop.pid) first += result.answers;
      return { ...result, microseconds: used === null ? null : Math.round(used * 10) / 10 };
    };
    await ask(bare, roundMs(WARM_UP_MS / 3));
    await ask(shop, roundMs(WARM_UP_MS));
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push({ bare: await ask(bare, roundMs(ROUND_MS)), shop: await ask(shop, roundMs(ROUND_MS)) });
    }
    return rounds;
  } finally {
    bare.stop();
  }
}

/** Answers as the shop does at this moment. */
async function startBare(
  shop: SignedIn,
  { paths, headers = [], status = 200 }: Work,
): Promise<{ port: number; pid: number; stop: () => void }> {
  const path = Array.isArray(paths) ? paths[0] : '/api/products';
  const sent = headers.map((line) => line.split(': ') as [string, string]);
  const answer = await fetch(`http://127.0.0.1:${shop.port}${path}`, {
    headers: Object.fromEntries([['accept-encoding', 'identity'], ...sent]),
  });
  const etag = answer.headers.get('etag');
  const port = await freePort();
  const bare: BareAnswer = {
    port,
    status,
    body: status === 304 ? '' : await answer.text(),
    headers: status === 304 && etag !== null ? { ETag: etag } : {},
  };
  const child = start('./bare-http.ts', [JSON.stringify(bare)], { slow: false, piped: false });
  await untilAnswered(port);
  return { port, pid: child.pid ?? 0, stop: () => child.kill() };
}
