import { useDeferredValue, useMemo } from 'react';
import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import { readPhone } from '../../format/phone.ts';
import { useOtherSpellings } from './customer-queries.ts';
import type { CustomerSearch } from './customer-search.ts';

/** The customers that the filter leaves. Typing stays quick: the list follows a moment later when it is long. */
export function useShownCustomers(
  customers: readonly CustomerWire[] | undefined,
  { q, show }: CustomerSearch,
): readonly CustomerWire[] {
  const wanted = useDeferredValue(q);
  const spelled = useOtherSpellings(customers, wanted?.trim() ?? '', show === 'removed');
  return useMemo(() => {
    const words = (wanted ?? '').toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const fits = (customer: CustomerWire): boolean => {
      if (show !== undefined && show !== 'removed' && customer.balance_status.status !== show) return false;
      if (spelled.has(customer.id)) return true;
      const name = customer.name.toLocaleLowerCase();
      const phones = `${customer.phone.replace(/\D/g, '')} ${customer.phone_e164}`;
      return words.every((word) => {
        const phone = readPhone(word).replaceAll('-', '');
        return name.includes(word) || (/^[+\d]+$/.test(phone) && phones.includes(phone));
      });
    };
    return (customers ?? []).filter(fits);
  }, [customers, wanted, show, spelled]);
}
