// Those who were removed, each with the way back.

import { useMemo } from 'react';
import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import type { Column } from '../../ui/table/column.ts';
import { useWords } from '../../words/say.ts';
import { BringBack } from './bring-back.tsx';
import { customerWords } from './words/customer-words.ts';

/** Of the list's own columns those that tell who it is. */
export function useRemovedColumns(columns: readonly Column<CustomerWire>[]): Column<CustomerWire>[] {
  const words = useWords(customerWords);
  return useMemo(() => {
    const back: Column<CustomerWire> = {
      key: 'back',
      header: words('bringBack'),
      hidesHeader: true,
      align: 'end',
      cell: (customer) => <BringBack customer={customer} />,
      card: 'line-end',
    };
    return [...columns.filter(({ key }) => ['name', 'phone', 'since'].includes(key)), back];
  }, [columns, words]);
}
