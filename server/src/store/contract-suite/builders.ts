// What the cases put into a shop: complete and harmless by default, with overrides for what a case is about.

import { ObjectId } from 'bson';
import type { By } from '../../domain/actor.ts';
import type { CustomerFields, NewCustomer } from '../../domain/customer.ts';
import type { NewKhataEntry } from '../../domain/khata.ts';
import type { NewOrder } from '../../domain/order.ts';
import type { NewPayment, PaymentTerms } from '../../domain/payment.ts';
import { normalisePhone } from '../../domain/phone.ts';
import type { NewDiamondPrice, NewMetalPrice } from '../../domain/price.ts';
import type { NewProduct, ProductFields } from '../../domain/product.ts';
import type { NewSale } from '../../domain/sale.ts';
import type { SettingsFields } from '../../domain/settings.ts';
import { dayOf } from '../../domain/shop-day.ts';
import type { NewUser } from '../../domain/user.ts';
import type { NewSession } from '../session-store.ts';

/** A Thursday, 16:00 in the shop. */
export const START = Date.parse('2026-01-15T10:30:00.000Z');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const ALL = { skip: 0, limit: 1000 };

let made = 0;

export function newId(): string {
  return new ObjectId().toHexString();
}

/** Each caller a millisecond after the one before, unless the case says when. */
export function aBy(overrides: Partial<By> = {}): By {
  made++;
  return {
    actor: { kind: 'system', name: 'contract' },
    requestId: `request-${made}`,
    at: START + made,
    ...overrides,
  };
}

export function aCustomer(overrides: Partial<NewCustomer> = {}): NewCustomer {
  made++;
  const phone = overrides.phone ?? `98${String(made).padStart(8, '0')}`;
  return {
    id: newId(),
    name: `Customer ${made}`,
    phone,
    phoneE164: normalisePhone(phone) ?? phone,
    email: null,
    address: null,
    language: null,
    creditLimitPaise: null,
    ...overrides,
  };
}

type Filled<T> = { [K in keyof T]-?: NonNullable<T[K]> };

/** A value for each field of a customer, none of them what `aCustomer` has anyway; a new field does not compile without. */
export const EVERY_CUSTOMER_FIELD: Filled<CustomerFields> & { phoneE164: string } = {
  name: 'सीता Devi',
  phone: '98200 98200',
  phoneE164: '+919820098200',
  email: 'sita@example.in',
  address: '1 Laxmi Road\nPune',
  language: 'mr',
  creditLimitPaise: 250_050,
};

/** The same for a piece. */
export const EVERY_PRODUCT_FIELD: Filled<ProductFields> = {
  name: 'नथ Pearl',
  category: 'Necklace',
  basePricePaise: 4_200_050,
  netWeightMg: 12_345,
  goldPurity: '750',
  description: 'With pearls',
  imageUrl: '/uploads/products/nath.webp',
  stockQuantity: 3,
  status: 'draft',
  makingCharge: { kind: 'percent', basisPoints: 1_250 },
  stonesPaise: 99_99,
};

/** The same for the settings. */
export const EVERY_SETTING: Filled<SettingsFields> = {
  shopName: 'स्वाती Jewellers',
  shopAddress: '1 Laxmi Road\nPune',
  shopPhone: '020 2555 0101',
  gstin: '27ABCDE1234F1Z5',
  upiId: 'swati@bank',
  language: 'mr',
  makingCharge: { kind: 'per_gram', paisePerGram: 75_050 },
  guardHoldBasisPoints: 525,
  guardSigmas: 7,
  guardRefuseBasisPoints: 3_050,
  guardConfirmBasisPoints: 150,
  creditRule: 'refuse',
  creditLimitPaise: 250_050,
  strictStock: true,
  totpRoles: ['admin', 'staff'],
  rupeesPerDollarPaise: 84_55,
  stoneMarketBasisPoints: 12_345,
};

/** The same for what is kept of a new order as it was given; its lines and terms become rows of more. */
export const EVERY_ORDER_FIELD: Filled<
  Omit<NewOrder, 'id' | 'numberTails' | 'khataEntryId' | 'customerId' | 'lines' | 'terms'>
> = {
  taxPaise: 7_01,
  discountPaise: 50,
  paymentStatus: 'partial',
  paymentMethod: 'upi',
  notes: 'ring size 12',
  adminNotes: 'regular',
};

/** The same for a sale. */
export const EVERY_SALE_FIELD: Filled<
  Omit<NewSale, 'id' | 'khataEntryId' | 'customerId' | 'lines' | 'terms'>
> = {
  discountPaise: 30,
  paymentStatus: 'partial',
  paymentMethod: 'card',
  notes: 'gift box',
};

/** Of a payment, as it is given with an order or a sale. */
export const EVERY_PAYMENT_FIELD: Filled<NewPayment> = {
  method: 'cheque',
  amountPaise: 20_05,
  reference: '000123',
};

export function aProduct(overrides: Partial<NewProduct> = {}): NewProduct {
  made++;
  return {
    id: newId(),
    name: `Ring ${made}`,
    category: 'Ring',
    basePricePaise: 2_500_050,
    netWeightMg: 4_250,
    goldPurity: '916',
    description: '',
    imageUrl: '',
    stockQuantity: 5,
    status: 'published',
    makingCharge: null,
    stonesPaise: 0,
    ...overrides,
  };
}

export function aDebit(
  customerId: string,
  amountPaise: number,
  overrides: Partial<NewKhataEntry> = {},
): NewKhataEntry {
  return {
    id: newId(),
    customerId,
    type: 'debit',
    amountPaise,
    description: null,
    paymentMethod: null,
    referenceNumber: null,
    ...overrides,
  };
}

export function aCredit(
  customerId: string,
  amountPaise: number,
  overrides: Partial<NewKhataEntry> = {},
): NewKhataEntry {
  return aDebit(customerId, amountPaise, { type: 'credit', ...overrides });
}

/** Nothing was said about money. */
export function noTerms(overrides: Partial<PaymentTerms> = {}): PaymentTerms {
  return { method: null, isPaid: false, amountPaidPaise: 0, payments: null, ...overrides };
}

export function khataTerms(overrides: Partial<PaymentTerms> = {}): PaymentTerms {
  return noTerms({ method: 'khata', ...overrides });
}

export function anOrder(
  customerId: string,
  lines: NewOrder['lines'],
  overrides: Partial<NewOrder> = {},
): NewOrder {
  return {
    id: newId(),
    numberTails: Array.from({ length: 8 }, newTail).join(''),
    khataEntryId: newId(),
    customerId,
    lines,
    taxPaise: 0,
    discountPaise: 0,
    paymentStatus: 'unpaid',
    paymentMethod: overrides.terms?.method ?? '',
    terms: noTerms(),
    notes: '',
    adminNotes: '',
    ...overrides,
  };
}

export function aSale(
  customerId: string,
  lines: NewSale['lines'],
  overrides: Partial<NewSale> = {},
): NewSale {
  return {
    id: newId(),
    khataEntryId: newId(),
    customerId,
    lines,
    discountPaise: 0,
    paymentStatus: 'pending',
    paymentMethod: overrides.terms?.method === 'khata' ? 'khata' : null,
    terms: noTerms(),
    notes: null,
    ...overrides,
  };
}

/** A row dated by its instant; the day follows from it. */
export function aGoldRate(
  paisePerGram: number,
  at: number,
  overrides: Partial<NewMetalPrice> = {},
): NewMetalPrice {
  return {
    id: newId(),
    metal: 'gold',
    purity: '916',
    paisePerGram,
    at,
    day: dayOf(at),
    source: 'manual',
    confirm: false,
    ...overrides,
  };
}

export function aDiamondPrice(overrides: Partial<NewDiamondPrice> = {}): NewDiamondPrice {
  return {
    id: newId(),
    milliCarat: 500,
    cut: 'Ideal',
    color: 'F',
    clarity: 'VS1',
    pricePaise: 8_500_000,
    at: START,
    day: dayOf(START),
    source: 'manual',
    ...overrides,
  };
}

export function aUser(overrides: Partial<NewUser> = {}): NewUser {
  made++;
  return {
    id: newId(),
    username: `user${made}`,
    email: `user${made}@example.com`,
    passwordHash: `secret-hash-${made}`,
    role: 'staff',
    permissions: ['customers.read'],
    appointed: true,
    ...overrides,
  };
}

/** For an account of the case: opening looks at the password it was checked against. */
export function aSession(user: NewUser, overrides: Partial<NewSession> = {}): NewSession {
  made++;
  return {
    id: newId(),
    userId: user.id,
    checked: { passwordHash: user.passwordHash, authVersion: 0 },
    refreshHash: `refresh-${made}`,
    expiresAt: START + 30 * DAY,
    address: '192.0.2.1',
    userAgent: 'test',
    rehashed: null,
    attemptId: null,
    proof: null,
    isJournalled: false,
    ...overrides,
  };
}

/** Four characters, never the same twice. */
function newTail(): string {
  made++;
  return made.toString(36).toUpperCase().padStart(4, '0').slice(-4);
}
