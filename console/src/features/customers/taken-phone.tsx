// A phone that is another customer's already: said beside the field, with whose it is.

import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { isApiError } from '../../api/api-error.ts';
import { errorText, fieldTexts } from '../../api/error-text.ts';
import { say } from '../../words/say.ts';
import { findCustomers } from './customer-queries.ts';
import { customerWords } from './words/customer-words.ts';

/** The texts of a refused customer by the form's fields. */
export async function placeTakenPhone(
  error: unknown,
  { phone }: { phone: string },
): Promise<Record<string, ReactNode>> {
  if (!isApiError(error, 'phone_taken')) return fieldTexts(error);
  const found = await findCustomers(phone).catch(() => []);
  const [owner] = found;
  // Who left the list keeps the number, and is not found.
  if (owner === undefined || found.length > 1) return { phone: errorText(error) };
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
