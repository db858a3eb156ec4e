import assert from 'node:assert/strict';
import { foldBalance } from '../../domain/khata.ts';
import type { Store } from '../store.ts';
import { aBy, aCustomer, aProduct } from './builders.ts';
import { present } from './contract-case.ts';

/** What a piece at the counter costs, in paise: no round sum of rupees. */
const PRICE = 100_10;

/** A buyer and a piece of which some are in stock. */
export async function openCounter(store: Store, stockQuantity = 5) {
  const customer = aCustomer({ email: 'buyer@example.com', address: 'Pune' });
  const product = aProduct({ stockQuantity, basePricePaise: PRICE });
  await store.customers.add(customer, aBy());
  await store.products.add(product, aBy());
  return {
    customer,
    product,
    line: (quantity: number, unitPricePaise = PRICE) => [{ productId: product.id, quantity, unitPricePaise }],
    stock: async () => (await present(store.products.find(product.id))).stockQuantity,
    balance: async () => {
      const entries = await store.khata.listFrom(customer.id, 0, 1000);
      const { balancePaise } = await present(store.customers.find(customer.id));
      assert.equal(balancePaise, foldBalance(entries));
      return balancePaise;
    },
  };
}

export async function addCustomer(store: Store, creditLimitPaise: number | null = null): Promise<string> {
  return (await store.customers.add(aCustomer({ creditLimitPaise }), aBy())).value.id;
}
