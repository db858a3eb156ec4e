import {
  average,
  bills,
  conversion,
  type Days,
  isWithin,
  partsOf,
  percent,
  plusDays,
  rupees,
  shopDay,
} from './brute-force-money.ts';
import { balances, debts, topProducts } from './brute-force-things.ts';
import type { Expected } from './expected.ts';
import type { RecordedBill, ShopRecord } from './shop-record.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const STATUSES = ['pending', 'processing', 'completed', 'cancelled'];

export function olderAnswers(record: ShopRecord, now: number): Expected[] {
  const today = shopDay(now);
  const last = (days: number): Days => ({ from: plusDays(today, 1 - days), to: today });
  return [
    ...[1, 7, 30, 400].map((days) => ({
      path: `dashboard?days=${days}`,
      data: dashboard(record, last(days)),
    })),
    { path: 'sales-trend?months=15', data: salesTrend(record, today) },
    ...[1, 30, 3000].map((days) => ({
      path: `enhanced-metrics?days=${days}`,
      data: enhancedMetrics(record, last(days)),
    })),
    ...[last(1), last(20), last(800)].flatMap((range) => exportsOf(record, range)),
  ];
}

function newestFirst(found: readonly RecordedBill[]): RecordedBill[] {
  return found.toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}

const isSale = (bill: RecordedBill): boolean => bill.kind === 'sale';

function dashboard(record: ShopRecord, range: Days) {
  const ever = bills(record, null, isSale);
  const period = bills(record, range, isSale);
  const { due, others } = balances(record);
  const withStatus = (status: string): number =>
    period.found.filter(({ paymentStatus }) => paymentStatus === status).length;
  const debtors = debts(record, range.to).toSorted(
    (a, b) => Number(b.balance - a.balance) || (a.customer.id < b.customer.id ? -1 : 1),
  );
  return {
    summary: {
      total_revenue: rupees(ever.paise),
      total_transactions: ever.count,
      total_customers: record.customers.filter(({ isRemoved }) => !isRemoved).length,
      outstanding_balance: rupees(due),
    },
    sales_analytics: {
      period_revenue: rupees(period.paise),
      period_transactions: period.count,
      average_sale_value: average(period.paise, period.count),
      paid_sales: withStatus('paid'),
      pending_sales: withStatus('pending'),
      partial_sales: withStatus('partial'),
    },
    top_selling_products: topProducts(record, null, { source: 'sales', by: 'quantity', limit: 5 }).map(
      (row) => ({ product_id: row.product_id, quantity_sold: row.quantity, total_revenue: row.revenue }),
    ),
    khata_summary: {
      total_outstanding: rupees(due),
      customers_with_balance: others,
      top_debtors: debtors
        .slice(0, 5)
        .map(({ customer, balance }) => ({ id: customer.id, balance: rupees(balance) })),
    },
    recent_sales: newestFirst(ever.found)
      .slice(0, 10)
      .map(({ id, totalPaise, paymentStatus }) => ({
        id,
        amount: totalPaise / 100,
        payment_status: paymentStatus,
      })),
  };
}

function salesTrend(record: ShopRecord, today: string) {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  const first = new Date(Date.UTC(year, month - 15, 1)).toISOString().slice(0, 10);
  return partsOf({ from: first, to: today }, 'month').map((part) => {
    const sold = bills(record, part, isSale);
    return {
      month: MONTHS[Number(part.from.slice(5, 7)) - 1],
      year: Number(part.from.slice(0, 4)),
      date: part.from,
      sales: sold.count,
      revenue: rupees(sold.paise),
    };
  });
}

function enhancedMetrics(record: ShopRecord, range: Days) {
  const { customers, ordering } = conversion(record, range);
  const orders = bills(record, range, ({ kind }) => kind === 'order');
  const of = (status: string) => bills(record, range, (bill) => bill.status === status);
  const there = record.products.filter(({ isDeleted }) => !isDeleted);
  const published = there.filter(({ status }) => status === 'published');
  return {
    conversion_metrics: {
      conversion_rate: percent(ordering, customers),
      total_customers: customers,
      customers_with_orders: ordering,
    },
    product_status_counts: {
      draft: there.length - published.length,
      published: published.length,
      total: there.length,
    },
    order_status_breakdown: {
      ...Object.fromEntries(
        STATUSES.map((status) => [
          status,
          { count: of(status).count, total_amount: rupees(of(status).paise) },
        ]),
      ),
      total_orders: orders.count,
      total_revenue: rupees(of('completed').paise),
    },
    average_order_value: {
      average_order_value: average(orders.paise, orders.count),
      total_orders: orders.count,
      total_revenue: rupees(orders.paise),
    },
    inventory_alerts: {
      low_stock_count: published.filter(({ stock }) => stock > 0 && stock <= 5).length,
      out_of_stock_count: published.filter(({ stock }) => stock === 0).length,
    },
  };
}

function namesOf({ lines }: RecordedBill): string {
  const names = lines.map(({ product }) => product.name);
  return names.slice(0, 3).join(', ') + (names.length > 3 ? ` (+${names.length - 3} more)` : '');
}

function exportsOf(record: ShopRecord, range: Days): Expected[] {
  const query = `start_date=${range.from}&end_date=${range.to}`;
  const found = newestFirst(record.bills.filter(({ at }) => isWithin(at, range)));
  const sales = found.filter(isSale).map((bill) => ({
    id: bill.id,
    customer_name: bill.customer.name,
    product_names: namesOf(bill),
    discount: bill.discountPaise / 100,
    final_amount: bill.totalPaise / 100,
    payment_status: bill.paymentStatus,
    date: new Date(bill.at).toISOString(),
  }));
  const orders = found
    .filter(({ status }) => status === 'cancelled')
    .map((bill) => ({
      customer_name: bill.customer.name,
      items: namesOf(bill),
      item_count: bill.lines.length,
      total_amount: bill.totalPaise / 100,
      status: 'cancelled',
      date: new Date(bill.at).toISOString(),
    }));
  return [
    { path: `sales?${query}`, data: sales },
    { path: `orders?${query}&status=cancelled`, data: orders },
  ];
}
