import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { DataTableProps } from './column.ts';

interface RowOpenerProps<R> extends Pick<DataTableProps<R>, 'link' | 'onOpen'> {
  row: R;
  className: string | undefined;
  /** Its detail stands beside the table. */
  isCurrent?: boolean;
  children: ReactNode;
}

/** What opens a row. */
export function RowOpener<R>({ row, link, onOpen, className, isCurrent, children }: RowOpenerProps<R>) {
  if (link === undefined) {
    return (
      <button type="button" className={className} onClick={() => onOpen?.(row)}>
        {children}
      </button>
    );
  }
  return (
    <Link {...link(row)} className={className} aria-current={isCurrent ? 'true' : undefined}>
      {children}
    </Link>
  );
}
