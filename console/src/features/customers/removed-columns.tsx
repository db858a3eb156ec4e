// Those who were removed, each with the way back.

import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import type { Column } from '../../ui/table/column.ts';
import { toast, toastError } from '../../ui/toast/toast.tsx';
import { useWords } from '../../words/say.ts';
import { restoreCustomer } from './customer-queries.ts';
import type { CustomerSearch } from './customer-search.ts';
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

function BringBack({ customer: { id, name } }: { customer: CustomerWire }) {
  const words = useWords(customerWords);
  const navigate = useNavigate();
  const [working, setWorking] = useState(false);
  const bringBack = async () => {
    setWorking(true);
    try {
      await restoreCustomer(id);
      toast(words('broughtBack', { name }), { about: [id] });
      await navigate({
        to: '/customers/$customerId',
        params: { customerId: id },
        search: (before: CustomerSearch) => ({ ...before, show: undefined }),
      });
    } catch (error) {
      toastError(error);
      setWorking(false);
    }
  };
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      loading={working}
      aria-label={words('bringBackNamed', { name })}
      onClick={() => void bringBack()}
    >
      {words('bringBack')}
    </Button>
  );
}
