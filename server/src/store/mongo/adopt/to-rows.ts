// The older backend's documents as rows of ours: ids, password hashes and texts stay, float rupees become paise.

import { ENTRY_TYPES, KHATA_METHODS, type NewKhataEntry } from '../../../domain/khata.ts';
import { ORDER_PAYMENT_STATUSES, ORDER_STATUSES, type OrderLine } from '../../../domain/order.ts';
import { PAYMENT_METHODS, type Payment } from '../../../domain/payment.ts';
import { normalisePhone } from '../../../domain/phone.ts';
import { CLARITIES, COLORS, CUTS, RATE_PURITIES } from '../../../domain/price.ts';
import { CATEGORIES, PRODUCT_PURITIES, PRODUCT_STATUSES } from '../../../domain/product.ts';
import { searchTextOf } from '../../../domain/product-search.ts';
import { SALE_PAYMENT_STATUSES, type SaleLine } from '../../../domain/sale.ts';
import { toSearchText } from '../../../domain/search-text.ts';
import { dayOf } from '../../../domain/shop-day.ts';
import { DEFAULT_PREFERENCES } from '../../../domain/user.ts';
import { SHOP_ID } from '../../shop-id.ts';
import { orderSearchText } from '../reads/orders.ts';
import type { CustomerRow, DiamondRow, MetalRow, OrderRow, ProductRow, SaleRow, UserRow } from '../rows.ts';
import { NOTHING_BOUGHT, NOTHING_SOLD } from '../writes/figures.ts';
import { fitOrder, fitSale, shareOut } from './older-bills.ts';
import { type OlderRow, Unfit } from './older-row.ts';

const LONG_TEXT = 20_000;
const MOST_PIECES = 10_000;
const METALS = ['gold', 'silver', 'platinum'] as const;

export function toUser(row: OlderRow): UserRow {
  const role = row.oneOf('role', ['admin', 'staff', 'customer'], 'staff');
  const { createdAt } = row;
  return {
    id: row.id,
    shopId: SHOP_ID,
    username: row.text('username', 80),
    email: row.text('email', 200).trim().toLowerCase(),
    passwordHash: row.text('password_hash', 1000),
    role: role === 'customer' ? 'user' : role,
    // Anybody could sign up as staff there, so nobody has rights here before an admin gives them.
    permissions: [],
    appointed: role === 'admin',
    isActive: row.flag('is_active', true),
    authVersion: 0,
    preferences: DEFAULT_PREFERENCES,
    createdAt,
    updatedAt: row.instant('updated_at', createdAt),
    lastLogin: row.instantOrNull('last_login'),
  };
}

export function toProduct(row: OlderRow): ProductRow {
  const { createdAt } = row;
  const name = row.text('name', 200);
  const description = row.text('description', LONG_TEXT, '');
  // A piece without a status was for sale before there were drafts: published since it was made.
  const status = row.oneOf('status', PRODUCT_STATUSES, 'published');
  return {
    id: row.id,
    shopId: SHOP_ID,
    version: 1,
    name,
    category: row.oneOf('category', CATEGORIES),
    basePricePaise: row.rupees('base_price', 0),
    netWeightMg: row.thousandths('weight', 1),
    goldPurity: row.oneOf('gold_purity', PRODUCT_PURITIES, '916'),
    description,
    imageUrl: row.text('image_url', LONG_TEXT, ''),
    stockQuantity: row.count('stock_quantity', 0, 0),
    status,
    publishedAt: status === 'draft' ? null : row.instant('published_at', createdAt),
    makingCharge: null,
    stonesPaise: 0,
    searchText: searchTextOf(name, description),
    figures: NOTHING_SOLD,
    isActive: row.flag('is_active', true),
    createdAt,
    updatedAt: row.instant('updated_at', createdAt),
  };
}

/** A customer before the ledger is posted. */
export interface OlderCustomer {
  row: CustomerRow;
  /** What the older backend said is owed; null where that was no amount. */
  storedPaise: number | null;
}

export function toCustomer(row: OlderRow): OlderCustomer {
  const { createdAt } = row;
  const name = row.text('name', 200);
  const phone = row.text('phone', 40).trim();
  return {
    storedPaise: row.balance('current_balance'),
    row: {
      id: row.id,
      shopId: SHOP_ID,
      version: 1,
      name,
      searchName: toSearchText(name),
      phone,
      // What is no phone number is unique by itself.
      phoneE164: normalisePhone(phone) ?? `/${lettersOf(row.id)}`,
      email: row.textOrNull('email', 200),
      address: row.textOrNull('address', LONG_TEXT),
      language: null,
      creditLimitPaise: null,
      ...{ balancePaise: 0, khataEntries: 0, khataDebitsPaise: 0, khataCreditsPaise: 0, khataPosition: 0 },
      khataDays: [],
      bought: NOTHING_BOUGHT,
      isActive: true,
      createdAt,
      updatedAt: row.instant('updated_at', createdAt),
    },
  };
}

/** The id without digits: whatever takes the digits out of a phone number must not find more of them. */
export function lettersOf(id: string): string {
  return [...id].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
}

export interface OlderEntry {
  entry: NewKhataEntry;
  createdAt: number;
  createdBy: string;
}

export function toEntry(row: OlderRow): OlderEntry {
  return {
    entry: {
      id: row.id,
      customerId: row.reference('customer'),
      type: row.oneOf('transaction_type', ENTRY_TYPES),
      amountPaise: row.rupees('amount', 1),
      description: row.textOrNull('description', LONG_TEXT),
      paymentMethod: row.has('payment_method') ? row.oneOf('payment_method', KHATA_METHODS) : null,
      referenceNumber: row.textOrNull('reference_number', LONG_TEXT),
    },
    createdAt: row.createdAt,
    createdBy: row.text('created_by', LONG_TEXT, 'older shop'),
  };
}

export function toOrder(row: OlderRow): OrderRow {
  const { createdAt } = row;
  const orderNumber = row.text('order_number', 20);
  const customerName = row.text('customer_name', 200, '');
  const paymentStatus = row.oneOf('payment_status', ORDER_PAYMENT_STATUSES, 'unpaid');
  const paymentMethod = row.text('payment_method', 200, '');
  const sums = fitOrder({
    subtotalPaise: row.rupees('subtotal', 0),
    taxPaise: row.rupees('tax_amount', 0, 0),
    discountPaise: row.rupees('discount_amount', 0, 0),
    totalPaise: row.rupees('total_amount', 0),
  });
  return {
    id: row.id,
    shopId: SHOP_ID,
    version: 1,
    orderNumber,
    customerId: row.reference('customer_id'),
    customerName,
    customerPhone: row.text('customer_phone', 200, ''),
    customerEmail: row.text('customer_email', 200, ''),
    customerAddress: row.text('customer_address', LONG_TEXT, ''),
    searchText: orderSearchText(orderNumber, customerName),
    lines: row.each('items', toOrderLines).flat(),
    ...sums,
    status: row.oneOf('status', ORDER_STATUSES, 'pending'),
    paymentStatus,
    paymentMethod,
    payments: paidRows(paymentStatus === 'paid', sums.totalPaise, paymentMethod, createdAt),
    khataEntryId: null,
    notes: row.text('notes', LONG_TEXT, ''),
    adminNotes: row.text('admin_notes', LONG_TEXT, ''),
    createdAt,
    updatedAt: row.instant('updated_at', createdAt),
    completedAt: row.instantOrNull('completed_at'),
    cancelledAt: row.instantOrNull('cancelled_at'),
  };
}

/** Orders took nothing out of the stock there, so cancelling one gives nothing back. */
function toOrderLines(row: OlderRow): OrderLine[] {
  const pieces = piecesOf(row);
  const chargedPaise = row.rupees('total_price', 0);
  // A quantity of 1.5 was stored as 1 and charged as 1.5: what was charged counts.
  if (chargedPaise !== pieces * row.rupees('unit_price', 0)) row.mended++;
  const piece = {
    productId: row.reference('product_id'),
    productName: row.text('product_name', 200, ''),
    productCategory: row.text('product_category', 200, ''),
    takenQuantity: 0,
    netWeightMg: row.thousandths('weight', 0),
    goldPurity: row.oneOf('gold_purity', PRODUCT_PURITIES, '916'),
  };
  return shareOut(pieces, chargedPaise).map(({ quantity, unitPricePaise }) => {
    return { ...piece, quantity, unitPricePaise, totalPaise: quantity * unitPricePaise };
  });
}

function piecesOf(row: OlderRow): number {
  const quantity = row.count('quantity', 1);
  if (quantity > MOST_PIECES) throw new Unfit(`quantity is ${quantity}, it must be at most ${MOST_PIECES}`);
  return quantity;
}

/** One row where all was said to be paid; of a part nobody knows how much it was. */
function paidRows(isPaid: boolean, amountPaise: number, method: string | null, at: number): Payment[] {
  if (!isPaid || amountPaise === 0) return [];
  const how = method === '' || method === 'khata' ? null : method;
  return [{ method: how, amountPaise, reference: null, at, byStatus: false }];
}

/** `purityOf`: the piece's, which the older sale does not say. */
export function toSale(row: OlderRow, purityOf: (productId: string) => string): SaleRow {
  const { createdAt } = row;
  const paymentStatus = row.oneOf('payment_status', SALE_PAYMENT_STATUSES, 'pending');
  const paymentMethod = row.has('payment_method') ? row.oneOf('payment_method', PAYMENT_METHODS) : null;
  const sums = fitSale({
    totalPaise: row.rupees('total_amount', 0),
    discountPaise: row.rupees('discount', 0, 0),
    finalPaise: row.rupees('final_amount', 0),
  });
  return {
    id: row.id,
    shopId: SHOP_ID,
    customerId: row.reference('customer'),
    customerName: '',
    lines: row.each('products', (line) => toSaleLine(line, purityOf)),
    ...sums,
    paymentStatus,
    paymentMethod,
    payments: paidRows(paymentStatus === 'paid', sums.finalPaise, paymentMethod, createdAt),
    khataEntryId: null,
    notes: row.textOrNull('notes', LONG_TEXT),
    createdAt,
    createdBy: row.text('created_by', LONG_TEXT, 'older shop'),
  };
}

function toSaleLine(row: OlderRow, purityOf: (productId: string) => string): SaleLine {
  const productId = row.reference('product_id');
  return {
    productId,
    productName: row.text('product_name', 200, ''),
    quantity: piecesOf(row),
    takenQuantity: 0,
    unitPricePaise: row.rupees('price_at_sale', 0),
    netWeightMg: row.thousandths('weight', 0),
    goldPurity: purityOf(productId),
  };
}

export type NewRate = Omit<MetalRow, 'position' | 'place'>;
export type NewStone = Omit<DiamondRow, 'position' | 'place'>;

export function toRate(row: OlderRow): NewRate {
  const metal = row.oneOf('metal_type', METALS);
  const at = row.instant('date');
  return {
    id: row.id,
    shopId: SHOP_ID,
    metal,
    purity: row.oneOf<string>('purity', RATE_PURITIES[metal]),
    paisePerGram: row.rupees('price_per_gram', 1),
    at,
    day: dayOf(at),
    source: row.text('source', 200, 'older shop'),
    held: false,
    createdAt: at,
  };
}

export function toStone(row: OlderRow): NewStone {
  const at = row.instant('date');
  return {
    id: row.id,
    shopId: SHOP_ID,
    milliCarat: row.thousandths('carat', 1),
    cut: row.oneOf('cut', CUTS),
    color: row.oneOf('color', COLORS),
    clarity: row.oneOf('clarity', CLARITIES),
    pricePaise: row.rupees('price', 1),
    at,
    day: dayOf(at),
    source: row.text('source', 200, 'older shop'),
    createdAt: at,
  };
}
