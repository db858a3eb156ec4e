// Recorded rates. In force at an instant: not held, of the latest day not after it, and of that day the latest
// recorded.

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
import { type DailyRate, GUARD_DAYS } from '../../../domain/rate-guard.ts';
import { dayOf, startOfDay } from '../../../domain/shop-day.ts';
import type { Db } from '../database.ts';
import { Conditions, findPage } from './conditions.ts';
import { getSettings } from './settings.ts';

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

const LATEST_FIRST = 'day DESC, position DESC, place DESC';
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
     ORDER BY day DESC, position DESC, place DESC LIMIT 1`,
    { shopId, metal, purity, day: dayOf(at) },
  );
  return row ? toMetalPrice(row) : null;
}

/** The rate in force, and the one of the latest day before its own. */
export function latestTwo(db: Db, shopId: string, metal: Metal, purity: string, at: number): MetalPrice[] {
  const rate = latestMetalPrice(db, shopId, metal, purity, at);
  if (rate === null) return [];
  const before = latestMetalPrice(db, shopId, metal, purity, startOfDay(rate.day) - 1);
  return before === null ? [rate] : [rate, before];
}

/** The rates of gold in force at an instant, at most one a purity. */
export function goldBoard(db: Db, shopId: string, at: number): Rate[] {
  return RATE_PURITIES.gold.flatMap((purity) => {
    const price = latestMetalPrice(db, shopId, 'gold', purity, at);
    if (!price) return [];
    return [{ id: price.id, purity, paisePerGram: price.paisePerGram, at: price.at, day: price.day }];
  });
}

/** What pieces are priced by at an instant. */
export function boardOf(db: Db, shopId: string, at: number): Board {
  return { rates: goldBoard(db, shopId, at), defaultMaking: getSettings(db, shopId).makingCharge };
}

/** One value a day (the one in force at its end), oldest first, up to a day: at most the guard's number of days. */
export function dailyRates(db: Db, shopId: string, metal: Metal, purity: string, toDay: string): DailyRate[] {
  const rows = db.all<{ day: string; paise_per_gram: number }>(
    `SELECT day, paise_per_gram FROM metal_prices AS price
     WHERE shop_id = :shopId AND metal = :metal AND purity = :purity AND day <= :toDay AND held = 0
       AND NOT EXISTS (
         SELECT 1 FROM metal_prices AS later
         WHERE later.shop_id = :shopId AND later.metal = :metal AND later.purity = :purity AND later.day = price.day
           AND later.held = 0 AND (later.position, later.place) > (price.position, price.place))
     ORDER BY day DESC LIMIT :limit`,
    { shopId, metal, purity, toDay, limit: GUARD_DAYS },
  );
  return rows.reverse().map((row) => ({ day: row.day, paisePerGram: row.paise_per_gram }));
}

/** The rates of a series that wait for a confirmation, oldest first. */
export function heldPrices(db: Db, shopId: string, metal: Metal, purity: string): MetalPrice[] {
  const rows = db.all<MetalRow>(
    `SELECT ${METAL_COLUMNS} FROM metal_prices
     WHERE shop_id = :shopId AND metal = :metal AND purity = :purity AND held = 1 ORDER BY day, position, place`,
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
  const where = filter.includeHeld ? new Conditions(shopId) : new Conditions(shopId, 'held = 0');
  where.add('metal = :metal', 'metal', filter.metal);
  where.add('purity = :purity', 'purity', filter.purity);
  addDays(where, filter);
  const from = { table: 'metal_prices', columns: METAL_COLUMNS, order: LATEST_FIRST };
  const { rows, total } = findPage<MetalRow>(db, from, where, page);
  return { rows: rows.map(toMetalPrice), total };
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
  const where = new Conditions(shopId);
  addDays(where, filter);
  where.add('cut = :cut', 'cut', filter.cut);
  where.add('color = :color', 'color', filter.color);
  where.add('clarity = :clarity', 'clarity', filter.clarity);
  where.add('milli_carat >= :min', 'min', filter.minMilliCarat);
  where.add('milli_carat <= :max', 'max', filter.maxMilliCarat);
  const from = { table: 'diamond_prices', columns: DIAMOND_COLUMNS, order: LATEST_FIRST };
  const { rows, total } = findPage<DiamondRow>(db, from, where, page);
  return { rows: rows.map(toDiamondPrice), total };
}

function addDays(where: Conditions, filter: { fromDay?: string; toDay?: string }): void {
  where.add('day >= :fromDay', 'fromDay', filter.fromDay);
  where.add('day <= :toDay', 'toDay', filter.toDay);
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
