import type { NewOrderBody } from '../../contract/order.ts';
import type { By, Written } from '../../domain/actor.ts';
import { toPaise } from '../../domain/money.ts';
import { methodOf, type PlacedOrder } from '../../domain/order.ts';
import type { Shop } from '../../http/shop.ts';
import { toTerms } from './payment-wire.ts';

/**
 * Makes an order; everything that depends on what is stored is decided in the store's one write. `numberTails`: see
 * tailDrawer.
 */
export function createOrder(
  shop: Shop,
  body: NewOrderBody,
  numberTails: string,
  by: By,
): Promise<Written<PlacedOrder>> {
  const paymentMethod = body.payment_method ?? '';
  const paymentStatus = body.payment_status ?? 'unpaid';
  return shop.store.orders.add(
    {
      id: shop.newId(),
      numberTails,
      khataEntryId: shop.newId(),
      customerId: body.customer_id.toLowerCase(),
      lines: body.items.map((item) => ({
        productId: item.product_id.toLowerCase(),
        quantity: item.quantity ?? 1,
        unitPricePaise: item.unit_price === undefined ? null : toPaise(item.unit_price),
      })),
      taxPaise: toPaise(body.tax_amount ?? 0),
      discountPaise: toPaise(body.discount_amount ?? 0),
      paymentStatus,
      paymentMethod,
      terms: toTerms(body, methodOf(paymentMethod), paymentStatus === 'paid'),
      notes: body.notes ?? '',
      adminNotes: body.admin_notes ?? '',
    },
    by,
  );
}
