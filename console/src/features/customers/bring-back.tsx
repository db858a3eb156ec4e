import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import { toast, toastError } from '../../ui/toast/toast.tsx';
import { useWords } from '../../words/say.ts';
import { restoreCustomer } from './customer-queries.ts';
import type { CustomerSearch } from './customer-search.ts';
import { customerWords } from './words/customer-words.ts';

interface BringBackProps {
  customer: CustomerWire;
  /** Called once they are there again. */
  onBack?: (() => void) | undefined;
}

/** Brings a customer back who was removed, and shows the khata. */
export function BringBack({ customer: { id, name }, onBack }: BringBackProps) {
  const words = useWords(customerWords);
  const navigate = useNavigate();
  const [working, setWorking] = useState(false);
  const bringBack = async () => {
    setWorking(true);
    try {
      await restoreCustomer(id);
      toast(words('broughtBack', { name }), { about: [id] });
      onBack?.();
      await navigate({
        to: '/customers/$customerId',
        params: { customerId: id },
        search: (before: CustomerSearch) => ({ ...before, show: undefined, add: undefined }),
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
