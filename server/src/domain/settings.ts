import type { Role } from './permissions.ts';
import type { MakingCharge } from './product.ts';
import type { Language } from './user.ts';

export const CREDIT_RULES = ['warn', 'refuse'] as const;

/** What the owner decides for the whole shop. Shares are basis points (1% = 100). */
export interface SettingsFields {
  shopName: string;
  shopAddress: string;
  shopPhone: string;
  gstin: string | null;
  /** Virtual payment address for UPI, such as `swati@bank`; null: no payment code on statements. */
  upiId: string | null;
  language: Language;
  /** Used where a product says nothing of its own. */
  makingCharge: MakingCharge;
  /** A new rate further from the last than this, or than `guardSigmas`, is held. */
  guardHoldBasisPoints: number;
  guardSigmas: number;
  /** Further than this it is refused unless confirmed. */
  guardRefuseBasisPoints: number;
  /** A second rate on another day within this of a held one releases it. */
  guardConfirmBasisPoints: number;
  creditRule: (typeof CREDIT_RULES)[number];
  /** For customers without a limit of their own; null: none. */
  creditLimitPaise: number | null;
  /** True: an order or sale of more than the stock is refused. */
  strictStock: boolean;
  /** Accounts of these roles do nothing before they have switched the second step of signing in on. */
  totpRoles: Role[];
  /** Turns predicted dollars of stones into rupees; null: the latest month of the open exchange rates. */
  rupeesPerDollarPaise: number | null;
  /** What stones cost here beside the open data's dollars, as basis points; of no use once the shop's own stones say it. */
  stoneMarketBasisPoints: number;
}

export interface Settings extends SettingsFields {
  version: number;
  updatedAt: number;
}

export const DEFAULT_SETTINGS: SettingsFields = {
  shopName: 'Swati Jewellers',
  shopAddress: '',
  shopPhone: '',
  gstin: null,
  upiId: null,
  language: 'en',
  makingCharge: { kind: 'percent', basisPoints: 1500 },
  guardHoldBasisPoints: 400,
  guardSigmas: 6,
  guardRefuseBasisPoints: 2500,
  guardConfirmBasisPoints: 100,
  creditRule: 'warn',
  creditLimitPaise: null,
  strictStock: false,
  totpRoles: [],
  rupeesPerDollarPaise: null,
  // The open stones as they were sold in about 2008: nobody publishes openly by how much the market has moved since.
  stoneMarketBasisPoints: 10_000,
};

/** What is wrong with settings taken together; null when they fit. */
export function settingsProblem(fields: SettingsFields): { field: string; limit: string } | null {
  if (fields.guardHoldBasisPoints > fields.guardRefuseBasisPoints) {
    return { field: 'guard.hold_percent', limit: 'must not be more than guard.refuse_percent' };
  }
  return null;
}
