import type {
  OrderDetailWire,
  OrderStatisticsWire,
  OrderWire,
  PlacedOrderWire,
  StatusChangeWire,
} from '../../contract/order.ts';
import { cashOfBill } from '../../domain/cash.ts';
import { toRupees } from '../../domain/money.ts';
import type {
  Order,
  OrderDetail,
  OrderLine,
  OrderPaymentStatus,
  OrderStatistics,
  PlacedOrder,
  StatusChange,
} from '../../domain/order.ts';
import { paymentsOnChange, standingInKhata } from '../../domain/payment-change.ts';
import { toGrams } from '../../domain/weight.ts';
import { toInstant, toInstantOrNull } from '../../http/wire.ts';
import { averageRupees } from '../analytics/average-rupees.ts';
import { toWarningWire } from '../khata/khata-wire.ts';
import { toPaymentWire } from './payment-wire.ts';

export function toOrderWire(order: Order): OrderWire {
  return {
    id: order.id,
    version: order.version,
    order_number: order.orderNumber,
    customer_id: order.customerId,
    customer_name: order.customerName,
    customer_phone: order.customerPhone,
    customer_email: order.customerEmail,
    ...(order.customerAddress === '' ? {} : { customer_address: order.customerAddress }),
    items: order.lines.map(toItemWire),
    subtotal: toRupees(order.subtotalPaise),
    tax_amount: toRupees(order.taxPaise),
    discount_amount: toRupees(order.discountPaise),
    total_amount: toRupees(order.totalPaise),
    status: order.status,
    payment_status: order.paymentStatus,
    payment_method: order.paymentMethod,
    payments: order.payments.map(toPaymentWire),
    khata_entry_id: order.khataEntryId,
    notes: order.notes,
    admin_notes: order.adminNotes,
    created_at: toInstant(order.createdAt),
    updated_at: toInstant(order.updatedAt),
    completed_at: toInstantOrNull(order.completedAt),
    cancelled_at: toInstantOrNull(order.cancelledAt),
  };
}

export function toPlacedOrderWire({ order, warning }: PlacedOrder): PlacedOrderWire {
  return { ...toOrderWire(order), ...(warning === null ? {} : { warning: toWarningWire(warning) }) };
}

export function toOrderDetailWire({ order, inKhata, customer, history }: OrderDetail): OrderDetailWire {
  const booked = (status: OrderPaymentStatus) =>
    paymentsOnChange(order, { status }, inKhata).map(({ method, amountPaise }) => ({
      method,
      amount: toRupees(amountPaise),
    }));
  return {
    ...toOrderWire(order),
    customer:
      customer === null
        ? null
        : {
            id: customer.id,
            name: customer.name,
            phone: customer.phone,
            email: customer.email,
            address: customer.address,
          },
    status_history: history.map(toStatusChangeWire),
    would_book: { unpaid: booked('unpaid'), partial: booked('partial'), paid: booked('paid') },
    in_khata: toRupees(standingInKhata(order, inKhata)),
    cash_received: toRupees(cashOfBill(order.payments)),
  };
}

export function toStatisticsWire(statistics: OrderStatistics): OrderStatisticsWire {
  const { count, totalPaise } = statistics;
  return {
    total_orders: count,
    total_revenue: toRupees(totalPaise),
    average_order_value: averageRupees(totalPaise, count),
    status_breakdown: statistics.byStatus,
    payment_breakdown: statistics.byPaymentStatus,
  };
}

function toItemWire(line: OrderLine): OrderWire['items'][number] {
  return {
    product_id: line.productId,
    product_name: line.productName,
    product_category: line.productCategory,
    quantity: line.quantity,
    taken_quantity: line.takenQuantity,
    unit_price: toRupees(line.unitPricePaise),
    total_price: toRupees(line.totalPaise),
    weight: toGrams(line.netWeightMg),
    gold_purity: line.goldPurity,
  };
}

function toStatusChangeWire(change: StatusChange): StatusChangeWire {
  return { status: change.to, from: change.from, at: toInstant(change.at), by: change.by };
}
