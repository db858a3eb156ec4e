// What the address of the catalogue may say.

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
export const STATES = ['draft', 'published', 'removed'] as const;
export type State = (typeof STATES)[number];
export const STOCKS = ['low', 'out'] as const;
export type Stock = (typeof STOCKS)[number];
export const VIEWS = ['table', 'grid'] as const;
export type View = (typeof VIEWS)[number];
export const RANGES = ['price_from', 'price_to', 'weight_from', 'weight_to'] as const;
type Range = (typeof RANGES)[number];

export interface ProductSearch extends Partial<Record<Range, number | undefined>> {
  q?: string | undefined;
  category?: Category | undefined;
  /** Named so since other lists have a status of their own in the address. */
  state?: State | undefined;
  stock?: Stock | undefined;
  /** Rows or pictures; left out, rows where there is room for them. */
  view?: View | undefined;
  /** The form over the list. */
  add?: true | undefined;
}

function oneOf<const T extends readonly string[]>(known: T, name: string, value: unknown) {
  return known.includes(value as T[number]) ? { [name]: value as T[number] } : {};
}

function readRanges(search: Record<string, unknown>) {
  const given = RANGES.filter((name) => {
    const value = search[name];
    return typeof value === 'number' && value >= 0 && Number.isFinite(value);
  });
  return Object.fromEntries(given.map((name) => [name, search[name] as number]));
}

export function readProductSearch(search: Record<string, unknown>): ProductSearch {
  return {
    ...(typeof search.q === 'string' && search.q !== '' ? { q: search.q } : {}),
    ...oneOf(CATEGORIES, 'category', search.category),
    ...oneOf(STATES, 'state', search.state),
    ...oneOf(STOCKS, 'stock', search.stock),
    ...oneOf(VIEWS, 'view', search.view),
    ...readRanges(search),
    ...(search.add === true ? { add: true } : {}),
  };
}
