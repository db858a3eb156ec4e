// Recorded rates. In force at an instant: not held, of the latest day not after it, and of that day the latest
// recorded.

import type { Db } from 'mongodb';
import type { Page, PageRequest } from '../../../domain/page.ts';
import type { Board } from '../../../domain/piece-price.ts';
import {
  type DiamondPrice,
  type DiamondPriceFilter,
  type Metal,
  type MetalPrice,
  type MetalPriceFilter,
  RATE_PURITIES,
  type Rate,
} from '../../../domain/price.ts';
import { dayOf, startOfDay } from '../../../domain/shop-day.ts';
import { type Document, fromDocument } from '../codec.ts';
import type { DiamondRow, MetalRow } from '../rows.ts';
import { equal, findPage, range, type Sort } from './pages.ts';
import type { Questions } from './questions.ts';
import { askShop, toSettings } from './settings.ts';

export const LATEST_FIRST: Sort = { day: -1, position: -1, place: -1 };

/** Of a day so many rates are recorded at most, almost always: then the day before it is found in one question. */
const RATES_OF_A_DAY = 20;

export async function latestMetalPrice(
  questions: Questions,
  shopId: string,
  metal: Metal,
  purity: string,
  at: number,
): Promise<MetalPrice | null> {
  return (await findLatest(questions, inForce(shopId, metal, purity, at), 1))[0] ?? null;
}

/** The rate in force, and the one of the latest day before its own. */
export async function latestTwo(
  questions: Questions,
  shopId: string,
  metal: Metal,
  purity: string,
  at: number,
): Promise<MetalPrice[]> {
  const found = await findLatest(questions, inForce(shopId, metal, purity, at), RATES_OF_A_DAY);
  const [rate] = found;
  if (!rate) return [];
  const before = found.find(({ day }) => day < rate.day);
  if (before) return [rate, before];
  if (found.length < RATES_OF_A_DAY) return [rate];
  const earlier = inForce(shopId, metal, purity, startOfDay(rate.day) - 1);
  return [rate, ...(await findLatest(questions, earlier, 1))];
}

async function findLatest(questions: Questions, filter: Document, limit: number): Promise<MetalPrice[]> {
  const found = await questions.ask('price_history', latest(filter, limit));
  return found.map((document) => toMetalPrice(fromDocument<MetalRow>(document)));
}

function latest(filter: Document, limit: number): Document[] {
  return [{ $match: filter }, { $sort: LATEST_FIRST }, { $limit: limit }];
}

function inForce(shopId: string, metal: Metal, purity: string, at: number): Document {
  return { shop_id: shopId, metal, purity, held: false, day: { $lte: dayOf(at) } };
}

/** What pieces are priced by at an instant: the rates and the shop's own rule. */
export async function boardOf(questions: Questions, shopId: string, at: number): Promise<Board> {
  const [rates, shop] = await Promise.all([
    Promise.all(
      RATE_PURITIES.gold.map((purity) =>
        questions.ask('price_history', latest(inForce(shopId, 'gold', purity, at), 1)),
      ),
    ),
    askShop(questions, shopId),
  ]);
  return {
    rates: rates.flat().map((document) => toRate(fromDocument<MetalRow>(document))),
    defaultMaking: toSettings(shop).makingCharge,
  };
}

export async function listMetalPrices(
  db: Db,
  shopId: string,
  filter: MetalPriceFilter,
  page: PageRequest,
): Promise<Page<MetalPrice>> {
  const list = {
    collection: 'price_history',
    filter: metalConditions(shopId, filter),
    sort: LATEST_FIRST,
  } as const;
  const { rows, total } = await findPage<MetalRow>(db, list, page);
  return { rows: rows.map(toMetalPrice), total };
}

export async function listDiamondPrices(
  db: Db,
  shopId: string,
  filter: DiamondPriceFilter,
  page: PageRequest,
): Promise<Page<DiamondPrice>> {
  const list = {
    collection: 'diamond_price_history',
    filter: diamondConditions(shopId, filter),
    sort: LATEST_FIRST,
  } as const;
  const { rows, total } = await findPage<DiamondRow>(db, list, page);
  return { rows: rows.map(toDiamondPrice), total };
}

export function metalConditions(shopId: string, filter: MetalPriceFilter): Document {
  return {
    shop_id: shopId,
    metal: filter.metal,
    ...equal({ purity: filter.purity, held: filter.includeHeld ? undefined : false }),
    ...range('day', filter.fromDay, filter.toDay),
  };
}

export function diamondConditions(shopId: string, filter: DiamondPriceFilter): Document {
  const { cut, color, clarity } = filter;
  return {
    shop_id: shopId,
    ...range('day', filter.fromDay, filter.toDay),
    ...equal({ cut, color, clarity }),
    ...range('milli_carat', filter.minMilliCarat, filter.maxMilliCarat),
  };
}

export function toRate({ id, purity, paisePerGram, at, day }: MetalRow): Rate {
  return { id, purity, paisePerGram, at, day };
}

export function toMetalPrice({ shopId: _shop, position: _n, place: _m, ...price }: MetalRow): MetalPrice {
  return price;
}

export function toDiamondPrice({
  shopId: _shop,
  position: _n,
  place: _m,
  ...price
}: DiamondRow): DiamondPrice {
  return price;
}
