// The metrics of products, stock, customers and debts, by brute force from a test's own record; see brute-force-money.ts.

import { bills, type Days, dayCount, isBooked, rupees, shopDay } from './brute-force-money.ts';
import type { RecordedBill, RecordedLine, RecordedProduct, ShopRecord } from './shop-record.ts';

type Source = 'sales' | 'orders' | 'both';

/** Of one piece, in whole milligrams, half a milligram up. */
function fineMg({ netMg, purity }: { netMg: number; purity: number }): bigint {
  return (BigInt(netMg) * BigInt(purity) + 500n) / 1000n;
}

function grams(mg: bigint): number {
  return Number(mg) / 1000;
}

function isSold(source: Source): (bill: RecordedBill) => boolean {
  return (bill) => (source !== 'orders' && bill.kind === 'sale') || (source !== 'sales' && isBooked(bill));
}

function linesOf(record: ShopRecord, range: Days | null, source: Source): RecordedLine[] {
  return bills(record, range, isSold(source)).found.flatMap(({ lines }) => lines);
}

export function fineGrams(record: ShopRecord, range: Days, source: Source): number {
  const lines = linesOf(record, range, source);
  return grams(lines.reduce((total, line) => total + BigInt(line.quantity) * fineMg(line), 0n));
}

export function topProducts(
  record: ShopRecord,
  range: Days | null,
  { source, by, limit }: { source: Source; by: string; limit: number },
) {
  const sums = new Map<RecordedProduct, { quantity: bigint; revenue: bigint; fine_grams: bigint }>();
  for (const line of linesOf(record, range, source)) {
    const sum = sums.get(line.product) ?? { quantity: 0n, revenue: 0n, fine_grams: 0n };
    sum.quantity += BigInt(line.quantity);
    sum.revenue += BigInt(line.quantity) * BigInt(line.unitPaise);
    sum.fine_grams += BigInt(line.quantity) * fineMg(line);
    sums.set(line.product, sum);
  }
  const measure = by as 'quantity' | 'revenue' | 'fine_grams';
  return [...sums]
    .sort(([a, sumOfA], [b, sumOfB]) => {
      const difference = sumOfB[measure] - sumOfA[measure];
      if (difference !== 0n) return difference > 0n ? 1 : -1;
      return a.id < b.id ? -1 : 1;
    })
    .slice(0, limit)
    .map(([product, sum]) => ({
      product_id: product.id,
      product_name: product.name,
      category: product.category,
      is_active: !product.isDeleted,
      quantity: Number(sum.quantity),
      revenue: rupees(sum.revenue),
      fine_grams: grams(sum.fine_grams),
    }));
}

function inStock(record: ShopRecord): RecordedProduct[] {
  return record.products.filter(({ isDeleted, stock }) => !isDeleted && stock > 0);
}

/** The latest rates that are not of a day to come; the one of the piece's own purity, else 916, else the finest. */
export function rateOf(record: ShopRecord, purity: number, today: string) {
  const known = record.rates.filter(({ day }) => day <= today);
  const lastOf = (of: number) =>
    known
      .filter((rate) => rate.purity === of)
      .reduce<(typeof known)[number] | null>(
        (last, rate) => (last === null || rate.day >= last.day ? rate : last),
        null,
      );
  const board = [999, 916, 750].flatMap((of) => lastOf(of) ?? []);
  const lastDay = board
    .map(({ day }) => day)
    .sort()
    .at(-1);
  const current = board.filter(({ day }) => day === lastDay);
  return (
    current.find((rate) => rate.purity === purity) ??
    current.find((rate) => rate.purity === 916) ??
    current[0] ??
    null
  );
}

export function stock(record: ShopRecord, today: string, wanted: (product: RecordedProduct) => boolean) {
  const products = inStock(record).filter(wanted);
  const weigh = (mgOf: (product: RecordedProduct) => bigint): bigint =>
    products.reduce((total, product) => total + BigInt(product.stock) * mgOf(product), 0n);
  // The metal of each category and purity is valued together.
  const lots = new Map<string, { purity: number; netMg: bigint }>();
  for (const { category, purity, netMg, stock: pieces } of products) {
    const lot = lots.get(`${category} ${purity}`) ?? { purity, netMg: 0n };
    lot.netMg += BigInt(pieces) * BigInt(netMg);
    lots.set(`${category} ${purity}`, lot);
  }
  const values = [...lots.values()].map(({ purity, netMg }) => {
    const rate = rateOf(record, purity, today);
    if (rate === null) return 0n;
    const over = 1000n * BigInt(rate.purity);
    return (2n * netMg * BigInt(rate.paise) * BigInt(purity) + over) / (2n * over);
  });
  const hasRate = rateOf(record, 916, today) !== null;
  return {
    products: products.length,
    pieces: products.reduce((total, product) => total + product.stock, 0),
    net_grams: grams(weigh(({ netMg }) => BigInt(netMg))),
    fine_grams: grams(weigh(fineMg)),
    metal_value: hasRate ? rupees(values.reduce((total, value) => total + value, 0n)) : null,
    list_value: rupees(weigh(({ basePaise }) => BigInt(basePaise))),
  };
}

/** Each piece in stock with the days it lies. */
export function idle(record: ShopRecord, today: string) {
  return inStock(record).map((product) => {
    const sold = bills(record, null, isSold('both')).found.filter(({ lines }) =>
      lines.some((line) => line.product === product),
    );
    const lastSoldAt = sold.length === 0 ? null : Math.max(...sold.map(({ at }) => at));
    const days = dayCount(shopDay(Math.max(lastSoldAt ?? 0, product.addedAt)), today);
    return { product, lastSoldAt, days, fineMg: BigInt(product.stock) * fineMg(product) };
  });
}

/** What each customer of today bought, where it is anything. */
export function buyers(record: ShopRecord, today: string) {
  return record.customers.flatMap((customer) => {
    const bought = bills(record, null, (bill) => bill.customer === customer && isSold('both')(bill));
    if (customer.isRemoved || bought.count === 0) return [];
    const lastAt = Math.max(...bought.found.map(({ at }) => at));
    const days = dayCount(shopDay(lastAt), today);
    return [{ customer, purchases: bought.count, paise: bought.paise, lastAt, days }];
  });
}

/** Settles each customer's debits one after another, oldest first, with all that was paid; what is left is owed. */
export function debts(record: ShopRecord, today: string) {
  const isStanding = (id: string): boolean => !record.entries.some(({ reverses }) => reverses === id);
  return record.customers.flatMap((customer) => {
    const standing = record.entries.filter(
      (entry) => entry.customer === customer && entry.reverses === null && isStanding(entry.id),
    );
    let paid = standing.reduce(
      (total, { type, paise }) => total + (type === 'credit' ? BigInt(paise) : 0n),
      0n,
    );
    const open = [0n, 0n, 0n, 0n];
    for (const { type, paise, at } of standing) {
      if (type === 'credit') continue;
      const settled = paid < BigInt(paise) ? paid : BigInt(paise);
      paid -= settled;
      const age = dayCount(shopDay(at), today);
      const bucket = [30, 60, 90].filter((limit) => age > limit).length;
      open[bucket] = (open[bucket] ?? 0n) + BigInt(paise) - settled;
    }
    const balance = open.reduce((total, paise) => total + paise, 0n);
    return balance > 0n ? [{ customer, balance, open }] : [];
  });
}

/** The sum of the balances above 0, of those below it (as a positive amount), and how many are not 0. */
export function balances(record: ShopRecord) {
  const all = record.customers.map((customer) =>
    record.entries
      .filter((entry) => entry.customer === customer)
      .reduce((total, { type, paise }) => total + BigInt(type === 'debit' ? paise : -paise), 0n),
  );
  const total = (of: bigint[]): bigint => of.reduce((sum, balance) => sum + balance, 0n);
  return {
    due: total(all.filter((balance) => balance > 0n)),
    credit: -total(all.filter((balance) => balance < 0n)),
    debtors: all.filter((balance) => balance > 0n).length,
    others: all.filter((balance) => balance !== 0n).length,
  };
}
