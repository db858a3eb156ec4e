import type { RecordedSaleWire, SaleWire } from '../../contract/sale.ts';
import { toRupees } from '../../domain/money.ts';
import type { RecordedSale, Sale } from '../../domain/sale.ts';
import { toGrams } from '../../domain/weight.ts';
import { toInstant } from '../../http/wire.ts';
import { toWarningWire } from '../khata/khata-wire.ts';
import { toPaymentWire } from '../orders/payment-wire.ts';

export function toSaleWire(sale: Sale): SaleWire {
  return {
    id: sale.id,
    customer_id: sale.customerId,
    customer_name: sale.customerName,
    products: sale.lines.map((line) => ({
      product_id: line.productId,
      product_name: line.productName,
      quantity: line.quantity,
      taken_quantity: line.takenQuantity,
      price_at_sale: toRupees(line.unitPricePaise),
      weight: toGrams(line.netWeightMg),
      gold_purity: line.goldPurity,
    })),
    total_amount: toRupees(sale.totalPaise),
    discount: toRupees(sale.discountPaise),
    final_amount: toRupees(sale.finalPaise),
    payment_status: sale.paymentStatus,
    payment_method: sale.paymentMethod,
    payments: sale.payments.map(toPaymentWire),
    khata_entry_id: sale.khataEntryId,
    notes: sale.notes,
    created_at: toInstant(sale.createdAt),
    created_by: sale.createdBy,
  };
}

export function toRecordedSaleWire({ sale, warning }: RecordedSale): RecordedSaleWire {
  return { ...toSaleWire(sale), ...(warning === null ? {} : { warning: toWarningWire(warning) }) };
}
