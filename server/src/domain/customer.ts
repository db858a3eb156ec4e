import { refuse, type ShopError } from './shop-error.ts';
import type { Language } from './user.ts';

export interface CustomerFields {
  name: string;
  /** As typed, trimmed. */
  phone: string;
  email: string | null;
  address: string | null;
  language: Language | null;
  /** The most this customer may owe, in paise; null: the shop's default. */
  creditLimitPaise: number | null;
}

/** A customer as stored. The balance is in paise: above 0 the customer owes the shop. */
export interface Customer extends CustomerFields {
  id: string;
  version: number;
  /** The phone in E.164, unique among the shop's customers. */
  phoneE164: string;
  balancePaise: number;
  createdAt: number;
  updatedAt: number;
}

export type NewCustomer = CustomerFields & { id: string; phoneE164: string };
export type CustomerChanges = Partial<CustomerFields & { phoneE164: string }>;

/**
 * `search`: part of the name, or digits of the phone in any spelling. `isRemoved`: those that no other list shows any
 * more, and only those.
 */
export interface CustomerFilter {
  search?: string;
  isRemoved?: boolean;
}

/** Who was removed would come back by this, and somebody else has their phone by now. Says whose khata to open. */
export function phoneOfRemovedTaken(
  removed: Pick<Customer, 'name' | 'phone'>,
  owner: Pick<Customer, 'name'>,
): ShopError {
  return refuse('phone_taken', {
    data: { phone: removed.phone, removed: removed.name, owner: owner.name },
    details: `${removed.name} was removed and would come back by this, but ${owner.name} has the phone by now: change the phone of ${owner.name} first, then repeat it`,
  });
}
