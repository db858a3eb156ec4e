// Fills an empty shop with a sample one, through the same doors that people use: catalogue with pictures, customers,
// board rates, a month and a half of orders, sales and khata. The same for everyone but for the dates and ids.

import { readFile } from 'node:fs/promises';
import type { By } from '../../domain/actor.ts';
import type { Customer } from '../../domain/customer.ts';
import type { PaymentTerms } from '../../domain/payment.ts';
import { normalisePhone } from '../../domain/phone.ts';
import { DAY_MS, dayOf, startOfDay } from '../../domain/shop-day.ts';
import type { Shop } from '../../http/shop.ts';
import { systemBy } from '../../http/system-by.ts';
import { DEMO_CUSTOMERS } from './demo-people.ts';
import { DEMO_PIECES } from './demo-pieces.ts';
import { demoRates, SYNTHETIC_SOURCE } from './demo-rates.ts';
import { type SeededRandom, seededRandom } from './seeded-random.ts';

/** Who is said to have made it. */
export const SAMPLE = 'sample shop';
const RATE_DAYS = 120;
/** Each looks at the ones before it: of hundreds at once the last would wait for longer than a caller of a cluster does. */
const RATES_AT_ONCE = 25;
const TRADING_DAYS = 45;
const SEED = 20260115;
const HOUR_MS = 3_600_000;
const PICTURES = new URL('../../../data/demo/', import.meta.url);

interface DemoProduct {
  id: string;
  pricePaise: number;
  /** How many lie in the shop today, whatever was sold before. */
  stockQuantity: number;
}

/** Everything that one step of the seeding needs. */
interface Seeding {
  shop: Shop;
  random: SeededRandom;
  /** Acts as the program itself, at an instant of the past. */
  by: (at: number) => By;
}

/** Makes the sample shop. The store must hold no customers or products; accounts are not touched. */
export async function seedDemoShop(shop: Shop): Promise<void> {
  const now = shop.now();
  let requests = 0;
  const seeding: Seeding = {
    shop,
    random: seededRandom(SEED),
    by: (at) => ({ ...systemBy(shop, SAMPLE), requestId: `sample-${++requests}`, at }),
  };
  const opening = startOfDay(dayOf(now - TRADING_DAYS * DAY_MS)) + 9 * HOUR_MS;
  await shop.store.settings.change(
    {
      shopName: 'Swati Jewellers',
      shopAddress: '21 Laxmi Road, Pune 411030',
      shopPhone: '+91 20 2445 0000',
      upiId: 'swati@upi',
    },
    null,
    seeding.by(opening),
  );
  await recordRates(seeding, now);
  const products = await addPieces(seeding, opening);
  const customers = await addCustomers(seeding, opening);
  await trade(seeding, products, customers, now);
  await restock(seeding, products, now);
}

async function recordRates({ shop, random, by }: Seeding, now: number): Promise<void> {
  // Sent some at a time, stored in this order: the door commits them in groups.
  const rates = demoRates(random, now, RATE_DAYS);
  for (let from = 0; from < rates.length; from += RATES_AT_ONCE) {
    const recorded = rates.slice(from, from + RATES_AT_ONCE).map(({ metal, purity, paisePerGram, day }) => {
      const at = Math.min(startOfDay(day) + 10 * HOUR_MS, now);
      const rate = { metal, purity, paisePerGram, at, day, source: SYNTHETIC_SOURCE, confirm: true };
      return shop.store.prices.record({ id: shop.newId(), ...rate }, by(at));
    });
    await Promise.all(recorded);
  }
}

async function addPieces({ shop, by }: Seeding, opening: number): Promise<DemoProduct[]> {
  const products: DemoProduct[] = [];
  const shown = new Map<string, string>();
  for (const [index, { picture, ...piece }] of DEMO_PIECES.entries()) {
    const at = opening + index * 60_000;
    let imageUrl = shown.get(picture);
    if (imageUrl === undefined) {
      const name = `${shop.randomText(32, '0123456789abcdef')}_20260115103000.webp`;
      const bytes = await readFile(new URL(`${picture}.webp`, PICTURES));
      await shop.store.images.add({ name, contentType: 'image/webp', bytes }, by(at));
      imageUrl = `/uploads/products/${name}`;
      shown.set(picture, imageUrl);
    }
    const id = shop.newId();
    const fields = { makingCharge: null, stonesPaise: 0, ...piece, imageUrl, basePricePaise: 0 };
    const { value } = await shop.store.products.add({ id, ...fields }, by(at));
    const pricePaise = value.price.totalPaise - (value.price.totalPaise % 100);
    await shop.store.products.change(id, { basePricePaise: pricePaise }, null, by(at));
    if (piece.status === 'published') products.push({ id, pricePaise, stockQuantity: piece.stockQuantity });
  }
  return products;
}

async function addCustomers({ shop, by }: Seeding, opening: number): Promise<Customer[]> {
  const customers: Customer[] = [];
  for (const [index, person] of DEMO_CUSTOMERS.entries()) {
    const input = {
      id: shop.newId(),
      email: null,
      ...person,
      phoneE164: normalisePhone(person.phone) as string,
    };
    customers.push((await shop.store.customers.add(input, by(opening + HOUR_MS + index * 60_000))).value);
  }
  return customers;
}

/** Six weeks of counter work, in the order of time. */
async function trade(
  seeding: Seeding,
  products: DemoProduct[],
  customers: Customer[],
  now: number,
): Promise<void> {
  const { random } = seeding;
  for (let daysAgo = TRADING_DAYS - 1; daysAgo >= 0; daysAgo--) {
    const morning = startOfDay(dayOf(now - daysAgo * DAY_MS)) + 10.5 * HOUR_MS;
    const deals = random.between(0, 2) + (daysAgo === 0 ? 1 : 0);
    for (let deal = 0; deal < deals; deal++) {
      const at = Math.min(morning + deal * 2 * HOUR_MS + random.between(0, 90) * 60_000, now);
      const customer = random.pick(customers);
      if (random.next() < 0.45) await placeOrder(seeding, random.pick(products), customer, at, daysAgo);
      else await makeSale(seeding, random.pick(products), customer, at);
    }
    if (daysAgo % 2 === 0)
      await collect(seeding, random.pick(customers), Math.min(morning + 7 * HOUR_MS, now));
  }
}

async function placeOrder(
  { shop, random, by }: Seeding,
  product: DemoProduct,
  customer: Customer,
  at: number,
  daysAgo: number,
): Promise<void> {
  const method = random.pick(['khata', 'upi', 'card', 'bank_transfer', 'khata']);
  const advancePaise = random.between(1, 4) * 5_000_00;
  const isPaid = method !== 'khata' && random.next() < 0.6;
  const amountPaidPaise = isPaid ? 0 : Math.min(advancePaise, product.pricePaise);
  const id = shop.newId();
  await shop.store.orders.add(
    {
      id,
      numberTails: shop.randomText(8, 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'),
      khataEntryId: shop.newId(),
      customerId: customer.id,
      lines: [{ productId: product.id, quantity: 1, unitPricePaise: null }],
      taxPaise: 0,
      discountPaise: 0,
      paymentStatus: isPaid ? 'paid' : 'partial',
      paymentMethod: method,
      terms: { method, isPaid, amountPaidPaise, payments: null },
      notes: '',
      adminNotes: '',
    },
    by(at),
  );
  const late = at + 20 * 60_000;
  if (daysAgo > 12) {
    const status = random.next() < 0.12 ? 'cancelled' : 'completed';
    await shop.store.orders.changeStatus(id, status, shop.newId(), null, by(late));
  } else if (daysAgo > 4) {
    await shop.store.orders.changeStatus(id, 'processing', shop.newId(), null, by(late));
  }
}

async function makeSale(
  { shop, random, by }: Seeding,
  product: DemoProduct,
  customer: Customer,
  at: number,
): Promise<void> {
  const discountPaise = random.pick([0, 0, 500_00, 1_000_00]);
  const method = random.pick(['upi', 'card', 'cash', 'khata'] as const);
  const finalPaise = product.pricePaise - discountPaise;
  // Cash stays under two lakh rupees, as the law has it; the rest of such a bill comes by transfer.
  const cashPaise = Math.min(finalPaise, 1_50_000_00);
  const split = [
    { method: 'cash', amountPaise: cashPaise, reference: null },
    ...(finalPaise > cashPaise
      ? [{ method: 'bank_transfer', amountPaise: finalPaise - cashPaise, reference: 'NEFT' }]
      : []),
  ];
  const terms: PaymentTerms = {
    method,
    isPaid: method !== 'khata',
    amountPaidPaise: 0,
    payments: method === 'cash' ? split : null,
  };
  await shop.store.sales.add(
    {
      id: shop.newId(),
      khataEntryId: shop.newId(),
      customerId: customer.id,
      lines: [{ productId: product.id, quantity: 1, unitPricePaise: product.pricePaise }],
      discountPaise,
      paymentStatus: method === 'khata' ? 'pending' : 'paid',
      paymentMethod: method,
      terms,
      notes: null,
    },
    by(at),
  );
}

/** The workshop brought pieces meanwhile: a shop that has sold everything shows nothing. */
async function restock({ shop, by }: Seeding, products: DemoProduct[], now: number): Promise<void> {
  for (const { id, stockQuantity } of products)
    await shop.store.products.change(id, { stockQuantity }, null, by(now));
}

/** A customer who owes comes by and pays a part. */
async function collect({ shop, random, by }: Seeding, customer: Customer, at: number): Promise<void> {
  const now = await shop.store.customers.find(customer.id);
  if (!now || now.balancePaise < 10_000_00) return;
  const amountPaise = Math.min(now.balancePaise, random.between(2, 12) * 10_000_00);
  await shop.store.khata.post(
    {
      id: shop.newId(),
      customerId: customer.id,
      type: 'credit',
      amountPaise,
      description: random.pick(['Part payment', 'Paid at the counter', 'हप्ता']),
      paymentMethod: random.pick(['upi', 'cash', 'bank_transfer'] as const),
      referenceNumber: null,
    },
    by(at),
  );
}
