import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import { isApiError } from '../../api/api-error.ts';
import { formatPhone } from '../../format/phone.ts';
import { BringBack } from '../../ui/bring-back.tsx';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.tsx';
import { toastError } from '../../ui/toast/toast.tsx';
import { useWords } from '../../words/say.ts';
import { findOwner, restoreCustomer } from './customer-queries.ts';
import type { CustomerSearch } from './customer-search.ts';
import { customerWords } from './words/customer-words.ts';

/** Brings back a customer. Where somebody else has the phone by now it says who, and leads to where that is mended. */
export function BringCustomerBack({ customer }: { customer: CustomerWire }) {
  const words = useWords(customerWords);
  const navigate = useNavigate();
  const [owner, setOwner] = useState<CustomerWire | undefined>();
  const [isTold, setTold] = useState(false);
  const { id, name, phone } = customer;
  const open = (customerId: string, changes: CustomerSearch) =>
    navigate({
      to: '/customers/$customerId',
      params: { customerId },
      search: (before: CustomerSearch) => ({ ...before, ...changes }),
    });
  return (
    <>
      <BringBack
        id={id}
        name={name}
        bringBack={restoreCustomer}
        onBack={() => void open(id, { show: undefined })}
        onRefused={async (error) => {
          const found = isApiError(error, 'phone_taken') ? await findOwner(phone) : undefined;
          if (found === undefined) return toastError(error);
          setOwner(found);
          setTold(true);
        }}
      />
      {owner === undefined ? null : (
        <ConfirmDialog
          opened={isTold}
          title={words('notBackYet', { name })}
          result={words('numberTaken', {
            name,
            owner: owner.name,
            phone: formatPhone(owner.phone_e164),
          })}
          action={words('openKhata')}
          // The removed ones stay beside the khata, for the second try.
          run={() => open(owner.id, {})}
          onClose={() => setTold(false)}
        />
      )}
    </>
  );
}
