// What the shop can be asked about its business. docs/metrics.md defines each number; amounts are paise, weights
// milligrams, instants UTC, days the shop's.

import type { Page } from './page.ts';
import type { Category } from './product.ts';

/** Whose lines count as sold: counter sales, orders that are not cancelled, or both. */
export const SOLD_SOURCES = ['sales', 'orders', 'both'] as const;
export type SoldSource = (typeof SOLD_SOURCES)[number];
export const PRODUCT_RANKINGS = ['quantity', 'revenue', 'fine_grams'] as const;
export type ProductRanking = (typeof PRODUCT_RANKINGS)[number];

/** `quantity`, `paise` (before discounts, which belong to whole bills) and fine metal of one product's lines. */
export interface SoldProduct {
  id: string;
  name: string;
  category: Category;
  isActive: boolean;
  quantity: number;
  paise: number;
  fineMg: number;
}

/** At most this stock is low; 0 is out. */
export const LOW_STOCK = 5;
/** The most rows in each list of low or sold-out pieces; the counts are of all. */
export const MAX_ALERTS = 100;

export interface StockPiece {
  id: string;
  name: string;
  category: string;
  stockQuantity: number;
  basePricePaise: number;
}
/** Pieces that are not deleted, by status; and of the published ones, those that are low or out. */
export interface StockAlerts {
  draft: number;
  published: number;
  low: Page<StockPiece>;
  out: Page<StockPiece>;
}

/** Customers of today at one time, and how many of them made an order within a period. */
export interface Conversion {
  customers: number;
  ordering: number;
}

/** Customers added within a period, and how many of them made their first order so many days later. */
export interface Cohort {
  customers: number;
  within30: number;
  within60: number;
  within90: number;
  ever: number;
}

/** One hour of one weekday (0 is Monday) of a period. */
export interface BusyHour {
  weekday: number;
  hour: number;
  orders: number;
  ordersPaise: number;
  sales: number;
  salesPaise: number;
}

/** What came in by one method, less what was given back: below 0 where that was more. `method` null: not said. */
export interface MoneyIn {
  method: string | null;
  paise: number;
}

/** What is unpaid by the days since it was given: 0 to 30, 31 to 60, 61 to 90, over 90. */
export interface AgedDebt {
  days30: number;
  days60: number;
  days90: number;
  older: number;
}
export interface AgedDebtor extends AgedDebt {
  id: string;
  name: string;
  phone: string;
  balancePaise: number;
}
export interface KhataAgeing {
  totals: AgedDebt;
  /** Largest balance first. */
  debtors: Page<AgedDebtor>;
}

/** The pieces in stock of one category and purity: drafts count, deleted pieces do not. */
export interface StockLot {
  category: Category;
  goldPurity: string;
  /** Products, and pieces of them. */
  products: number;
  pieces: number;
  netMg: number;
  fineMg: number;
  listPaise: number;
}

/** Days since a piece was last sold or, if never, since it was added: up to 90, 180, 365, and longer. */
export const IDLE_LIMITS = [90, 180, 365] as const;
export interface IdleStock {
  /** One for each limit, and one for what lies longer. */
  bands: { products: number; pieces: number; fineMg: number; listPaise: number }[];
  /** Pieces in stock that were not sold for at least the days asked for, longest first. */
  dead: Page<DeadPiece>;
}
export interface DeadPiece extends StockPiece {
  netWeightMg: number;
  goldPurity: string;
  createdAt: number;
  lastSoldAt: number | null;
  idleDays: number;
}

/** Limits of the bands of customers: days since the last purchase, and purchases. */
export const RECENCY_LIMITS = [30, 90, 180, 365] as const;
export const FREQUENCY_LIMITS = [1, 2, 5, 10] as const;
export const BUYER_RANKINGS = ['value', 'recency', 'frequency'] as const;
export type BuyerRanking = (typeof BUYER_RANKINGS)[number];

export interface Buyer {
  id: string;
  name: string;
  phone: string;
  /** Sales and orders that are not cancelled. */
  purchases: number;
  paise: number;
  lastAt: number;
  daysSince: number;
}
export interface Buyers {
  /** Customers by band: both are places in the limits, the last one is beyond them. Empty ones are left out. */
  segments: { recency: number; frequency: number; customers: number; paise: number }[];
  /** Customers who bought nothing. */
  without: number;
  page: Page<Buyer>;
}
