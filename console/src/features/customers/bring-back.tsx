import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import { toast, toastError } from '../../ui/toast/toast.tsx';
import { useWords } from '../../words/say.ts';
import { restoreCustomer } from './customer-queries.ts';
import { customerWords } from './words/customer-words.ts';

interface BringBackProps {
  customer: CustomerWire;
  /** Called once they are there again. */
  onBack: (customer: CustomerWire) => void;
}

/** Brings a customer back who was removed. */
export function BringBack({ customer, onBack }: BringBackProps) {
  const words = useWords(customerWords);
  const [working, setWorking] = useState(false);
  const { id, name } = customer;
  const bringBack = async () => {
    setWorking(true);
    try {
      await restoreCustomer(id);
      toast(words('broughtBack', { name }), { about: [id] });
      onBack(customer);
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
