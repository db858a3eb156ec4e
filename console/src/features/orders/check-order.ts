// What is wrong with a new order, beside the fields of its form: before it is sent, and when the server refuses it.

import { fieldTexts } from '../../api/error-text.ts';
import type { FieldPath } from '../../ui/form/use-shop-form.ts';
import { errorWords } from '../../words/errors/error-words.ts';
import { say } from '../../words/say.ts';
import { methodOfPaid, type OrderValues, type PricedOrder, totalOf } from './order-form.ts';
import { orderWords } from './words/order-words.ts';

/** What can be said without the server. */
export function checkOrder(values: PricedOrder): Partial<Record<FieldPath<OrderValues>, string>> {
  const words = say(orderWords);
  const errors = say(errorWords);
  const problems: Partial<Record<FieldPath<OrderValues>, string>> = {};
  if (values.customer === null) problems.customer = errors('ruleRequired');
  if (values.lines.length === 0) problems.lines = words('needPiece');
  for (const [index, { quantity, price }] of values.lines.entries()) {
    const count = Number(quantity);
    if (!Number.isInteger(count) || count < 1) {
      problems[`lines.${index}.quantity`] = errors('ruleMinimum', { limit: '1' });
    }
    if (price === '') problems[`lines.${index}.price`] = errors('ruleRequired');
  }
  // Money by nobody knows what counts towards no limit of cash, and is in no drawer at night.
  if (Number(values.paid) > 0 && methodOfPaid(values) === '') {
    problems[values.method === 'khata' ? 'paidBy' : 'method'] = errors('ruleRequired');
  }
  // What the order comes to is known only when its lines are whole.
  if (Object.keys(problems).length === 0 && totalOf(values) < 0) {
    problems.discount = words('discountTooLarge');
  }
  return problems;
}

/** The server's refusal beside the fields of this form. */
export function placeOrderErrors(error: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(fieldTexts(error)).map(([name, text]) => [formPath(name), text]));
}

const FIELDS: Record<string, keyof OrderValues> = {
  customer_id: 'customer',
  tax_amount: 'tax',
  discount_amount: 'discount',
  payment_method: 'method',
  amount_paid: 'paid',
};
const LINE_FIELDS: Record<string, string> = { unit_price: 'price', quantity: 'quantity' };

function formPath(name: string): string {
  const [first, index, field = ''] = name.split('.');
  // Of an order on khata: the money first, then what is debited.
  if (first === 'payments') return index === '1' ? 'method' : 'paid';
  if (first !== 'items') return FIELDS[name] ?? name;
  const lineField = LINE_FIELDS[field];
  return lineField === undefined ? 'lines' : `lines.${index}.${lineField}`;
}
