// The page shapes of the contract: page/per_page, limit/skip, and both at once.

import type { Page, PageRequest } from '../domain/page.ts';
import { invalid } from '../domain/shop-error.ts';

type Query = Record<string, string | undefined>;

const LARGEST = 10 ** 15 - 1;

/** A whole number from the query, or the default: non-numeric text never fails. Beyond 15 digits it is the largest of 15. */
export function wholeNumber(text: string | undefined, otherwise: number): number {
  if (text === undefined || !/^\s*[+-]?\d+\s*$/.test(text)) return otherwise;
  return Math.max(-LARGEST, Math.min(LARGEST, Number(text)));
}

export interface PageNumbers extends PageRequest {
  page: number;
  perPage: number;
}

const MAX_PAGE = 1_000_000;

const PAGE_TEXT = { message: 'Page number must be greater than 0', details: 'page must be at least 1' };

/** `page` (1) and `per_page` (20, at most 100). Refuses a page below 1 with the contract's text, or that of a list. */
export function readPage(query: Query, text: { message: string; details?: string } = PAGE_TEXT): PageNumbers {
  const page = wholeNumber(query.page, 1);
  if (page < 1) {
    const refusal = invalid('page', 'minimum', text.details ?? 'must be at least 1', text.message);
    if (text.details !== undefined) refusal.refusal.details = text.details;
    throw refusal;
  }
  const asked = wholeNumber(query.per_page, 20);
  const perPage = asked < 1 ? 20 : Math.min(asked, 100);
  return { page, perPage, skip: (Math.min(page, MAX_PAGE) - 1) * perPage, limit: perPage };
}

/** `limit` (outside 1 to `max`: the default) and `skip` (below 0: 0). */
function readLimit(query: Query, otherwise: number, max: number): PageRequest {
  const limit = wholeNumber(query.limit, otherwise);
  return {
    limit: limit < 1 || limit > max ? otherwise : limit,
    skip: Math.min(Math.max(wholeNumber(query.skip, 0), 0), MAX_PAGE * 1000),
  };
}

/** Either spelling: pages when `page` or `per_page` is sent, else limit and skip. */
export function readEither(query: Query, otherwise: number, max: number): PageNumbers {
  if (query.page !== undefined || query.per_page !== undefined) {
    return readPage(query);
  }
  const { limit, skip } = readLimit(query, otherwise, max);
  return { limit, skip, perPage: limit, page: Math.floor(skip / limit) + 1 };
}

export function pageInfo<T>(page: Page<T>, numbers: PageNumbers) {
  const totalPages = Math.ceil(page.total / numbers.perPage);
  return {
    page: numbers.page,
    per_page: numbers.perPage,
    total: page.total,
    total_pages: totalPages,
    has_next: numbers.page < totalPages,
    has_prev: numbers.page > 1,
  };
}

/** The union of the page shape and the limit shape. */
export function bothPageInfo<T>(page: Page<T>, numbers: PageNumbers) {
  const hasMore = numbers.skip + page.rows.length < page.total;
  return {
    ...pageInfo(page, numbers),
    // Also where `skip` stands in the middle of a page.
    has_next: hasMore,
    has_prev: numbers.skip > 0,
    limit: numbers.limit,
    skip: numbers.skip,
    has_more: hasMore,
  };
}
