// What happens to an order after it was made: status, payment status, notes.

import { Data } from '../../contract/envelope.ts';
import {
  ORDER_NOTES_MESSAGES,
  ORDER_PAYMENT_STATUS_MESSAGES,
  ORDER_STATUS_MESSAGES,
  OrderNotesBody,
  OrderPaymentStatusBody,
  OrderStatusBody,
  OrderWire,
} from '../../contract/order.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { orderExample } from './order-example.ts';
import { orderIdOf, readNotes, readPaymentChange } from './order-input.ts';
import { toOrderWire } from './order-wire.ts';

/** What happens to an order after it was made. */
export function orderChangeRoutes(shop: Shop): Route[] {
  return [statusRoute(shop), paymentStatusRoute(shop), notesRoute(shop)];
}

function statusRoute({ store, newId }: Shop): Route {
  return route({
    method: 'PUT',
    path: '/api/orders/:id/status',
    access: 'orders.write',
    tag: 'Orders',
    summary: 'Change the status of an order',
    description:
      'Cancelling gives the taken pieces back to the stock and reverses the khata entry. A customer who was removed comes ' +
      'back with it; where somebody else has the phone by now, it is refused. A cancelled order stays so.',
    body: OrderStatusBody,
    messages: ORDER_STATUS_MESSAGES,
    reply: Data(OrderWire),
    errors: ['order_not_found', 'order_is_cancelled', 'stale_version', 'phone_taken'],
    example: {
      success: true,
      data: { ...orderExample, version: 2, status: 'completed', completed_at: '2026-01-16T09:00:00.000Z' },
      message: 'Order status updated successfully',
    },
    handle: async ({ params, body, ifVersion, by, wrote, versioned }) => {
      const id = orderIdOf(params.id);
      const order = wrote(await store.orders.changeStatus(id, body.status, newId(), ifVersion, by));
      versioned(order.version);
      return { success: true, data: toOrderWire(order), message: 'Order status updated successfully' };
    },
  });
}

function paymentStatusRoute({ store }: Shop): Route {
  return route({
    method: 'PUT',
    path: '/api/orders/:id/payment-status',
    access: 'orders.write',
    tag: 'Orders',
    summary: 'Change the payment status of an order',
    description:
      'To paid adds a payment of what is missing, by the `method` that is named; to partial one of `amount`, as often as money comes in; ' +
      'back to unpaid takes the money back; the khata is not touched. What each ' +
      'status would book stands in the order (`would_book`); sent back as `expected_amount`, no other amount is booked.',
    body: OrderPaymentStatusBody,
    messages: ORDER_PAYMENT_STATUS_MESSAGES,
    reply: Data(OrderWire),
    errors: ['order_not_found', 'order_is_cancelled', 'stale_version'],
    example: {
      success: true,
      data: { ...orderExample, version: 2, payment_status: 'paid' },
      message: 'Payment status updated successfully',
    },
    handle: async ({ params, body, ifVersion, by, wrote, versioned }) => {
      const id = orderIdOf(params.id);
      const order = wrote(await store.orders.changePaymentStatus(id, readPaymentChange(body), ifVersion, by));
      versioned(order.version);
      return { success: true, data: toOrderWire(order), message: 'Payment status updated successfully' };
    },
  });
}

function notesRoute({ store }: Shop): Route {
  return route({
    method: 'PUT',
    path: '/api/orders/:id/notes',
    access: 'orders.write',
    tag: 'Orders',
    summary: 'Add a note to an order',
    description:
      "Appended with the instant in UTC. `notes` are for the customer, `admin_notes` the shop's own; of the two an " +
      'empty one adds nothing. What was noted stays.',
    body: OrderNotesBody,
    messages: ORDER_NOTES_MESSAGES,
    reply: Data(OrderWire),
    errors: ['order_not_found', 'stale_version'],
    example: {
      success: true,
      data: { ...orderExample, version: 2, notes: '[2026-01-15 11:02:03] Ring size 14' },
      message: 'Note added successfully',
    },
    handle: async ({ params, body, ifVersion, by, wrote, versioned }) => {
      const added = readNotes(body);
      const order = wrote(await store.orders.addNotes(orderIdOf(params.id), added, ifVersion, by));
      versioned(order.version);
      return { success: true, data: toOrderWire(order), message: 'Note added successfully' };
    },
  });
}
