// What most tests need first: a piece and a customer, each with the fields that matter to the test.

import { normalisePhone } from '../src/domain/phone.ts';
import type { ProductFields } from '../src/domain/product.ts';
import type { TestShop } from './test-shop.ts';

let people = 0;

/** A published ring of 25,000 rupees, 10 in stock. Answers its id. */
export async function addPiece(shop: TestShop, fields: Partial<ProductFields> = {}): Promise<string> {
  const id = shop.shop.newId();
  await shop.shop.store.products.add(
    {
      id,
      name: 'Gold Ring',
      category: 'Ring',
      basePricePaise: 2_500_000,
      netWeightMg: 5_500,
      goldPurity: '916',
      description: '',
      imageUrl: '',
      stockQuantity: 10,
      status: 'published',
      makingCharge: null,
      stonesPaise: 0,
      ...fields,
    },
    shop.by(),
  );
  return id;
}

export interface Person {
  name?: string;
  phone?: string;
  email?: string | null;
  address?: string | null;
  creditLimitPaise?: number | null;
}

/** A customer with a phone of their own. Answers the id. */
export async function addPerson(shop: TestShop, person: Person = {}): Promise<string> {
  const id = shop.shop.newId();
  const phone = person.phone ?? `90000${String(++people).padStart(5, '0')}`;
  await shop.shop.store.customers.add(
    {
      id,
      name: 'Asha',
      email: null,
      address: null,
      language: null,
      creditLimitPaise: null,
      ...person,
      phone,
      phoneE164: normalisePhone(phone) as string,
    },
    shop.by(),
  );
  return id;
}

export async function stockOf(shop: TestShop, productId: string): Promise<number | undefined> {
  return (await shop.shop.store.products.find(productId))?.stockQuantity;
}

export async function balanceOf(shop: TestShop, customerId: string): Promise<number | undefined> {
  return (await shop.shop.store.customers.find(customerId))?.balancePaise;
}
