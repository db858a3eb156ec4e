// Builders of pieces and rates for tests.

import assert from 'node:assert/strict';
import { toPaise } from '../src/domain/money.ts';
import { dayOf } from '../src/domain/shop-day.ts';
import type { TestShop } from './test-shop.ts';

export const NEW_PIECE = { name: 'Gold ring', category: 'Ring', base_price: 25000, weight: 5 };

/** Adds a piece over HTTP; a draft ring of 5 g unless said otherwise. */
export async function addProduct(
  shop: TestShop,
  overrides: Record<string, unknown> = {},
): Promise<{ id: string; version: number; image_url: string }> {
  const { status, body } = await shop.send('POST', '/api/products', { body: { ...NEW_PIECE, ...overrides } });
  assert.equal(status, 201, JSON.stringify(body));
  return body.data;
}

/** Records a gold rate of the shop's today, whatever the guard thinks of it. */
export async function recordRate(shop: TestShop, purity: string, rupees: number): Promise<void> {
  const at = shop.clock.now;
  await shop.shop.store.prices.record(
    {
      id: shop.shop.newId(),
      metal: 'gold',
      purity,
      paisePerGram: toPaise(rupees),
      at,
      day: dayOf(at),
      source: 'test',
      confirm: true,
    },
    shop.by(),
  );
}
