// Fills an empty store with a year of business. Products, customers and rates go through the shop's own door; orders,
// sales and the ledger (with its journal) are written as rows, and then the kept figures are rebuilt from the views
// that `swati verify` compares them with: through the door a million entries would take the better part of an hour.

import { CATEGORIES, PRODUCT_PURITIES } from '../src/domain/product.ts';
import { type SeededRandom, seededRandom } from '../src/features/demo/seeded-random.ts';
import {
  aBy,
  aCustomer,
  aGoldRate,
  aProduct,
  DAY,
  HOUR,
  newId,
} from '../src/store/contract-suite/builders.ts';
import type { Connection } from '../src/store/sqlite/database.ts';
import { openForWriting } from '../src/store/sqlite/open-for-writing.ts';
import { type Command, Door } from '../src/store/sqlite/writes/door.ts';
import { type Ledger, openLedger } from './year-ledger.ts';
import { SHOP, writeOrder, writeSale, type YearPiece } from './year-orders.ts';

export interface Sizes {
  products: number;
  customers: number;
  orders: number;
  sales: number;
  entries: number;
}

const DAYS = 365;
const CHANGES_AT_ONCE = 1_000;
const KEPT = [
  'daily_figures',
  'customer_figures',
  'product_figures',
  'product_days',
  'product_last_sold',
  'khata_daily_debits',
];

/** The year ends with the day of `until`. Answers how many rows were made in how many seconds. */
export async function fillYear(
  file: string,
  sizes: Sizes,
  until: number,
): Promise<{ rows: number; seconds: number }> {
  const started = performance.now();
  const db = await openForWriting(file, until);
  try {
    const random = seededRandom(20_260_115);
    const first = until - DAYS * DAY;
    const products = Array.from({ length: sizes.products }, () => newProduct(random));
    const customers = Array.from({ length: sizes.customers }, () => aCustomer());
    throughDoor(db, [
      ...products.map((product) => command('products.add', [product], first - DAY)),
      // Half of the customers are there at the beginning, the others come through the year.
      ...customers.map((customer, n) =>
        command('customers.add', [customer], first + arrival(n, sizes) * DAY),
      ),
      ...Array.from({ length: DAYS }, (_, day) => {
        const at = first + day * DAY;
        return command('prices.record', [aGoldRate(650_000 + day * 50, at)], at);
      }),
    ]);
    const ledger = openLedger(db);
    for (let day = 0; day < DAYS; day++) {
      const there = customers.filter((_, n) => arrival(n, sizes) <= day).map(({ id }) => id);
      writeDay(db, random, ledger, { sizes, products, customers: there, day, morning: first + day * DAY });
    }
    rebuild(db, ledger);
    const rows = sizes.products + sizes.customers + sizes.orders + sizes.sales + sizes.entries;
    return { rows, seconds: (performance.now() - started) / 1000 };
  } finally {
    db.close();
  }
}

function arrival(n: number, { customers }: Sizes): number {
  return Math.floor(Math.max(0, n / customers - 0.5) * 2 * DAYS);
}

function command(name: string, args: unknown[], at: number): Command {
  return { shopId: SHOP, name, args, by: aBy({ at }) };
}

function throughDoor(db: Connection, commands: Command[]): void {
  const door = new Door(db);
  for (let from = 0; from < commands.length; from += CHANGES_AT_ONCE) {
    for (const answer of door.runGroup(commands.slice(from, from + CHANGES_AT_ONCE))) {
      if ('defect' in answer) throw new Error(answer.defect);
      if (!answer.outcome.ok) throw new Error(JSON.stringify(answer.outcome.refusal));
    }
  }
}

interface YearDay {
  sizes: Sizes;
  products: readonly YearPiece[];
  customers: readonly string[];
  day: number;
  morning: number;
}

function writeDay(db: Connection, random: SeededRandom, ledger: Ledger, today: YearDay): void {
  const { sizes, day, morning } = today;
  const moment = (): number => morning + random.between(10 * HOUR, 20 * HOUR);
  const shopping = () => ({
    customerId: random.pick(today.customers),
    at: moment(),
    lines: Array.from({ length: random.between(1, 3) }, () => ({
      piece: random.pick(today.products),
      quantity: random.between(1, 2),
    })),
  });
  db.exec('BEGIN IMMEDIATE');
  for (let n = share(sizes.orders, day); n > 0; n--) {
    writeOrder(db, shopping(), statusOn(DAYS - day, random));
  }
  for (let n = share(sizes.sales, day); n > 0; n--) writeSale(db, shopping(), random.between(1, 10) > 1);
  for (let n = share(sizes.entries, day); n > 0; n--) {
    // One of a hundred is taken back at once.
    const reverses = n % 100 === 1;
    const type = random.next() < 0.5 ? 'debit' : 'credit';
    if (reverses) ledger.reverseLast(moment());
    else ledger.post(random.pick(today.customers), type, random.between(1_000, 500_000), moment());
  }
  db.exec('COMMIT');
}

/** The newest orders wait; of the older ones a tenth was cancelled. */
function statusOn(daysAgo: number, random: SeededRandom): string {
  if (daysAgo <= 5) return random.pick(['pending', 'processing']);
  return random.between(1, 10) === 1 ? 'cancelled' : 'completed';
}

/** The part of a year's number that falls on a day, so that the days add up to it. */
function share(total: number, day: number): number {
  return Math.floor((total * (day + 1)) / DAYS) - Math.floor((total * day) / DAYS);
}

function rebuild(db: Connection, ledger: Ledger): void {
  db.exec('BEGIN IMMEDIATE');
  ledger.writeSums();
  for (const table of KEPT)
    db.exec(`DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM expected_${table};`);
  db.exec('COMMIT');
}

function newProduct(random: SeededRandom) {
  return aProduct({
    id: newId(),
    category: random.pick(CATEGORIES),
    goldPurity: random.pick(PRODUCT_PURITIES),
    netWeightMg: random.between(1_000, 50_000),
    basePricePaise: random.between(500_000, 50_000_000),
    stockQuantity: random.between(0, 40),
    status: random.between(1, 20) === 1 ? 'draft' : 'published',
    description: 'A piece of a long year',
  });
}
