import type { CreditWarning } from './khata.ts';
import type { Payment, PaymentMethod, PaymentTerms } from './payment.ts';

export const SALE_PAYMENT_STATUSES = ['paid', 'partial', 'pending'] as const;
export type SalePaymentStatus = (typeof SALE_PAYMENT_STATUSES)[number];

export interface SaleLine {
  productId: string;
  productName: string;
  quantity: number;
  takenQuantity: number;
  unitPricePaise: number;
  netWeightMg: number;
  goldPurity: string;
}

/** A counter sale as stored. `finalPaise` = total less discount, never below 0. */
export interface Sale {
  id: string;
  customerId: string;
  customerName: string;
  lines: SaleLine[];
  totalPaise: number;
  discountPaise: number;
  finalPaise: number;
  paymentStatus: SalePaymentStatus;
  paymentMethod: PaymentMethod | null;
  payments: Payment[];
  khataEntryId: string | null;
  notes: string | null;
  createdAt: number;
  createdBy: string;
}

export interface NewSale {
  id: string;
  khataEntryId: string;
  customerId: string;
  lines: { productId: string; quantity: number; unitPricePaise: number }[];
  discountPaise: number;
  paymentStatus: SalePaymentStatus;
  paymentMethod: PaymentMethod | null;
  terms: PaymentTerms;
  notes: string | null;
}

/** Instants: from inclusive, to exclusive. Newest first. */
export interface SaleFilter {
  customerId?: string;
  paymentStatus?: string;
  from?: number;
  to?: number;
}

export interface RecordedSale {
  sale: Sale;
  warning: CreditWarning | null;
}
