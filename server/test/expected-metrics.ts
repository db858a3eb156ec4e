import {
  bills,
  busyHours,
  cohort,
  conversion,
  type Days,
  dayCount,
  moneyIn,
  orderValue,
  partsOf,
  percent,
  plusDays,
  revenue,
  rupees,
  shopDay,
} from './brute-force-money.ts';
import {
  balances,
  buyers,
  debts,
  fineGrams,
  idle,
  rateOf,
  stock,
  topProducts,
} from './brute-force-things.ts';
import type { Expected } from './expected.ts';
import type { ShopRecord } from './shop-record.ts';

const INTERVALS = ['day', 'week', 'month'] as const;

export function expectedMetrics(record: ShopRecord, now: number): Expected[] {
  const today = shopDay(now);
  const month = { from: plusDays(today, -30), to: today };
  const all = { from: plusDays(today, -500), to: plusDays(today, 3) };
  const odd = { from: plusDays(today, -95), to: plusDays(today, -2) };
  const series = INTERVALS.flatMap((interval) =>
    [month, all, odd].flatMap((range) => seriesOf(record, range, interval)),
  );
  return [
    { path: 'today', data: todayOf(record, today) },
    ...series,
    ...[month, odd].map((range) => ({
      path: `busy-hours?${query(range)}`,
      data: { hours: busyHours(record, range) },
    })),
    ...[month, all, odd, ...partsOf(month, 'day')].map((range) => ({
      path: `money-in?${query(range)}`,
      data: { ...range, ...moneyIn(record, range) },
    })),
    ...comparisons(record),
    ...[null, month, odd].flatMap((range) => topProductsOf(record, range)),
    ...agedDebts(record, today),
    ...buyersOf(record, today),
    ...idleStock(record, today),
    { path: 'gold', data: { stock: goldStock(record, today) } },
  ];
}

function query({ from, to }: Days): string {
  return `from=${from}&to=${to}`;
}

function seriesOf(record: ShopRecord, range: Days, interval: string): Expected[] {
  const parts = partsOf(range, interval);
  const over = <T extends object>(make: (part: Days) => T) =>
    parts.map((part) => ({ date: part.from, until: part.to, ...make(part) }));
  const gold = (part: Days) => ({
    sold_grams: fineGrams(record, part, 'sales'),
    ordered_grams: fineGrams(record, part, 'orders'),
  });
  const conversions = over((part) => {
    const { customers, ordering } = conversion(record, part);
    return { customers, customers_with_orders: ordering, conversion_rate: percent(ordering, customers) };
  });
  const asked = `${query(range)}&interval=${interval}`;
  return [
    {
      path: `revenue?${asked}`,
      data: { ...range, totals: revenue(record, range), series: over((part) => revenue(record, part)) },
    },
    {
      path: `order-value?${asked}`,
      data: { totals: orderValue(record, range), series: over((part) => orderValue(record, part)) },
    },
    {
      path: `conversion?${asked}`,
      data: { series: conversions, cohorts: over((part) => cohort(record, part)) },
    },
    { path: `gold?${asked}`, data: { totals: gold(range), series: over(gold) } },
  ];
}

/** Ranges and what they are compared with, worked out by hand. */
const COMPARED: [string, Days, Days][] = [
  ['previous', { from: '2026-01-05', to: '2026-01-15' }, { from: '2025-12-25', to: '2026-01-04' }],
  ['previous', { from: '2025-12-01', to: '2025-12-31' }, { from: '2025-11-01', to: '2025-11-30' }],
  ['previous', { from: '2025-10-01', to: '2025-12-31' }, { from: '2025-07-01', to: '2025-09-30' }],
  ['last_year', { from: '2025-12-20', to: '2026-01-15' }, { from: '2024-12-20', to: '2025-01-15' }],
  ['last_year', { from: '2025-02-01', to: '2025-02-28' }, { from: '2024-02-01', to: '2024-02-29' }],
  // No whole months: as many days of the leap year.
  ['last_year', { from: '2025-02-10', to: '2025-02-28' }, { from: '2024-02-10', to: '2024-02-28' }],
  ['last_year', { from: '2024-02-29', to: '2024-02-29' }, { from: '2023-02-28', to: '2023-02-28' }],
];

function comparisons(record: ShopRecord): Expected[] {
  return COMPARED.map(([name, range, other]) => ({
    path: `revenue?${query(range)}&compare=${name}`,
    data: {
      ...range,
      totals: revenue(record, range),
      compare: {
        name,
        ...other,
        totals: revenue(record, other),
        series: partsOf(other, 'day').map((part) => ({ date: part.from, ...revenue(record, part) })),
      },
    },
  }));
}

function topProductsOf(record: ShopRecord, range: Days | null): Expected[] {
  return (['sales', 'orders', 'both'] as const).flatMap((source) =>
    ['quantity', 'revenue', 'fine_grams'].map((by) => ({
      path: `top-products?source=${source}&by=${by}&limit=7${range === null ? '' : `&${query(range)}`}`,
      data: { products: topProducts(record, range, { source, by, limit: 7 }) },
    })),
  );
}

/** Pages of three, to the last one. */
function pages<T>(rows: readonly T[]): { query: string; rows: T[] }[] {
  const count = Math.max(1, Math.ceil(rows.length / 3));
  return Array.from({ length: count }, (_, page) => ({
    query: `page=${page + 1}&per_page=3`,
    rows: rows.slice(page * 3, page * 3 + 3),
  }));
}

function agedDebts(record: ShopRecord, today: string): Expected[] {
  const owed = debts(record, today).toSorted(
    (a, b) => Number(b.balance - a.balance) || (a.customer.id < b.customer.id ? -1 : 1),
  );
  const total = [0, 1, 2, 3].map((bucket) => owed.reduce((sum, { open }) => sum + (open[bucket] ?? 0n), 0n));
  return pages(owed).map((page) => ({
    path: `khata-ageing?${page.query}`,
    data: {
      as_of: today,
      total: rupees(balances(record).due),
      buckets: total.map((paise) => ({ amount: rupees(paise) })),
      debtors: page.rows.map(({ customer, balance, open }) => {
        const [days_0_30 = 0, days_31_60 = 0, days_61_90 = 0, over_90 = 0] = open.map(rupees);
        return {
          customer_id: customer.id,
          balance: rupees(balance),
          days_0_30,
          days_31_60,
          days_61_90,
          over_90,
        };
      }),
      pagination: { total: owed.length },
    },
  }));
}

const RECENCY = [30, 90, 180, 365];
const FREQUENCY = [1, 2, 5, 10];

function buyersOf(record: ShopRecord, today: string): Expected[] {
  const bought = buyers(record, today);
  const byId = (a: (typeof bought)[number], b: (typeof bought)[number]): number =>
    a.customer.id < b.customer.id ? -1 : 1;
  const orders = {
    value: bought.toSorted((a, b) => Number(b.paise - a.paise) || byId(a, b)),
    recency: bought.toSorted((a, b) => b.lastAt - a.lastAt || byId(a, b)),
    frequency: bought.toSorted(
      (a, b) => b.purchases - a.purchases || Number(b.paise - a.paise) || byId(a, b),
    ),
  };
  const place = (limits: number[], n: number): number => limits.filter((limit) => n > limit).length;
  const segments = [0, 1, 2, 3, 4].flatMap((recency) =>
    [0, 1, 2, 3, 4].map((frequency) => {
      const found = bought.filter(
        (one) => place(RECENCY, one.days) === recency && place(FREQUENCY, one.purchases) === frequency,
      );
      return { customers: found.length, value: rupees(found.reduce((sum, { paise }) => sum + paise, 0n)) };
    }),
  );
  const present = record.customers.filter(({ isRemoved }) => !isRemoved).length;
  return Object.entries(orders).flatMap(([by, rows]) =>
    pages(rows).map((page) => ({
      path: `customers?by=${by}&${page.query}`,
      data: {
        segments,
        customers_without_purchase: present - bought.length,
        customers: page.rows.map((row) => ({
          customer_id: row.customer.id,
          name: row.customer.name,
          last_purchase: new Date(row.lastAt).toISOString(),
          days_since: row.days,
          purchases: row.purchases,
          value: rupees(row.paise),
        })),
        pagination: { total: bought.length },
      },
    })),
  );
}

function idleStock(record: ShopRecord, today: string): Expected[] {
  const pieces = idle(record, today);
  const place = (days: number): number => [90, 180, 365].filter((limit) => days > limit).length;
  const bands = [0, 1, 2, 3].map((band) => {
    const found = pieces.filter(({ days }) => place(days) === band);
    return {
      products: found.length,
      pieces: found.reduce((sum, { product }) => sum + product.stock, 0),
      fine_grams: Number(found.reduce((sum, { fineMg }) => sum + fineMg, 0n)) / 1000,
      list_value: rupees(
        found.reduce((sum, { product }) => sum + BigInt(product.stock) * BigInt(product.basePaise), 0n),
      ),
    };
  });
  return [30, 180].flatMap((limit) => {
    const dead = pieces
      .filter(({ days }) => days >= limit)
      .sort((a, b) => b.days - a.days || (a.product.id < b.product.id ? -1 : 1));
    return pages(dead).map((page) => ({
      path: `stock-ageing?dead_days=${limit}&${page.query}`,
      data: {
        bands,
        dead_stock: page.rows.map(({ product, days, lastSoldAt }) => ({
          product_id: product.id,
          stock_quantity: product.stock,
          idle_days: days,
          last_sold_at: lastSoldAt === null ? null : new Date(lastSoldAt).toISOString(),
        })),
        pagination: { total: dead.length },
      },
    }));
  });
}

function goldStock(record: ShopRecord, today: string) {
  const categories = [
    ...['Nath', 'Pendant Set', 'Tika', 'Necklace', 'Earrings'],
    ...['Bangles', 'Ring', 'Bracelet', 'Bridal Set'],
  ];
  return {
    ...stock(record, today, () => true),
    by_purity: [916, 750, 585].map((purity) => {
      const rate = rateOf(record, purity, today);
      return {
        purity: String(purity),
        rate_per_gram: rate === null ? null : Math.round((rate.paise * purity) / rate.purity) / 100,
        ...stock(record, today, (product) => product.purity === purity),
      };
    }),
    by_category: categories.map((category) => ({
      category,
      ...stock(record, today, (product) => product.category === category),
    })),
  };
}

function todayOf(record: ShopRecord, today: string) {
  const yesterday = plusDays(today, -1);
  const waiting = (status: string) => {
    const { count, paise } = bills(record, null, (bill) => bill.status === status);
    return { count, amount: rupees(paise) };
  };
  const { due, credit, debtors } = balances(record);
  const onSale = record.products.filter(({ isDeleted, status }) => !isDeleted && status === 'published');
  const rates = [916, 999, 750].flatMap((purity) => {
    const known = record.rates.filter((rate) => rate.purity === purity && rate.day <= today);
    const day = known
      .map((rate) => rate.day)
      .sort()
      .at(-1);
    if (day === undefined) return [];
    const last = (of: typeof known): number | null => {
      const newest = of
        .map((rate) => rate.day)
        .sort()
        .at(-1);
      const rate = of.filter((one) => one.day === newest).at(-1);
      return rate === undefined ? null : rate.paise / 100;
    };
    const before = last(known.filter((rate) => rate.day < day));
    return [
      {
        metal_type: 'gold',
        purity: String(purity),
        price_per_gram: last(known),
        date: day,
        age_days: dayCount(day, today),
        previous_price_per_gram: before,
      },
    ];
  });
  return {
    day: today,
    today: revenue(record, { from: today, to: today }),
    yesterday: revenue(record, { from: yesterday, to: yesterday }),
    orders_waiting: { pending: waiting('pending'), processing: waiting('processing') },
    khata: { due: rupees(due), debtors, credit: rupees(credit) },
    stock: {
      low: onSale.filter(({ stock: pieces }) => pieces > 0 && pieces <= 5).length,
      out: onSale.filter(({ stock: pieces }) => pieces === 0).length,
    },
    rates,
  };
}
