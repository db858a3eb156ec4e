import { StockAgeingQuery, StockAgeingWire } from '../../contract/stock-metrics.ts';
import { type DeadPiece, IDLE_LIMITS } from '../../domain/analytics.ts';
import { toRupees } from '../../domain/money.ts';
import { toGrams } from '../../domain/weight.ts';
import { type PageNumbers, pageInfo, readPage } from '../../http/paging.ts';
import type { Route } from '../../http/route.ts';
import { toInstant, toInstantOrNull } from '../../http/wire.ts';
import { MAX_DAYS, readWhole } from './analytics-input.ts';
import { bandsOf } from './bands.ts';
import { type Desk, metricRoute } from './metric-route.ts';

const DEFAULT_DEAD_DAYS = 180;
const BANDS = bandsOf(IDLE_LIMITS, 0);

export function stockAgeingRoute(desk: Desk): Route {
  return metricRoute<{ deadDays: number; numbers: PageNumbers }, StockAgeingWire>(desk, {
    name: 'stock-ageing',
    summary: 'Read how long the stock lies, and which pieces are dead stock',
    description:
      'Days since a piece was last sold (by a sale, or an order that is not cancelled) or, if never, since it was added.',
    query: StockAgeingQuery,
    data: StockAgeingWire,
    example: {
      as_of: '2026-01-15',
      bands: [
        {
          label: '0-90',
          from_days: 0,
          to_days: 90,
          products: 2,
          pieces: 6,
          fine_grams: 23.358,
          list_value: 150003,
        },
      ],
      dead_days: DEFAULT_DEAD_DAYS,
      dead_stock: [
        {
          product_id: '65d0c0ffee0123456789abcd',
          product_name: 'Nath',
          category: 'Nath',
          gold_purity: '916',
          weight: 4.25,
          stock_quantity: 1,
          base_price: 25000,
          added_at: '2025-01-15T10:30:00.123Z',
          last_sold_at: null,
          idle_days: 365,
        },
      ],
      pagination: { page: 1, per_page: 20, total: 1, total_pages: 1, has_next: false, has_prev: false },
    },
    read: (query) => ({
      deadDays: readWhole(query, 'dead_days', { otherwise: DEFAULT_DEAD_DAYS, min: 1, max: MAX_DAYS }),
      numbers: readPage(query),
    }),
    make: async ({ deadDays, numbers }, today) => {
      const { bands, dead } = await desk.shop.store.analytics.idleStock(today, deadDays, numbers);
      return {
        as_of: today,
        bands: BANDS.map(({ label, from, to }, index) => {
          const band = bands[index];
          return {
            label,
            from_days: from,
            to_days: to,
            products: band?.products ?? 0,
            pieces: band?.pieces ?? 0,
            fine_grams: toGrams(band?.fineMg ?? 0),
            list_value: toRupees(band?.listPaise ?? 0),
          };
        }),
        dead_days: deadDays,
        dead_stock: dead.rows.map(toDeadPiece),
        pagination: pageInfo(dead, numbers),
      };
    },
  });
}

function toDeadPiece(piece: DeadPiece): StockAgeingWire['dead_stock'][number] {
  return {
    product_id: piece.id,
    product_name: piece.name,
    category: piece.category,
    gold_purity: piece.goldPurity,
    weight: toGrams(piece.netWeightMg),
    stock_quantity: piece.stockQuantity,
    base_price: toRupees(piece.basePricePaise),
    added_at: toInstant(piece.createdAt),
    last_sold_at: toInstantOrNull(piece.lastSoldAt),
    idle_days: piece.idleDays,
  };
}
