// What the address of the customers' list may say.

export const BALANCE_FILTERS = ['owes', 'credit', 'clear'] as const;
export type BalanceFilter = (typeof BALANCE_FILTERS)[number];

export interface CustomerSearch {
  q?: string | undefined;
  show?: BalanceFilter | undefined;
  sort?: string | undefined;
  /** The form over the list. */
  add?: true | undefined;
}

export function readCustomerSearch({ q, show, sort, add }: Record<string, unknown>): CustomerSearch {
  return {
    ...(typeof q === 'string' && q !== '' ? { q } : {}),
    ...(BALANCE_FILTERS.includes(show as BalanceFilter) ? { show: show as BalanceFilter } : {}),
    ...(typeof sort === 'string' ? { sort } : {}),
    ...(add === true ? { add } : {}),
  };
}
