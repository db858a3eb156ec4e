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
