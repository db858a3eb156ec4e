// Random days in a shop, lived through its API: people come, buy, order, cancel, pay and owe; pieces are added, changed
// and deleted; all of it also in the first and the last millisecond of the shop's day.

import assert from 'node:assert/strict';
import { CATEGORIES } from '../src/domain/product.ts';
import { DAY_MS, dayOf, startOfDay } from '../src/domain/shop-day.ts';
import { type SeededRandom, seededRandom } from '../src/features/demo/seeded-random.ts';
import { aCustomer, aDebit } from '../src/store/contract-suite/builders.ts';
import type {
  RecordedBill,
  RecordedCustomer,
  RecordedLine,
  RecordedProduct,
  ShopRecord,
} from './shop-record.ts';
import type { TestShop } from './test-shop.ts';

/** Days before the month on which something happened, around every limit of an age. */
const HISTORY = [400, 366, 365, 181, 180, 121, 91, 90, 61, 60, 31, 30];
const MONTH = 31;

/** For a shop in which a sign-in in the morning holds for the day. */
export const DAY_LONG_TOKENS = { accessTokenSeconds: 2 * 86_400 };

/** Lives through the days up to `until`, and leaves the clock there. */
export async function liveRandomDays(shop: TestShop, seed: number, until: number): Promise<RandomDays> {
  const days = new RandomDays(shop, seed);
  for (const ago of HISTORY) await days.live(dayOf(until - (ago + MONTH) * DAY_MS), 8);
  for (let ago = MONTH - 1; ago >= 0; ago--) await days.live(dayOf(until - ago * DAY_MS), 8);
  shop.clock.now = until;
  await days.signIn();
  return days;
}

export class RandomDays {
  readonly record: ShopRecord = { customers: [], products: [], bills: [], entries: [], rates: [] };
  token = '';
  readonly #shop: TestShop;
  readonly #random: SeededRandom;
  #people = 0;

  constructor(shop: TestShop, seed: number) {
    this.#shop = shop;
    this.#random = seededRandom(seed);
  }

  async signIn(): Promise<void> {
    this.token = await this.#shop.signIn('admin');
  }

  async live(day: string, actions: number): Promise<void> {
    const start = startOfDay(day);
    const random = this.#random;
    const moments = Array.from({ length: actions }, () => random.between(0, DAY_MS - 1));
    moments.push(0, DAY_MS - 1);
    this.#shop.clock.now = start;
    await this.signIn();
    for (const moment of moments.toSorted((a, b) => a - b)) {
      this.#shop.clock.now = start + moment;
      await this.#act();
    }
  }

  async #act(): Promise<void> {
    const { customers, products } = this.record;
    if (customers.length < 3) await this.#addCustomer();
    if (products.length < 4) await this.#addProduct();
    const acts = [
      ...Array(4).fill(() => this.#sell()),
      ...Array(4).fill(() => this.#order()),
      ...Array(3).fill(() => this.#changeStatus()),
      ...Array(2).fill(() => this.#changePaymentStatus()),
      ...Array(4).fill(() => this.#post()),
      () => this.#reverse(),
      () => this.#reverse(),
      () => this.#addCustomer(),
      () => this.#importCustomer(),
      () => this.#removeCustomer(),
      () => this.#addProduct(),
      () => this.#changeProduct(),
      () => this.#deleteProduct(),
      () => this.#recordRate(),
    ] as (() => Promise<void>)[];
    // Nobody signs in anew between two actions of a day.
    await this.#random.pick(acts)();
  }

  async #send(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: object, wanted = [200, 201]) {
    const answer = await this.#shop.app.inject({
      method,
      url: path,
      headers: { authorization: `Bearer ${this.token}` },
      ...(body === undefined ? {} : { payload: body }),
    });
    assert.ok(wanted.includes(answer.statusCode), `${method} ${path}: ${answer.body}`);
    return { status: answer.statusCode, body: answer.json() };
  }

  async #addCustomer(): Promise<void> {
    const name = `Customer ${++this.#people}`;
    const phone = `9${String(this.#people).padStart(9, '0')}`;
    const { body } = await this.#send('POST', '/api/customers', { name, phone });
    const addedAt = this.#shop.clock.now;
    this.record.customers.push({ id: body.data.id, name, addedAt, isRemoved: false });
  }

  /** With what was owed before, either way. */
  async #importCustomer(): Promise<void> {
    const name = `Customer ${++this.#people}`;
    const phone = `9${String(this.#people).padStart(9, '0')}`;
    const input = aCustomer({ name, phone, phoneE164: `+91${phone}` });
    const type = this.#random.pick(['debit', 'credit'] as const);
    const paise = this.#random.between(1, 5_000_000);
    const opening = aDebit(input.id, paise, { type });
    await this.#shop.shop.store.imports.customers([{ customer: input, opening }], this.#shop.by());
    const at = this.#shop.clock.now;
    const customer = { id: input.id, name, addedAt: at, isRemoved: false };
    this.record.customers.push(customer);
    const entry = { id: opening.id, customer, type, method: null, paise, at };
    this.record.entries.push({ ...entry, reverses: null, isOpening: true });
  }

  /** Refused while something is owed. */
  async #removeCustomer(): Promise<void> {
    if (this.#present().length < 4) return;
    const customer = this.#someone();
    const answer = await this.#send('DELETE', `/api/customers/${customer.id}`, undefined, [200, 409]);
    customer.isRemoved = answer.status === 200;
  }

  async #addProduct(): Promise<void> {
    const random = this.#random;
    const product: Omit<RecordedProduct, 'id'> = {
      name: `Piece ${this.record.products.length + 1}`,
      category: random.pick(CATEGORIES),
      purity: random.pick([916, 750, 585]),
      netMg: random.between(1, 60_000),
      basePaise: random.between(1, 9_000_000),
      addedAt: this.#shop.clock.now,
      stock: random.between(0, 12),
      status: random.pick(['draft', 'published', 'published']),
      isDeleted: false,
    };
    const { body } = await this.#send('POST', '/api/products', {
      name: product.name,
      category: product.category,
      gold_purity: String(product.purity),
      weight: product.netMg / 1000,
      base_price: product.basePaise / 100,
      stock_quantity: product.stock,
      status: product.status,
    });
    this.record.products.push({ ...product, id: body.data.id });
  }

  /** The weight of a piece that was sold before is another one from now on. */
  async #changeProduct(): Promise<void> {
    const product = this.#piece();
    const [netMg, stock] = [this.#random.between(1, 60_000), this.#random.between(0, 12)];
    await this.#send('PUT', `/api/products/${product.id}`, { weight: netMg / 1000, stock_quantity: stock });
    Object.assign(product, { netMg, stock });
  }

  async #deleteProduct(): Promise<void> {
    if (this.record.products.filter(({ isDeleted }) => !isDeleted).length < 4) return;
    const product = this.#piece();
    await this.#send('DELETE', `/api/products/${product.id}`);
    product.isDeleted = true;
  }

  async #recordRate(): Promise<void> {
    const purity = this.#random.pick([916, 999, 750]);
    const paise = this.#random.between(400_000, 900_000);
    const ahead = this.#random.between(0, 3) === 0 ? DAY_MS : 0;
    const day = dayOf(this.#shop.clock.now + ahead);
    await this.#send('POST', '/api/prices/gold', {
      purity: String(purity),
      price_per_gram: paise / 100,
      date: day,
      confirm: true,
    });
    this.record.rates.push({ purity, paise, day });
  }

  async #sell(): Promise<void> {
    const customer = this.#someone();
    const lines = this.#lines();
    const total = totalOf(lines);
    const discount = this.#random.pick([0, 0, this.#random.between(0, total + 100)]);
    const final = Math.max(0, total - discount);
    const payments = this.#payments(final);
    const named = payments.reduce((sum, { amount }) => sum + Math.round(amount * 100), 0);
    const status = this.#random.pick(['paid', 'partial', 'pending']);
    const { body } = await this.#send('POST', '/api/sales', {
      customer_id: customer.id,
      products: lines.map(({ product, quantity, unitPaise }) => ({
        product_id: product.id,
        quantity,
        price_at_sale: unitPaise / 100,
      })),
      discount: discount / 100,
      // A bill is not paid by payments that come to less.
      payment_status: status === 'paid' && payments.length > 0 && named < final ? 'partial' : status,
      payments,
    });
    this.#keepBill('sale', customer, lines, body.data, discount);
  }

  async #order(): Promise<void> {
    const customer = this.#someone();
    const lines = this.#lines();
    const discount = this.#random.pick([0, this.#random.between(0, totalOf(lines))]);
    const tax = this.#random.pick([0, this.#random.between(1, 5_000)]);
    const { body } = await this.#send('POST', '/api/orders', {
      customer_id: customer.id,
      items: lines.map(({ product, quantity, unitPaise }) => ({
        product_id: product.id,
        quantity,
        unit_price: unitPaise / 100,
      })),
      tax_amount: tax / 100,
      discount_amount: discount / 100,
      ...this.#paymentOfOrder(totalOf(lines) + tax - discount),
    });
    this.#keepBill('order', customer, lines, body.data, discount, tax);
  }

  /** What was answered is looked at for the facts that no metric is about: ids, pieces taken, payment rows. */
  #keepBill(
    kind: 'order' | 'sale',
    customer: RecordedCustomer,
    lines: RecordedLine[],
    // biome-ignore lint/suspicious/noExplicitAny: the answer, as it came
    answer: any,
    discountPaise: number,
    taxPaise = 0,
  ): void {
    const at = this.#shop.clock.now;
    const answered = answer.items ?? answer.products;
    for (const [index, line] of lines.entries()) {
      line.taken = answered[index].taken_quantity;
      line.product.stock -= line.taken;
    }
    const total = totalOf(lines);
    const bill: RecordedBill = {
      kind,
      id: answer.id,
      customer,
      at,
      lines,
      totalPaise: kind === 'sale' ? Math.max(0, total - discountPaise) : total + taxPaise - discountPaise,
      discountPaise,
      status: answer.status ?? null,
      paymentStatus: answer.payment_status,
      payments: [],
      khataEntryId: answer.khata_entry_id,
    };
    this.#keepPayments(bill, answer);
    this.record.bills.push(bill);
    if (bill.khataEntryId === null) return;
    const paise = bill.payments.reduce((sum, row) => sum + (row.method === 'khata' ? row.paise : 0), 0);
    const entry = { id: bill.khataEntryId, customer, method: null, paise, at };
    this.record.entries.push({ ...entry, type: 'debit', reverses: null, isOpening: false });
  }

  #keepPayments(bill: RecordedBill, answer: { payments: { method: string | null; amount: number }[] }): void {
    const added = answer.payments.slice(bill.payments.length);
    for (const { method, amount } of added) {
      bill.payments.push({ method, paise: Math.round(amount * 100), at: this.#shop.clock.now });
    }
  }

  async #changeStatus(): Promise<void> {
    const order = this.#someOrder();
    if (!order || order.status === 'cancelled') return;
    const status = this.#random.pick(['pending', 'processing', 'completed', 'cancelled']);
    await this.#send('PUT', `/api/orders/${order.id}/status`, { status });
    order.status = status;
    if (status !== 'cancelled') return;
    for (const { product, taken } of order.lines) product.stock += taken;
    const debit = this.record.entries.find(({ id }) => id === order.khataEntryId);
    if (debit && !this.#isReversed(debit.id)) this.#keepReversal(`reversal of ${debit.id}`, debit);
  }

  async #changePaymentStatus(): Promise<void> {
    const order = this.#someOrder();
    if (!order) return;
    const status = this.#random.pick(['paid', 'unpaid', 'partial']);
    const { body } = await this.#send('PUT', `/api/orders/${order.id}/payment-status`, {
      payment_status: status,
    });
    this.#keepPayments(order, body.data);
  }

  async #post(): Promise<void> {
    const customer = this.#someone();
    const type = this.#random.pick(['debit', 'credit'] as const);
    const method = this.#random.pick(['cash', 'card', null]);
    const paise = this.#random.between(1, 5_000_000);
    const { body } = await this.#send('POST', '/api/khata/transactions', {
      customer_id: customer.id,
      transaction_type: type,
      amount: paise / 100,
      payment_method: method,
    });
    const at = this.#shop.clock.now;
    this.record.entries.push({
      id: body.data.id,
      customer,
      type,
      method,
      paise,
      at,
      reverses: null,
      isOpening: false,
    });
  }

  async #reverse(): Promise<void> {
    const open = this.record.entries.filter(({ id, reverses }) => reverses === null && !this.#isReversed(id));
    if (open.length === 0) return;
    const entry = this.#random.pick(open);
    const path = `/api/khata/transactions/${entry.id}/reverse`;
    const { body } = await this.#send('POST', path, { reason: 'wrong' });
    this.#keepReversal(body.data.id, entry);
  }

  #keepReversal(id: string, entry: ShopRecord['entries'][number]): void {
    const type = entry.type === 'debit' ? 'credit' : 'debit';
    const { customer, method, paise, isOpening } = entry;
    const at = this.#shop.clock.now;
    this.record.entries.push({ id, customer, type, method, paise, at, reverses: entry.id, isOpening });
    // An old entry of a removed customer that is taken back brings the customer back.
    customer.isRemoved = false;
  }

  #isReversed(id: string): boolean {
    return this.record.entries.some(({ reverses }) => reverses === id);
  }

  #present(): RecordedCustomer[] {
    return this.record.customers.filter(({ isRemoved }) => !isRemoved);
  }

  #someone(): RecordedCustomer {
    return this.#random.pick(this.#present());
  }

  #piece(): RecordedProduct {
    return this.#random.pick(this.record.products.filter(({ isDeleted }) => !isDeleted));
  }

  #someOrder(): RecordedBill | null {
    const orders = this.record.bills.filter(({ kind }) => kind === 'order');
    return orders.length === 0 ? null : this.#random.pick(orders);
  }

  #lines(): RecordedLine[] {
    return Array.from({ length: this.#random.between(1, 4) }, () => {
      const product = this.#piece();
      const { netMg, purity } = product;
      const unitPaise = this.#random.between(0, 3_000_000);
      return { product, quantity: this.#random.between(1, 3), unitPaise, netMg, purity, taken: 0 };
    });
  }

  /** By rows, or by the order's own method, which is any text. */
  #paymentOfOrder(totalPaise: number) {
    const payments = this.#payments(totalPaise);
    if (payments.length > 0) return { payments };
    return {
      payment_method: this.#random.pick(['cash', ' Cash', 'By hand', 'khata', null]),
      amount_paid: this.#random.pick([0, this.#random.between(0, totalPaise)]) / 100,
    };
  }

  #payments(totalPaise: number): { method: string; amount: number }[] {
    const rows: { method: string; amount: number }[] = [];
    for (const method of ['cash', 'khata', 'upi']) {
      const left = totalPaise - rows.reduce((sum, { amount }) => sum + Math.round(amount * 100), 0);
      const paise = this.#random.pick([0, this.#random.between(0, left)]);
      if (paise > 0) rows.push({ method, amount: paise / 100 });
    }
    return rows;
  }
}

function totalOf(lines: readonly RecordedLine[]): number {
  return lines.reduce((sum, { quantity, unitPaise }) => sum + quantity * unitPaise, 0);
}
