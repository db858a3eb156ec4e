// An order is one write: number, copies of customer and pieces, stock, khata debit, payment rows and journal entry.

import { khataField } from '../../../domain/checkout.ts';
import { ofOrder } from '../../../domain/khata-texts.ts';
import { type NewOrder, orderNumbers, type PlacedOrder } from '../../../domain/order.ts';
import { draftOrder } from '../../../domain/order-draft.ts';
import { refuse } from '../../../domain/shop-error.ts';
import { orderSearchText } from '../reads/orders.ts';
import { debitKhata, findBuyer, pieceFinder, takeFromStock } from './checkout.ts';
import { keepOrder, keepPayments } from './figures.ts';
import type { Tx } from './tx.ts';
import type { Query } from './view.ts';

export function addOrder(tx: Tx, input: NewOrder): PlacedOrder {
  const { id } = input;
  const customer = findBuyer(tx, input.customerId, input.lines);
  const { draft, khataPaise } = draftOrder(input, customer, tx.by.at, pieceFinder(tx));
  const lines = takeFromStock(tx, draft.lines, 'items');
  const order = { ...draft, lines, orderNumber: freeNumber(tx, input.numberTails) };
  tx.add('orders', {
    shopId: tx.shopId,
    ...order,
    searchText: orderSearchText(order.orderNumber, order.customerName),
  });
  keepOrder(tx, order);
  keepPayments(tx, order.payments);
  const warning = debitKhata(
    tx,
    {
      id: input.khataEntryId,
      customerId: customer.id,
      amountPaise: khataPaise,
      description: ofOrder(order.orderNumber),
      reference: order.orderNumber,
      field: khataField(input.terms),
    },
    { kind: 'order', id },
  );
  const { id: _id, version, createdAt, updatedAt, completedAt, cancelledAt, ...fields } = order;
  tx.record('order.created', { type: 'order', id }, null, fields);
  return { order, warning };
}

/** The first number that nobody has. The unique index stands behind it where another process takes it meanwhile. */
function freeNumber(tx: Tx, tails: string): string {
  const numbers = [...orderNumbers(tx.by.at, tails)];
  const query: Query<'orders'> = {
    collection: 'orders',
    name: `orders/number/${numbers.join(' ')}`,
    filter: { order_number: { $in: numbers } },
    matches: (row) => numbers.includes(row.orderNumber),
  };
  const taken = new Set(tx.find(query).map((row) => row.orderNumber));
  const free = numbers.find((number) => !taken.has(number));
  if (free !== undefined) return free;
  throw refuse('busy', { details: 'No free order number was found. Try again', retryAfterSeconds: 1 });
}
