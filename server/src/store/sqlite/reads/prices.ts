// Recorded rates. In force at an instant: not held, of the latest day not after it, and of that day the latest
// recorded.

import type { Page, PageRequest } from '../../../domain/page.ts';
import {
  type DiamondPrice,
  type DiamondPriceFilter,
  type Metal,
  type MetalPrice,
  type MetalPriceFilter,
  RATE_PURITIES,
  type Rate,
} from '../../../domain/price.ts';
import { type DailyRate, GUARD_DAYS } from '../../../domain/rate-guard.ts';
import { dayOf } from '../../../domain/shop-day.ts';
import type { Db, Params } from '../database.ts';

interface MetalRow {
  id: string;
  metal: string;
  purity: string;
  paise_per_gram: number;
  at: number;
  day: string;
  source: string;
  held: number;
  created_at: number;
}

const METAL_COLUMNS = 'id, metal, purity, paise_per_gram, at, day, source, held, created_at';

export function findMetalPrice(db: Db, shopId: string, metal: Metal, id: string): MetalPrice | null {
  const row = db.get<MetalRow>(
    `SELECT ${METAL_COLUMNS} FROM metal_prices WHERE shop_id = :shopId AND metal = :metal AND id = :id`,
    { shopId, metal, id },
  );
  return row ? toMetalPrice(row) : null;
}

export function latestMetalPrice(
  db: Db,
  shopId: string,
  metal: Metal,
  purity: string,
  at: number,
): MetalPrice | null {
  const row = db.get<MetalRow>(
    `SELECT ${METAL_COLUMNS} FROM metal_prices
     WHERE shop_id = :shopId AND metal = :metal AND purity = :purity AND day <= :day AND held = 0
     ORDER BY day DESC, position DESC LIMIT 1`,
    { shopId, metal, purity, day: dayOf(at) },
  );
  return row ? toMetalPrice(row) : null;
}

/** The rates of gold in force at an instant, at most one a purity. */
export function goldBoard(db: Db, shopId: string, at: number): Rate[] {
  return RATE_PURITIES.gold.flatMap((purity) => {
    const price = latestMetalPrice(db, shopId, 'gold', purity, at);
    if (!price) return [];
    return [{ id: price.id, purity, paisePerGram: price.paisePerGram, at: price.at, day: price.day }];
  });
}

/** One value a day (the one in force at its end), oldest first, up to a day: at most the guard's number of days. */
export function dailyRates(db: Db, shopId: string, metal: Metal, purity: string, toDay: string): DailyRate[] {
  // SQLite takes the bare columns of a group with max() from the row that has the maximum.
  const rows = db.all<{ day: string; paise_per_gram: number }>(
    `SELECT day, paise_per_gram, max(position) FROM metal_prices
     WHERE shop_id = :shopId AND metal = :metal AND purity = :purity AND day <= :toDay AND held = 0
     GROUP BY day ORDER BY day DESC LIMIT :limit`,
    { shopId, metal, purity, toDay, limit: GUARD_DAYS },
  );
  return rows.reverse().map((row) => ({ day: row.day, paisePerGram: row.paise_per_gram }));
}

/** The rates of a series that wait for a confirmation, oldest first. */
export function heldPrices(db: Db, shopId: string, metal: Metal, purity: string): MetalPrice[] {
  const rows = db.all<MetalRow>(
    `SELECT ${METAL_COLUMNS} FROM metal_prices
     WHERE shop_id = :shopId AND metal = :metal AND purity = :purity AND held = 1 ORDER BY day, position`,
    { shopId, metal, purity },
  );
  return rows.map(toMetalPrice);
}

export function listMetalPrices(
  db: Db,
  shopId: string,
  filter: MetalPriceFilter,
  page: PageRequest,
): Page<MetalPrice> {
  const where = ['shop_id = :shopId', 'metal = :metal'];
  const params: Params = { shopId, metal: filter.metal };
  if (filter.purity !== undefined) {
    where.push('purity = :purity');
    params.purity = filter.purity;
  }
  addDays(where, params, filter);
  if (!filter.includeHeld) where.push('held = 0');
  const condition = where.join(' AND ');
  const rows = db.all<MetalRow>(
    `SELECT ${METAL_COLUMNS} FROM metal_prices WHERE ${condition}
     ORDER BY day DESC, position DESC LIMIT :limit OFFSET :skip`,
    { ...params, limit: page.limit, skip: page.skip },
  );
  return { rows: rows.map(toMetalPrice), total: count(db, 'metal_prices', condition, params) };
}

interface DiamondRow {
  id: string;
  milli_carat: number;
  cut: string;
  color: string;
  clarity: string;
  price_paise: number;
  at: number;
  day: string;
  source: string;
  created_at: number;
}

const DIAMOND_COLUMNS = 'id, milli_carat, cut, color, clarity, price_paise, at, day, source, created_at';

export function listDiamondPrices(
  db: Db,
  shopId: string,
  filter: DiamondPriceFilter,
  page: PageRequest,
): Page<DiamondPrice> {
  const where = ['shop_id = :shopId'];
  const params: Params = { shopId };
  addDays(where, params, filter);
  for (const name of ['cut', 'color', 'clarity'] as const) {
    const value = filter[name];
    if (value === undefined) continue;
    where.push(`${name} = :${name}`);
    params[name] = value;
  }
  if (filter.minMilliCarat !== undefined) {
    where.push('milli_carat >= :min');
    params.min = filter.minMilliCarat;
  }
  if (filter.maxMilliCarat !== undefined) {
    where.push('milli_carat <= :max');
    params.max = filter.maxMilliCarat;
  }
  const condition = where.join(' AND ');
  const rows = db.all<DiamondRow>(
    `SELECT ${DIAMOND_COLUMNS} FROM diamond_prices WHERE ${condition}
     ORDER BY day DESC, position DESC LIMIT :limit OFFSET :skip`,
    { ...params, limit: page.limit, skip: page.skip },
  );
  return { rows: rows.map(toDiamondPrice), total: count(db, 'diamond_prices', condition, params) };
}

function addDays(where: string[], params: Params, filter: { fromDay?: string; toDay?: string }): void {
  if (filter.fromDay !== undefined) {
    where.push('day >= :fromDay');
    params.fromDay = filter.fromDay;
  }
  if (filter.toDay !== undefined) {
    where.push('day <= :toDay');
    params.toDay = filter.toDay;
  }
}

function count(db: Db, table: 'metal_prices' | 'diamond_prices', condition: string, params: Params): number {
  const sql = `SELECT count(*) AS total FROM ${table} WHERE ${condition}`;
  return db.get<{ total: number }>(sql, params)?.total ?? 0;
}

function toMetalPrice(row: MetalRow): MetalPrice {
  return {
    id: row.id,
    metal: row.metal as Metal,
    purity: row.purity,
    paisePerGram: row.paise_per_gram,
    at: row.at,
    day: row.day,
    source: row.source,
    held: row.held === 1,
    createdAt: row.created_at,
  };
}

function toDiamondPrice(row: DiamondRow): DiamondPrice {
  return {
    id: row.id,
    milliCarat: row.milli_carat,
    cut: row.cut as DiamondPrice['cut'],
    color: row.color as DiamondPrice['color'],
    clarity: row.clarity as DiamondPrice['clarity'],
    pricePaise: row.price_paise,
    at: row.at,
    day: row.day,
    source: row.source,
    createdAt: row.created_at,
  };
}
