// What a new order is while it is typed, and its sums in whole paise, as the server will make them.

import type { NewOrderBody } from '../../../../server/src/contract/order.ts';
import type { PieceWorkingWire, ProductWire } from '../../../../server/src/contract/product.ts';
import type { MoneyMethod } from './order-money.ts';

export interface OrderLine {
  productId: string;
  name: string;
  quantity: number | '';
  /** Rupees for one piece; null: today's price, whatever the rate does meanwhile. */
  price: number | '' | null;
}

export interface OrderValues {
  customer: { id: string; name: string } | null;
  lines: OrderLine[];
  tax: number | '';
  discount: number | '';
  method: string;
  paid: number | '';
  /** How that part of an order on khata came in which is paid now; '' where nobody says. */
  paidBy: MoneyMethod | '';
  notes: string;
}

export const EMPTY_ORDER: OrderValues = {
  customer: null,
  lines: [],
  tax: '',
  discount: '',
  method: '',
  paid: '',
  paidBy: '',
  notes: '',
};

/** A line with its price of the moment; '' while that is not there. */
export interface PricedLine extends OrderLine {
  price: number | '';
}

export interface PricedOrder extends OrderValues {
  lines: PricedLine[];
}

export function lineOf({ id, name }: ProductWire): OrderLine {
  return { productId: id, name, quantity: 1, price: null };
}

export function pricedOrder(
  values: OrderValues,
  workings: ReadonlyMap<string, Pick<PieceWorkingWire, 'current_price'>>,
): PricedOrder {
  return {
    ...values,
    lines: values.lines.map((line) => ({
      ...line,
      price: line.price ?? workings.get(line.productId)?.current_price ?? '',
    })),
  };
}

const paise = (rupees: number | '') => Math.round(Number(rupees) * 100);

/** Rupees; may be below 0 while the discount is being typed. */
export function totalOf({ lines, tax, discount }: PricedOrder): number {
  const subtotal = lines.reduce((sum, { quantity, price }) => sum + Number(quantity) * paise(price), 0);
  return (subtotal + paise(tax) - paise(discount)) / 100;
}

/** What would be debited to the khata. */
export function khataPartOf(values: PricedOrder): number {
  return values.method === 'khata' ? (paise(totalOf(values)) - paise(values.paid)) / 100 : 0;
}

/** How what is paid now comes in; '' where nobody says. */
export function methodOfPaid({ method, paidBy }: OrderValues): string {
  return method === 'khata' ? paidBy : method;
}

/** On khata a row for each part, so that the money of it has its method. */
function paymentsOf(values: PricedOrder): Pick<NewOrderBody, 'amount_paid' | 'payments'> {
  const paid = Number(values.paid);
  if (!(paid > 0)) return {};
  if (values.method !== 'khata' || values.paidBy === '') return { amount_paid: paid };
  const rest = khataPartOf(values);
  const money = { method: values.paidBy, amount: paid };
  return { payments: rest > 0 ? [money, { method: 'khata', amount: rest }] : [money] };
}

export function toOrderBody(values: PricedOrder): NewOrderBody {
  const paid = Number(values.paid);
  const total = totalOf(values);
  let status: 'unpaid' | 'partial' | 'paid' = 'unpaid';
  if (paid > 0) status = paid >= total ? 'paid' : 'partial';
  return {
    customer_id: values.customer?.id ?? '',
    items: values.lines.map(({ productId, quantity, price }) => ({
      product_id: productId,
      quantity: Number(quantity),
      unit_price: Number(price),
    })),
    ...(values.tax === '' ? {} : { tax_amount: Number(values.tax) }),
    ...(values.discount === '' ? {} : { discount_amount: Number(values.discount) }),
    ...(values.method === '' ? {} : { payment_method: values.method }),
    ...paymentsOf(values),
    payment_status: status,
    ...(values.notes.trim() === '' ? {} : { notes: values.notes.trim() }),
  };
}
