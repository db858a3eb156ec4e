import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import { useSettings } from '../settings/settings-queries.ts';

export interface CreditLimit {
  /** Rupees; null: no limit. */
  limit: number | null;
  /** Whether the shop refuses what goes over it, instead of warning. */
  isStrict: boolean;
}

/** The customer's own limit, else the shop's. */
export function useCreditLimit({ credit_limit: own }: CustomerWire): CreditLimit {
  const { data: settings } = useSettings();
  return { limit: own ?? settings?.credit_limit ?? null, isStrict: settings?.credit_rule === 'refuse' };
}
