import { LOW_STOCK } from '../../domain/analytics.ts';
import { toSmallestUnit } from '../../domain/money.ts';
import { PRODUCT_STATUSES, type ProductFilter, type ProductStatus } from '../../domain/product.ts';
import { refuse } from '../../domain/shop-error.ts';

type Query = Record<string, string | undefined>;

const DECIMAL = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?\s*$/i;

/** The filters that every list of pieces has. Ranges are read in either spelling; text that is no number is ignored. */
export function toProductFilter(query: Query): ProductFilter {
  const filter: ProductFilter = {};
  const { category, search } = query;
  if (category !== undefined && category !== '') filter.category = category;
  if (search !== undefined && search.trim() !== '') filter.search = search;
  const minPrice = bound(query.min_price ?? query.price_min, 2, 'from');
  const maxPrice = bound(query.max_price ?? query.price_max, 2, 'to');
  const minWeight = bound(query.min_weight ?? query.weight_min, 3, 'from');
  const maxWeight = bound(query.max_weight ?? query.weight_max, 3, 'to');
  if (minPrice !== null) filter.minPricePaise = minPrice;
  if (maxPrice !== null) filter.maxPricePaise = maxPrice;
  if (minWeight !== null) filter.minWeightMg = minWeight;
  if (maxWeight !== null) filter.maxWeightMg = maxWeight;
  if (query.stock === 'low') Object.assign(filter, { minStock: 1, maxStock: LOW_STOCK });
  if (query.stock === 'out') filter.maxStock = 0;
  return filter;
}

/** The status asked for; null for all. Refuses with the contract's text. */
export function toStatusFilter(text: string | undefined): ProductStatus | null {
  if (text === undefined || text === '' || text === 'all') return null;
  const status = PRODUCT_STATUSES.find((known) => known === text);
  if (status) return status;
  throw refuse('invalid_input', {
    message: 'Invalid status filter',
    details: 'The status must be draft or published, or all for both',
    fields: [{ field: 'status', rule: 'enum', limit: 'must be one of: draft, published, all' }],
  });
}

/** An end of a range as a whole number of the smallest unit, so that what lies between two units is left out. */
function bound(text: string | undefined, decimals: number, end: 'from' | 'to'): number | null {
  if (text === undefined || !DECIMAL.test(text)) return null;
  const value = Number(text);
  const units = toSmallestUnit(value, decimals) ?? between(value * 10 ** decimals, end);
  return Math.min(Math.max(units, -Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}

function between(units: number, end: 'from' | 'to'): number {
  return end === 'from' ? Math.ceil(units) : Math.floor(units);
}
