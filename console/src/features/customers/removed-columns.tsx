// Those who were removed, each with the way back.

import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import { BringBack } from '../../ui/bring-back.tsx';
import type { Column } from '../../ui/table/column.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { restoreCustomer } from './customer-queries.ts';
import type { CustomerSearch } from './customer-search.ts';

/** Of the list's own columns those that tell who it is. */
export function useRemovedColumns(columns: readonly Column<CustomerWire>[]): Column<CustomerWire>[] {
  const words = useWords(everydayWords);
  const navigate = useNavigate();
  return useMemo(() => {
    const show = (id: string) =>
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
      cell: ({ id, name }) => (
        <BringBack id={id} name={name} bringBack={restoreCustomer} onBack={() => show(id)} />
      ),
      card: 'line-end',
    };
    return [...columns.filter(({ key }) => ['name', 'phone', 'since'].includes(key)), back];
  }, [columns, words, navigate]);
}
