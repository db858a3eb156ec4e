// What the address of the customers' list may say.

export const BALANCE_FILTERS = ['owes', 'credit', 'clear'] as const;
const SHOWN = [...BALANCE_FILTERS, 'removed'] as const;

export interface CustomerSearch {
  q?: string | undefined;
  show?: (typeof SHOWN)[number] | undefined;
  sort?: string | undefined;
  /** The form over the list. */
  add?: true | undefined;
}

export function readCustomerSearch({ q, show, sort, add }: Record<string, unknown>): CustomerSearch {
  return {
    ...(typeof q === 'string' && q !== '' ? { q } : {}),
    ...readShown(show),
    ...(typeof sort === 'string' ? { sort } : {}),
    ...(add === true ? { add } : {}),
  };
}

function readShown(show: unknown): Pick<CustomerSearch, 'show'> {
  const known = SHOWN.find((one) => one === show);
  return known === undefined ? {} : { show: known };
}
