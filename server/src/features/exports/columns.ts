// The columns of each exported table: first those that the older client's files had, in their order, then the rest.

import type { Customer } from '../../domain/customer.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import type { KhataEntry } from '../../domain/khata.ts';
import type { Order } from '../../domain/order.ts';
import { type Board, pricePiece } from '../../domain/piece-price.ts';
import type { DiamondPrice, MetalPrice } from '../../domain/price.ts';
import type { MakingCharge, Product } from '../../domain/product.ts';
import type { Sale } from '../../domain/sale.ts';
import type { User } from '../../domain/user.ts';
import { firstNames } from '../analytics/first-names.ts';
import type { CellKind, CellValue, Column } from './column.ts';

const NAMED_LINES = 3;

function column<Row>(name: string, kind: CellKind, of: (row: Row) => CellValue): Column<Row> {
  return { name, kind, of };
}

/** As the older files say it. */
function nameLines(lines: readonly { productName: string }[]): string {
  return firstNames(lines, NAMED_LINES).withRest;
}

/** One of the sale's own, else those of its payments: the counter says a method for each part. Older ones hold free text. */
function methodsOf({ paymentMethod, payments }: Sale): string | null {
  const methods = new Set(payments.flatMap(({ method }) => method ?? []));
  return paymentMethod ?? ([...methods].join(', ') || null);
}

export const SALE_COLUMNS: readonly Column<Sale>[] = [
  column('Sale ID', 'code', (sale) => sale.id),
  column('Customer Name', 'text', (sale) => sale.customerName),
  column('Products', 'text', (sale) => nameLines(sale.lines)),
  column('Amount', 'rupees', (sale) => sale.totalPaise),
  column('Discount', 'rupees', (sale) => sale.discountPaise),
  column('Final Amount', 'rupees', (sale) => sale.finalPaise),
  column('Payment Status', 'code', (sale) => sale.paymentStatus),
  column('Payment Method', 'text', methodsOf),
  column('Date', 'day', (sale) => sale.createdAt),
  column('Item Count', 'count', (sale) => sale.lines.length),
  column('Notes', 'text', (sale) => sale.notes),
  column('Customer ID', 'code', (sale) => sale.customerId),
  column('Khata Entry ID', 'code', (sale) => sale.khataEntryId),
  column('Created By', 'text', (sale) => sale.createdBy),
  column('Created At', 'instant', (sale) => sale.createdAt),
];

export const ORDER_COLUMNS: readonly Column<Order>[] = [
  column('Order Number', 'text', (order) => order.orderNumber),
  column('Customer Name', 'text', (order) => order.customerName),
  column('Phone', 'text', (order) => order.customerPhone),
  column('Email', 'text', (order) => order.customerEmail),
  column('Items', 'text', (order) => nameLines(order.lines)),
  column('Item Count', 'count', (order) => order.lines.length),
  column('Subtotal', 'rupees', (order) => order.subtotalPaise),
  column('Tax', 'rupees', (order) => order.taxPaise),
  column('Discount', 'rupees', (order) => order.discountPaise),
  column('Total Amount', 'rupees', (order) => order.totalPaise),
  column('Order Status', 'code', (order) => order.status),
  column('Payment Status', 'code', (order) => order.paymentStatus),
  column('Payment Method', 'text', (order) => order.paymentMethod),
  column('Order Date', 'day', (order) => order.createdAt),
  column('Notes', 'text', (order) => order.notes),
  column('Admin Notes', 'text', (order) => order.adminNotes),
  column('Address', 'text', (order) => order.customerAddress),
  column('Completed At', 'instant', (order) => order.completedAt),
  column('Cancelled At', 'instant', (order) => order.cancelledAt),
  column('Order ID', 'code', (order) => order.id),
  column('Customer ID', 'code', (order) => order.customerId),
  column('Khata Entry ID', 'code', (order) => order.khataEntryId),
  column('Created At', 'instant', (order) => order.createdAt),
  column('Updated At', 'instant', (order) => order.updatedAt),
];

export const KHATA_COLUMNS: readonly Column<KhataEntry>[] = [
  column('Transaction ID', 'code', (entry) => entry.id),
  column('Customer Name', 'text', (entry) => entry.customerName),
  column('Type', 'code', (entry) => entry.type),
  column('Amount', 'rupees', (entry) => entry.amountPaise),
  column('Balance After', 'rupees', (entry) => entry.balanceAfterPaise),
  column('Description', 'text', (entry) => entry.description),
  column('Payment Method', 'code', (entry) => entry.paymentMethod),
  column('Date', 'day', (entry) => entry.createdAt),
  column('Reference Number', 'text', (entry) => entry.referenceNumber),
  column('Customer ID', 'code', (entry) => entry.customerId),
  column('Reverses', 'code', (entry) => entry.reverses),
  column('Reversed By', 'code', (entry) => entry.reversedBy),
  column('Source', 'code', (entry) => entry.source?.kind ?? null),
  column('Source ID', 'code', (entry) => entry.source?.id ?? null),
  column('Created By', 'text', (entry) => entry.createdBy),
  column('Created At', 'instant', (entry) => entry.createdAt),
];

export const CUSTOMER_COLUMNS: readonly Column<Customer>[] = [
  column('Customer ID', 'code', (customer) => customer.id),
  column('Name', 'text', (customer) => customer.name),
  column('Phone', 'text', (customer) => customer.phone),
  column('Email', 'text', (customer) => customer.email),
  column('Address', 'text', (customer) => customer.address),
  column('Current Balance', 'rupees', (customer) => customer.balancePaise),
  column('Registered Date', 'day', (customer) => customer.createdAt),
  column('Language', 'code', (customer) => customer.language),
  column('Credit Limit', 'rupees', (customer) => customer.creditLimitPaise),
  column('Updated At', 'instant', (customer) => customer.updatedAt),
];

export function productColumns(board: Board): readonly Column<Product>[] {
  return [
    column('Product ID', 'code', (product) => product.id),
    column('Name', 'text', (product) => product.name),
    column('Category', 'code', (product) => product.category),
    column('Base Price', 'rupees', (product) => product.basePricePaise),
    column('Current Price', 'rupees', (product) => pricePiece(product, board).totalPaise),
    column('Weight (g)', 'grams', (product) => product.netWeightMg),
    column('Gold Purity', 'code', (product) => product.goldPurity),
    column('Stock', 'count', (product) => product.stockQuantity),
    column('Status', 'code', (product) => (product.isActive ? 'Active' : 'Inactive')),
    column('Created Date', 'day', (product) => product.createdAt),
    column('Publication', 'code', (product) => product.status),
    column('Description', 'text', (product) => product.description),
    column('Image', 'text', (product) => product.imageUrl),
    column('Making Charge', 'code', (product) => product.makingCharge && makingText(product.makingCharge)),
    column('Stones', 'rupees', (product) => product.stonesPaise),
    column('Published At', 'instant', (product) => product.publishedAt),
    column('Updated At', 'instant', (product) => product.updatedAt),
  ];
}

/** `12.5%`, `450 per gram` or `2500 fixed`: one cell that people and the import read. */
function makingText(making: MakingCharge): string {
  switch (making.kind) {
    case 'percent':
      return `${making.basisPoints / 100}%`;
    case 'per_gram':
      return `${making.paisePerGram / 100} per gram`;
    case 'fixed':
      return `${making.paise / 100} fixed`;
  }
}

export const METAL_PRICE_COLUMNS: readonly Column<MetalPrice>[] = [
  column('Date', 'day', (price) => price.at),
  column('Metal', 'code', (price) => price.metal),
  column('Purity', 'code', (price) => price.purity),
  column('Price Per Gram', 'rupees', (price) => price.paisePerGram),
  column('Currency', 'code', () => 'INR'),
  column('Source', 'text', (price) => price.source),
  column('Held', 'code', (price) => (price.held ? 'yes' : 'no')),
  column('Price ID', 'code', (price) => price.id),
];

export const DIAMOND_PRICE_COLUMNS: readonly Column<DiamondPrice>[] = [
  column('Date', 'day', (price) => price.at),
  column('Carat', 'carats', (price) => price.milliCarat),
  column('Cut', 'code', (price) => price.cut),
  column('Color', 'code', (price) => price.color),
  column('Clarity', 'code', (price) => price.clarity),
  column('Price', 'rupees', (price) => price.pricePaise),
  column('Currency', 'code', () => 'INR'),
  column('Source', 'text', (price) => price.source),
  column('Price ID', 'code', (price) => price.id),
];

/** Never the password, not even its hash. */
export const USER_COLUMNS: readonly Column<User>[] = [
  column('User ID', 'code', (user) => user.id),
  column('Username', 'text', (user) => user.username),
  column('Email', 'text', (user) => user.email),
  column('Role', 'code', (user) => user.role),
  column('Permissions', 'code', (user) => user.permissions.join(' ')),
  column('Active', 'code', (user) => (user.isActive ? 'yes' : 'no')),
  column('Last Sign-in', 'instant', (user) => user.lastLogin),
  column('Created At', 'instant', (user) => user.createdAt),
];

export const JOURNAL_COLUMNS: readonly Column<JournalEntry>[] = [
  column('Number', 'count', (entry) => entry.seq),
  column('At', 'instant', (entry) => entry.at),
  column('Who', 'text', (entry) => entry.actor.name),
  column('Action', 'code', (entry) => entry.action),
  column('Subject', 'code', (entry) => entry.subject.type),
  column('Subject ID', 'code', (entry) => entry.subject.id),
  column('Before', 'text', (entry) => entry.before && JSON.stringify(entry.before)),
  column('After', 'text', (entry) => entry.after && JSON.stringify(entry.after)),
  column('Hash', 'code', (entry) => entry.hash),
];

/** A line of a sale or an order, with whose it is. */
interface LineOf {
  ownerId: string;
  line: Sale['lines'][number];
}
export const LINE_COLUMNS: readonly Column<LineOf>[] = [
  column('Sale or Order ID', 'code', ({ ownerId }) => ownerId),
  column('Product ID', 'code', ({ line }) => line.productId),
  column('Product Name', 'text', ({ line }) => line.productName),
  column('Quantity', 'count', ({ line }) => line.quantity),
  column('Taken From Stock', 'count', ({ line }) => line.takenQuantity),
  column('Unit Price', 'rupees', ({ line }) => line.unitPricePaise),
  column('Weight (g)', 'grams', ({ line }) => line.netWeightMg),
  column('Gold Purity', 'code', ({ line }) => line.goldPurity),
];

/** A payment of a sale or an order, with whose it is. */
interface PaymentOf {
  ownerId: string;
  payment: Sale['payments'][number];
}
export const PAYMENT_COLUMNS: readonly Column<PaymentOf>[] = [
  column('Sale or Order ID', 'code', ({ ownerId }) => ownerId),
  column('Method', 'text', ({ payment }) => payment.method),
  column('Amount', 'rupees', ({ payment }) => payment.amountPaise),
  column('Reference', 'text', ({ payment }) => payment.reference),
  column('At', 'instant', ({ payment }) => payment.at),
];
