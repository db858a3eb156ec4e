// A phone that is another customer's already, or was that of one who was removed: said beside the field, with whose it is.

import { Link } from '@tanstack/react-router';
import { type ReactNode, useRef } from 'react';
import type { CustomerWire, NewCustomerBody } from '../../../../server/src/contract/customer.ts';
import { isApiError } from '../../api/api-error.ts';
import { errorText, fieldTexts } from '../../api/error-text.ts';
import { BringBack } from '../../ui/bring-back.tsx';
import { say } from '../../words/say.ts';
import { addCustomer, findOwner, findRemoved, restoreCustomer } from './customer-queries.ts';
import { customerWords } from './words/customer-words.ts';

class PhoneOfRemoved extends Error {
  readonly customer: CustomerWire;

  constructor(customer: CustomerWire) {
    super('phone of a removed customer');
    this.customer = customer;
  }
}

/** Adds a customer. Where one who was removed had the phone, and has a khata already, that is said first. */
export function useAddCustomer(): (body: NewCustomerBody) => Promise<CustomerWire> {
  const told = useRef('');
  return async (body) => {
    const gone = await findRemoved(body.phone).catch(() => undefined);
    // Said once: the number may be somebody else's by now.
    if (gone === undefined || told.current === gone.id) return addCustomer(body);
    told.current = gone.id;
    throw new PhoneOfRemoved(gone);
  };
}

/** The texts of a refused customer by the form's fields. `onBack`: the one who was removed is there again. */
export async function placeTakenPhone(
  error: unknown,
  { phone }: { phone: string },
  onBack: (customer: CustomerWire) => void,
): Promise<Record<string, ReactNode>> {
  if (error instanceof PhoneOfRemoved) {
    const { customer } = error;
    return {
      phone: (
        <>
          {say(customerWords)('hadNumber', { name: customer.name })}{' '}
          <BringBack
            id={customer.id}
            name={customer.name}
            bringBack={restoreCustomer}
            onBack={() => onBack(customer)}
          />
        </>
      ),
    };
  }
  if (!isApiError(error, 'phone_taken')) return fieldTexts(error);
  const owner = await findOwner(phone);
  if (owner === undefined) return { phone: errorText(error) };
  const words = say(customerWords);
  return {
    phone: (
      <>
        {words('hasNumber', { name: owner.name })}{' '}
        <Link to="/customers/$customerId" params={{ customerId: owner.id }}>
          {words('openKhata')}
        </Link>
      </>
    ),
  };
}
