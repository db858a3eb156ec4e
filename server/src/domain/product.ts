import type { Refusal } from './shop-error.ts';

export const CATEGORIES = [
  'Nath',
  'Pendant Set',
  'Tika',
  'Necklace',
  'Earrings',
  'Bangles',
  'Ring',
  'Bracelet',
  'Bridal Set',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** Fineness per mille as marked on the piece. */
export const PRODUCT_PURITIES = ['916', '750', '585'] as const;
export type ProductPurity = (typeof PRODUCT_PURITIES)[number];

export const PRODUCT_STATUSES = ['draft', 'published'] as const;
export type ProductStatus = (typeof PRODUCT_STATUSES)[number];

/** How the making charge of a piece is found: a share of the metal value, per gram of net weight, or one amount. */
export type MakingCharge =
  | { kind: 'percent'; basisPoints: number }
  | { kind: 'per_gram'; paisePerGram: number }
  | { kind: 'fixed'; paise: number };

/** What an owner writes about a piece. */
export interface ProductFields {
  name: string;
  category: Category;
  basePricePaise: number;
  netWeightMg: number;
  goldPurity: ProductPurity;
  description: string;
  imageUrl: string;
  stockQuantity: number;
  status: ProductStatus;
  /** null: the shop's default. */
  makingCharge: MakingCharge | null;
  stonesPaise: number;
}

/** A piece of the catalogue as stored. `version` rises with every change, deletion and restoration included. */
export interface Product extends ProductFields {
  id: string;
  version: number;
  publishedAt: number | null;
  isActive: boolean;
  createdAt: number;
  updatedAt: number;
}

export type NewProduct = ProductFields & { id: string };
export type ProductChanges = Partial<ProductFields>;

/** All filters are optional and combine with AND; ranges are inclusive. */
export interface ProductFilter {
  status?: ProductStatus;
  category?: string;
  minPricePaise?: number;
  maxPricePaise?: number;
  minWeightMg?: number;
  maxWeightMg?: number;
  /** Pieces in stock, at least and at most. */
  minStock?: number;
  maxStock?: number;
  /** Part of a word of the name or description, any script, case-insensitive, literal. */
  search?: string;
  /** Those that no other list shows any more, and only those. */
  isRemoved?: boolean;
}

export const BULK_ACTIONS = ['publish', 'unpublish', 'delete', 'restore', 'edit'] as const;
/** `edit` has changes of its own; see BulkChanges. */
export type BulkAction = Exclude<(typeof BULK_ACTIONS)[number], 'edit'>;
/** What many pieces can have in common. */
export type BulkChanges = Pick<
  ProductChanges,
  | 'category'
  | 'basePricePaise'
  | 'goldPurity'
  | 'description'
  | 'stockQuantity'
  | 'makingCharge'
  | 'stonesPaise'
>;

/** What came of one of many. Not changed: it stood so already, and was left as it was. */
export type BulkResult = { id: string } & (
  | { ok: true; product: Product; isChanged: boolean }
  | { ok: false; refusal: Refusal }
);

/** `publishedAt` after a change of status: the first publishing is kept, taking a piece off clears it. */
export function publishedAtAfter(
  before: { status: ProductStatus; publishedAt: number | null } | null,
  status: ProductStatus,
  now: number,
): number | null {
  if (status === 'draft') return null;
  if (before?.status === 'published' && before.publishedAt !== null) return before.publishedAt;
  return now;
}
