// Recorded prices as something to learn from: whole series, and what of them is new.

import type { Metal } from '../../../domain/price.ts';
import { DAY_MS } from '../../../domain/shop-day.ts';
import type { RateSeries, SeriesMark, StonePage, StonePlace } from '../../prediction-store.ts';
import type { Db } from '../database.ts';

const OF_SERIES = `FROM metal_prices
  WHERE shop_id = :shopId AND metal = :metal AND purity = :purity AND day <= :toDay AND held = 0`;

export function rateSeries(db: Db, shopId: string, metal: Metal, purity: string, toDay: string): RateSeries {
  const rows = db.all<{ day: string; paise_per_gram: number }>(
    `SELECT day, paise_per_gram ${OF_SERIES} ORDER BY day, position, place`,
    { shopId, metal, purity, toDay },
  );
  return {
    days: Int32Array.from(rows, ({ day }) => Date.parse(`${day}T00:00:00Z`) / DAY_MS),
    paisePerGram: Float64Array.from(rows, (row) => row.paise_per_gram),
  };
}

export function seriesMark(
  db: Db,
  shopId: string,
  metal: Metal,
  purity: string,
  toDay: string,
  position: number,
): SeriesMark {
  const row = db.get<{ n: number; fresh: number; last: number | null }>(
    `SELECT count(*) AS n, count(*) FILTER (WHERE position > :position) AS fresh, max(position) AS last ${OF_SERIES}`,
    { shopId, metal, purity, toDay, position },
  );
  // A held rate that is released keeps its position, but raises the count.
  return { rows: row?.n ?? 0, newRows: row?.fresh ?? 0, mark: `${row?.n}:${row?.last}` };
}

interface StoneRow {
  position: number;
  place: number;
  milli_carat: number;
  cut: string;
  color: string;
  clarity: string;
  price_paise: number;
}

export function stonesAfter(
  db: Db,
  shopId: string,
  after: StonePlace | null,
  limit: number,
  toDay: string,
): StonePage {
  const { position, place } = after ?? { position: -1, place: -1 };
  const rows = db.all<StoneRow>(
    `SELECT position, place, milli_carat, cut, color, clarity, price_paise FROM diamond_prices
     WHERE shop_id = :shopId AND (position, place) > (:position, :place) AND day <= :toDay
     ORDER BY position, place LIMIT :limit`,
    { shopId, position, place, toDay, limit },
  );
  const last = rows.at(-1);
  return {
    stones: rows.map((row) => ({
      milliCarat: row.milli_carat,
      cut: row.cut,
      color: row.color,
      clarity: row.clarity,
      pricePaise: row.price_paise,
    })),
    next: last && rows.length === limit ? { position: last.position, place: last.place } : null,
  };
}

export function countStones(
  db: Db,
  shopId: string,
  toDay: string,
  position: number,
): { rows: number; newRows: number } {
  const row = db.get<{ n: number; fresh: number }>(
    `SELECT count(*) AS n, count(*) FILTER (WHERE position > :position) AS fresh FROM diamond_prices
     WHERE shop_id = :shopId AND day <= :toDay`,
    { shopId, toDay, position },
  );
  return { rows: row?.n ?? 0, newRows: row?.fresh ?? 0 };
}
