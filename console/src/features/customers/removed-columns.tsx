// Those who were removed, each with the way back.

import { useMemo } from 'react';
import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import type { Column } from '../../ui/table/column.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { BringCustomerBack } from './bring-customer-back.tsx';

/** Of the list's own columns those that tell who it is. */
export function useRemovedColumns(columns: readonly Column<CustomerWire>[]): Column<CustomerWire>[] {
  const words = useWords(everydayWords);
  return useMemo(() => {
    const back: Column<CustomerWire> = {
      key: 'back',
      header: words('bringBack'),
      hidesHeader: true,
      align: 'end',
      cell: (customer) => <BringCustomerBack customer={customer} />,
      card: 'line-end',
    };
    return [...columns.filter(({ key }) => ['name', 'phone', 'since'].includes(key)), back];
  }, [columns, words]);
}
