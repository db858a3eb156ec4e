// Those who were removed, each with the way back.

import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import type { Column } from '../../ui/table/column.ts';
import { useWords } from '../../words/say.ts';
import { BringBack } from './bring-back.tsx';
import type { CustomerSearch } from './customer-search.ts';
import { customerWords } from './words/customer-words.ts';

/** Of the list's own columns those that tell who it is. */
export function useRemovedColumns(columns: readonly Column<CustomerWire>[]): Column<CustomerWire>[] {
  const words = useWords(customerWords);
  const navigate = useNavigate();
  return useMemo(() => {
    const show = ({ id }: CustomerWire) =>
      void navigate({
        to: '/customers/$customerId',
        params: { customerId: id },
        search: (before: CustomerSearch) => ({ ...before, show: undefined }),
      });
    const back: Column<CustomerWire> = {
      key: 'back',
      header: words('bringBack'),
      hidesHeader: true,
      align: 'end',
      cell: (customer) => <BringBack customer={customer} onBack={show} />,
      card: 'line-end',
    };
    return [...columns.filter(({ key }) => ['name', 'phone', 'since'].includes(key)), back];
  }, [columns, words, navigate]);
}
