// One page of a list. Every list of the store is paged with a maximum.

/** `skip` rows are passed over, at most `limit` are returned. */
export interface PageRequest {
  skip: number;
  limit: number;
}

/** The rows asked for and how many there are in all. */
export interface Page<T> {
  rows: T[];
  total: number;
}

/** The place of a row in a list that is ordered by creation, then id. */
export interface RowMark {
  createdAt: number;
  id: string;
}

/** The most rows that one page of any list holds. */
export const MAX_PAGE_ROWS = 1000;
