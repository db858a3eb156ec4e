// Prices of stones, by their 4Cs: recording and history.

import { Counted } from '../../contract/envelope.ts';
import {
  DiamondHistoryQuery,
  DiamondPriceWire,
  NewDiamondPriceBody,
  RecordedDiamondReply,
  stoneMessages,
} from '../../contract/price.ts';
import type { PageRequest } from '../../domain/page.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { asFile } from '../exports/send-export.ts';
import { readDiamondFilter, readHistoryLimit, toNewDiamondPrice } from './price-input.ts';
import { toDiamondPriceWire } from './price-wire.ts';

const LIMIT_TEXT = 'Limit must be between 1 and 1000';

const example = {
  id: '65a4f0c0ffee0123456789ab',
  carat: 1,
  cut: 'Ideal',
  color: 'D',
  clarity: 'IF',
  price: 500000,
  currency: 'INR',
  date: '2026-01-15T00:00:00.000Z',
  source: 'manual',
};

/** `wakeTrainer`: called when the stones ask for a training. */
export function diamondPriceRoutes(shop: Shop, wakeTrainer: () => void): Route[] {
  return [recordRoute(shop, wakeTrainer), historyRoute(shop)];
}

function recordRoute({ store, newId, now }: Shop, wakeTrainer: () => void): Route {
  return route({
    method: 'POST',
    path: '/api/prices/diamond',
    access: 'prices.set',
    tag: 'Prices',
    summary: 'Record what a stone cost',
    body: NewDiamondPriceBody,
    messages: stoneMessages(['carat', 'cut', 'color', 'clarity', 'price']),
    status: 201,
    reply: RecordedDiamondReply,
    example: {
      success: true,
      data: example,
      retrain_triggered: false,
      message: 'Diamond price added successfully',
    },
    handle: async ({ body, by, wrote }) => {
      const { price, retrainTriggered } = wrote(
        await store.prices.recordDiamond(toNewDiamondPrice(newId(), body, now()), by),
      );
      if (retrainTriggered) wakeTrainer();
      return {
        success: true,
        data: toDiamondPriceWire(price),
        retrain_triggered: retrainTriggered,
        message: 'Diamond price added successfully',
      };
    },
  });
}

function historyRoute(shop: Shop): Route {
  const { prices } = shop.store;
  return route({
    method: 'GET',
    path: '/api/prices/diamond/history',
    access: 'public',
    optionalUser: true,
    tag: 'Prices',
    summary: 'List recorded prices of stones, newest first',
    description: 'As a file (`?format=`) for accounts of the shop only.',
    query: DiamondHistoryQuery,
    reply: Counted(DiamondPriceWire),
    errors: ['invalid_input', 'unauthenticated', 'forbidden'],
    example: { success: true, data: [example], count: 1 },
    handle: async (call) => {
      const { query } = call;
      const filter = readDiamondFilter(query);
      const list = (page: PageRequest) => prices.listDiamonds(filter, page);
      const file = await asFile(shop, call, { table: 'diamond_prices', filter }, list);
      if (file) return file;
      const limit = readHistoryLimit(query, { low: LIMIT_TEXT, high: LIMIT_TEXT });
      const { rows } = await list({ skip: 0, limit });
      return { success: true, data: rows.map(toDiamondPriceWire), count: rows.length };
    },
  });
}
