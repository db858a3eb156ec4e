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
import { dayOf } from '../../../domain/shop-day.ts';
import { type Document, fromDocument } from '../codec.ts';
import type { DiamondRow, MetalRow, ShopRow } from '../rows.ts';
import { equal, findPage, range, type Sort } from './pages.ts';
import { toSettings } from './settings.ts';

export const LATEST_FIRST: Sort = { day: -1, position: -1, place: -1 };

export async function latestMetalPrice(
  db: Db,
  shopId: string,
  metal: Metal,
  purity: string,
  at: number,
): Promise<MetalPrice | null> {
  const document = await db
    .collection('price_history')
    .find(inForce(shopId, metal, purity, at))
    .sort(LATEST_FIRST)
    .limit(1)
    .next();
  return document && toMetalPrice(fromDocument<MetalRow>(document));
}

function inForce(shopId: string, metal: Metal, purity: string, at: number): Document {
  return { shop_id: shopId, metal, purity, held: false, day: { $lte: dayOf(at) } };
}

/** What pieces are priced by at an instant, the rates and the shop's own rule: one round trip. */
export async function boardOf(db: Db, shopId: string, at: number): Promise<Board> {
  const latest = (purity: string): Document[] => [
    { $match: inForce(shopId, 'gold', purity, at) },
    { $sort: LATEST_FIRST },
    { $limit: 1 },
  ];
  const [first, ...others] = RATE_PURITIES.gold;
  const unions = others.map((purity) => ({
    $unionWith: { coll: 'price_history', pipeline: latest(purity) },
  }));
  const found = await db
    .collection('price_history')
    .aggregate<Document>([
      ...latest(first),
      ...unions,
      { $unionWith: { coll: 'shops', pipeline: [{ $match: { _id: shopId, shop_id: shopId } }] } },
    ])
    .toArray();
  const isRate = (document: Document): boolean => 'paise_per_gram' in document;
  const shop = found.find((document) => !isRate(document));
  return {
    rates: found.filter(isRate).map((document) => toRate(fromDocument<MetalRow>(document))),
    defaultMaking: toSettings(shop ? fromDocument<ShopRow>(shop) : null).makingCharge,
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
