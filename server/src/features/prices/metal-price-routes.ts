// Rates of gold, silver and platinum: recording, history, the one in force, and confirming what the guard held.

import { Counted, Data } from '../../contract/envelope.ts';
import {
  MetalHistoryQuery,
  MetalLatestQuery,
  MetalPriceWire,
  metalPriceMessages,
  newMetalPriceBody,
  RecordedPriceReply,
} from '../../contract/price.ts';
import { parseId } from '../../domain/id.ts';
import { toRupees } from '../../domain/money.ts';
import type { PageRequest } from '../../domain/page.ts';
import { permissionsOf } from '../../domain/permissions.ts';
import { DEFAULT_PURITY, METALS, type Metal, type RecordedPrice } from '../../domain/price.ts';
import { dayOf } from '../../domain/shop-day.ts';
import { refuse } from '../../domain/shop-error.ts';
import type { User } from '../../domain/user.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { asFile } from '../exports/send-export.ts';
import { readDayRange, readHistoryLimit, toNewMetalPrice } from './price-input.ts';
import { toMetalPriceWire } from './price-wire.ts';

const LIMIT_TEXTS = { low: 'Limit must be at least 1', high: 'Limit cannot exceed 1000' };

/** `wakeTrainer`: called when the rates ask for a training. */
export function metalPriceRoutes(shop: Shop, wakeTrainer: () => void): Route[] {
  return METALS.flatMap((metal) => [
    recordRoute(shop, metal, wakeTrainer),
    historyRoute(shop, metal),
    latestRoute(shop, metal, 'latest'),
    latestRoute(shop, metal, 'current'),
    confirmRoute(shop, metal),
  ]);
}

function exampleOf(metal: Metal): MetalPriceWire {
  return {
    id: '65a4f0c0ffee0123456789ab',
    metal_type: metal,
    purity: DEFAULT_PURITY[metal],
    price_per_gram: 6500.5,
    currency: 'INR',
    date: '2026-01-15T00:00:00.000Z',
    source: 'manual',
    held: false,
  };
}

function recordRoute({ store, newId, now }: Shop, metal: Metal, wakeTrainer: () => void): Route {
  return route({
    method: 'POST',
    path: `/api/prices/${metal}`,
    access: 'prices.set',
    tag: 'Prices',
    summary: `Record a rate of ${metal}`,
    description:
      'A rate far from the one in force is recorded but held: it prices nothing until it is confirmed, or a second ' +
      'rate on another day comes near it. One very far from it is refused unless sent with confirm: true. How far and ' +
      'how near is a setting of the shop (`guard`).',
    body: newMetalPriceBody(metal),
    messages: metalPriceMessages(metal),
    status: 201,
    reply: RecordedPriceReply,
    errors: ['rate_too_far'],
    example: {
      success: true,
      data: exampleOf(metal),
      held: false,
      released: [],
      retrain_triggered: false,
      message: `${capital(metal)} price added successfully`,
    },
    handle: async ({ body, by, wrote }) => {
      const recorded = wrote(await store.prices.record(toNewMetalPrice(newId(), metal, body, now()), by));
      if (recorded.retrainTriggered) wakeTrainer();
      return recordedReply(recorded, metal);
    },
  });
}

function recordedReply(recorded: RecordedPrice, metal: Metal): RecordedPriceReply {
  const { price, previous, changeBasisPoints, released, retrainTriggered } = recorded;
  const reply = {
    success: true as const,
    data: toMetalPriceWire(price),
    held: price.held,
    released,
    retrain_triggered: retrainTriggered,
  };
  if (!price.held) return { ...reply, message: `${capital(metal)} price added successfully` };
  return {
    ...reply,
    ...(previous === null ? {} : { previous_price_per_gram: toRupees(previous.paisePerGram) }),
    new_price_per_gram: toRupees(price.paisePerGram),
    change_percent: (changeBasisPoints ?? 0) / 100,
    message: `${capital(metal)} price recorded but held until it is confirmed`,
  };
}

function historyRoute(shop: Shop, metal: Metal): Route {
  const { prices } = shop.store;
  return route({
    method: 'GET',
    path: `/api/prices/${metal}/history`,
    access: 'public',
    optionalUser: true,
    tag: 'Prices',
    summary: `List the recorded rates of ${metal}, newest first`,
    description:
      'As a file (`?format=`) for accounts of the shop only. Rates dated after today are listed for those alone who ' +
      'may set them.',
    query: MetalHistoryQuery,
    reply: Counted(MetalPriceWire),
    errors: ['invalid_input', 'unauthenticated', 'forbidden'],
    example: { success: true, data: [exampleOf(metal)], count: 1 },
    handle: async (call) => {
      const { query, user } = call;
      const setsPrices = maySetPrices(user);
      const filter = {
        metal,
        purity: query.purity || DEFAULT_PURITY[metal],
        ...(setsPrices ? readDayRange(query) : upToToday(readDayRange(query), shop.now())),
        includeHeld: query.include_held === 'true' && setsPrices,
      };
      const list = (page: PageRequest) => prices.list(filter, page);
      const file = await asFile(shop, call, { table: 'metal_prices', filter }, list);
      if (file) return file;
      const limit = readHistoryLimit(query, LIMIT_TEXTS);
      const { rows } = await list({ skip: 0, limit });
      return { success: true, data: rows.map(toMetalPriceWire), count: rows.length };
    },
  });
}

/** Tomorrow's rate is nobody's business before its day but theirs who set it. */
function upToToday(days: ReturnType<typeof readDayRange>, now: number): ReturnType<typeof readDayRange> {
  const today = dayOf(now);
  const { toDay = today } = days;
  return { ...days, toDay: toDay < today ? toDay : today };
}

function maySetPrices(user: User | null): boolean {
  return user !== null && permissionsOf(user).includes('prices.set');
}

function latestRoute({ store, now }: Shop, metal: Metal, name: 'latest' | 'current'): Route {
  return route({
    method: 'GET',
    path: `/api/prices/${metal}/${name}`,
    access: 'public',
    tag: 'Prices',
    summary: `Read the rate of ${metal} in force`,
    description: 'Held rates and rates dated after today are not in force.',
    query: MetalLatestQuery,
    reply: Data(MetalPriceWire),
    errors: [metal === 'gold' ? 'no_gold_price' : 'no_metal_price'],
    example: { success: true, data: exampleOf(metal) },
    handle: async ({ query }) => {
      const purity = query.purity || DEFAULT_PURITY[metal];
      const price = await store.prices.latest(metal, purity, now());
      if (!price)
        throw metal === 'gold' ? refuse('no_gold_price') : refuse('no_metal_price', { data: { metal } });
      return { success: true, data: toMetalPriceWire(price) };
    },
  });
}

function confirmRoute({ store }: Shop, metal: Metal): Route {
  return route({
    method: 'POST',
    path: `/api/prices/${metal}/:id/confirm`,
    access: 'prices.set',
    tag: 'Prices',
    summary: `Put a held rate of ${metal} in force`,
    reply: Data(MetalPriceWire),
    errors: ['price_not_found', 'rate_not_held'],
    example: { success: true, data: exampleOf(metal), message: `${capital(metal)} price confirmed` },
    handle: async ({ params, by, wrote }) => {
      const id = parseId(params.id);
      if (id === null) throw refuse('price_not_found');
      const price = wrote(await store.prices.confirm(metal, id, by));
      return { success: true, data: toMetalPriceWire(price), message: `${capital(metal)} price confirmed` };
    },
  });
}

function capital(metal: Metal): string {
  return metal.charAt(0).toUpperCase() + metal.slice(1);
}
