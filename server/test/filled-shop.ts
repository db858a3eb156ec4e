// A shop with some of everything that a list shows, all of it of one customer.

import {
  aCustomer,
  aDebit,
  aGoldRate,
  anOrder,
  aProduct,
  aSale,
} from '../src/store/contract-suite/builders.ts';
import type { TestShop } from './test-shop.ts';

const DAY_MS = 86_400_000;

export interface Filling {
  customer: string;
  product: string;
  order: string;
  sale: string;
}

/** So many rows of each kind, and answers one of each. */
export async function fillShop({ shop, clock, by }: TestShop, rows: number): Promise<Filling> {
  const { store } = shop;
  const [customer, product] = [aCustomer(), aProduct()];
  await store.customers.add(customer, by());
  await store.products.add(product, by());
  const line = { productId: product.id, quantity: 1, unitPricePaise: 100 };
  const order = anOrder(customer.id, [line, line, line]);
  const sale = aSale(customer.id, [line, line]);
  const adding: Promise<unknown>[] = [store.orders.add(order, by()), store.sales.add(sale, by())];
  for (let n = 0; n < rows; n++) {
    adding.push(
      store.customers.add(aCustomer(), by()),
      store.products.add(aProduct(), by()),
      store.orders.add(anOrder(customer.id, [line, line, line]), by()),
      store.sales.add(aSale(customer.id, [line, line]), by()),
      store.khata.post(aDebit(customer.id, 100), by()),
      store.prices.record(aGoldRate(650_000 + n, clock.now - n * DAY_MS, { confirm: true }), by()),
    );
  }
  await Promise.all(adding);
  return { customer: customer.id, product: product.id, order: order.id, sale: sale.id };
}
