// The five answers of the older service, in its shapes. docs/metrics.md defines the numbers.

import { type Static, Type } from 'typebox';
import { Amount, Instant, QueryText, QueryWhole } from './fields.ts';

export const DaysQuery = Type.Object({
  days: QueryWhole([1, 3660], 'The last days, today among them: 1 to 3660 (default 30)'),
});
export const MonthsQuery = Type.Object({
  months: QueryWhole([1, 120], 'The last calendar months, this one among them: 1 to 120 (default 6)'),
});

export const DashboardWire = Type.Object({
  summary: Type.Object({
    total_revenue: Type.Number({ description: 'Rupees of all sales ever, after discounts' }),
    total_transactions: Type.Integer({ description: 'Sales ever' }),
    total_customers: Type.Integer(),
    outstanding_balance: Type.Number({ description: 'Rupees that customers owe' }),
  }),
  sales_analytics: Type.Object({
    period_days: Type.Integer(),
    period_revenue: Amount,
    period_transactions: Type.Integer(),
    average_sale_value: Amount,
    paid_sales: Type.Integer(),
    pending_sales: Type.Integer(),
    partial_sales: Type.Integer(),
  }),
  top_selling_products: Type.Array(
    Type.Object({
      product_id: Type.String(),
      product_name: Type.String(),
      quantity_sold: Type.Integer(),
      total_revenue: Type.Number({ description: 'Rupees of its lines, before discounts' }),
    }),
  ),
  khata_summary: Type.Object({
    total_outstanding: Amount,
    customers_with_balance: Type.Integer(),
    top_debtors: Type.Array(
      Type.Object({ id: Type.String(), name: Type.String(), phone: Type.String(), balance: Amount }),
    ),
  }),
  recent_sales: Type.Array(
    Type.Object({
      id: Type.String(),
      customer_name: Type.String(),
      product_names: Type.String({ description: 'The first two' }),
      amount: Amount,
      date: Instant,
      payment_status: Type.String(),
    }),
  ),
});
export type DashboardWire = Static<typeof DashboardWire>;

export const TrendMonth = Type.Object({
  month: Type.String({ description: 'Jan to Dec' }),
  year: Type.Integer(),
  date: Type.String({ description: 'The first day of the month' }),
  sales: Type.Integer(),
  revenue: Amount,
});
export type TrendMonth = Static<typeof TrendMonth>;

const StatusSum = Type.Object({ count: Type.Integer(), total_amount: Amount });
const AlertPiece = {
  id: Type.String(),
  name: Type.String(),
  category: Type.String(),
};

export const EnhancedMetricsWire = Type.Object({
  conversion_metrics: Type.Object({
    conversion_rate: Type.Number({ description: 'Per cent, 2 decimals' }),
    total_customers: Type.Integer(),
    customers_with_orders: Type.Integer(),
  }),
  product_status_counts: Type.Object({
    draft: Type.Integer(),
    published: Type.Integer(),
    total: Type.Integer(),
  }),
  order_status_breakdown: Type.Object({
    pending: StatusSum,
    processing: StatusSum,
    completed: StatusSum,
    cancelled: StatusSum,
    total_orders: Type.Integer(),
    total_revenue: Type.Number({ description: 'Rupees of completed orders' }),
  }),
  average_order_value: Type.Object({
    average_order_value: Amount,
    total_orders: Type.Integer({ description: 'Of any status' }),
    total_revenue: Type.Number({ description: 'Rupees of orders of any status' }),
  }),
  inventory_alerts: Type.Object({
    low_stock_products: Type.Array(
      Type.Object({ ...AlertPiece, stock_quantity: Type.Integer(), base_price: Amount }),
      { description: 'At most 100; low_stock_count counts all' },
    ),
    out_of_stock_products: Type.Array(Type.Object({ ...AlertPiece, base_price: Amount }), {
      description: 'At most 100; out_of_stock_count counts all',
    }),
    low_stock_count: Type.Integer(),
    out_of_stock_count: Type.Integer(),
  }),
});
export type EnhancedMetricsWire = Static<typeof EnhancedMetricsWire>;

export const ExportedSale = Type.Object({
  id: Type.String(),
  customer_name: Type.String(),
  product_names: Type.String({ description: 'The first three, then (+n more)' }),
  amount: Type.Number({ description: 'Rupees before the discount' }),
  discount: Amount,
  final_amount: Amount,
  payment_status: Type.String(),
  payment_method: Type.String({ description: 'N/A when not said' }),
  date: Instant,
  notes: Type.String(),
});
export type ExportedSale = Static<typeof ExportedSale>;

export const ExportedOrder = Type.Object({
  order_number: Type.String(),
  customer_name: Type.String(),
  customer_phone: Type.String(),
  customer_email: Type.String({ description: 'N/A when not known' }),
  items: Type.String({ description: 'The first three, then (+n more)' }),
  item_count: Type.Integer(),
  subtotal: Amount,
  tax_amount: Amount,
  discount_amount: Amount,
  total_amount: Amount,
  status: Type.String(),
  payment_status: Type.String(),
  payment_method: Type.String({ description: 'N/A when not said' }),
  date: Instant,
  notes: Type.String(),
});
export type ExportedOrder = Static<typeof ExportedOrder>;

const period = {
  start_date: QueryText('First day, or an instant (ISO-8601)'),
  end_date: QueryText('Last day, taken to its end'),
};
export const ExportedSalesQuery = Type.Object(period);
export const ExportedOrdersQuery = Type.Object({
  ...period,
  status: QueryText('Orders of one status; an unknown one is no filter'),
});
