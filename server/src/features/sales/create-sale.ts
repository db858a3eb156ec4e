import type { NewSaleBody } from '../../contract/sale.ts';
import type { By, Written } from '../../domain/actor.ts';
import { toPaise } from '../../domain/money.ts';
import type { RecordedSale } from '../../domain/sale.ts';
import type { Shop } from '../../http/shop.ts';
import { toTerms } from '../orders/payment-wire.ts';

/** Records a counter sale; everything that depends on what is stored is decided in the store's one write. */
export function createSale(shop: Shop, body: NewSaleBody, by: By): Promise<Written<RecordedSale>> {
  const paymentMethod = body.payment_method ?? null;
  const paymentStatus = body.payment_status ?? 'pending';
  return shop.store.sales.add(
    {
      id: shop.newId(),
      khataEntryId: shop.newId(),
      customerId: body.customer_id.toLowerCase(),
      lines: body.products.map((line) => ({
        productId: line.product_id.toLowerCase(),
        quantity: line.quantity,
        unitPricePaise: toPaise(line.price_at_sale),
      })),
      discountPaise: toPaise(body.discount ?? 0),
      paymentStatus,
      paymentMethod,
      terms: toTerms(body, paymentMethod, paymentStatus === 'paid'),
      notes: body.notes ?? null,
    },
    by,
  );
}
