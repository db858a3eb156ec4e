import type { LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';

export interface Column<R> {
  key: string;
  header: string;
  /** The head is read by a screen reader alone: a column of buttons, or one that explains itself. */
  hidesHeader?: boolean;
  cell: (row: R) => ReactNode;
  /** Numbers stand at the right. */
  align?: 'end';
  /** What the column is sorted by; without it, it is not. */
  sortBy?: (row: R) => string | number;
  /** Where it stands in the two lines of a phone's card; without it, it is left out there. The first column is the title. */
  card?: 'title-end' | 'line' | 'line-end';
  width?: number;
  /** Only where the table has room; what it says stands in the detail too. */
  wideOnly?: boolean;
  /** Wants more room still: texts of people, which a full table would break into letters. */
  roomyOnly?: boolean;
}

export interface Selection {
  ids: ReadonlySet<string>;
  toggle: (id: string) => void;
  toggleAll: (ids: readonly string[]) => void;
}

export interface DataTableProps<R> {
  /** Says to a screen reader what the table holds. */
  label: string;
  rows: readonly R[];
  /** At most seven; the rest stands in the detail. The first one is the link, or opens the row. */
  columns: readonly Column<R>[];
  rowKey: (row: R) => string;
  /** The name of a row, for its checkbox. */
  rowName?: (row: R) => string;
  link?: ((row: R) => LinkProps) | undefined;
  /** In place of a link, where what opens is no page. */
  onOpen?: ((row: R) => void) | undefined;
  /** `balance` or `-balance` (falling), as it stands in the address. */
  sort?: string | undefined;
  onSort?: (sort: string | undefined) => void;
  /** True when the rows come sorted from the server. */
  isSorted?: boolean;
  selection?: Selection;
  /** The row whose detail stands beside the table. */
  openKey?: string | undefined;
  /** Called when the last rows come into view. */
  onEnd?: () => void;
  /** What stands there when there are no rows. */
  empty: ReactNode;
}

/** A copy of the rows in the order that `sort` names. Equal ones keep their order. */
export function sortRows<R>(
  rows: readonly R[],
  columns: readonly Column<R>[],
  sort: string | undefined,
  locale: string,
): readonly R[] {
  const falling = sort?.startsWith('-') ?? false;
  const sortBy = columns.find(({ key }) => key === sort?.replace(/^-/, ''))?.sortBy;
  if (sortBy === undefined) return rows;
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const compare = (one: R, two: R): number => {
    const [a, b] = [sortBy(one), sortBy(two)];
    return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
  };
  return rows.toSorted((one, two) => (falling ? compare(two, one) : compare(one, two)));
}

/** What a click on a column's head leads to: rising, falling, as it came. */
export function nextSort(key: string, sort: string | undefined): string | undefined {
  if (sort === key) return `-${key}`;
  return sort === `-${key}` ? undefined : key;
}
