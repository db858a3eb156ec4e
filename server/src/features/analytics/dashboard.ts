import { DashboardWire, DaysQuery } from '../../contract/analytics.ts';
import { Data } from '../../contract/envelope.ts';
import { type FigureTotals, revenueOf, totalsOf } from '../../domain/figures.ts';
import { toRupees } from '../../domain/money.ts';
import { lastDays } from '../../domain/period.ts';
import type { Sale } from '../../domain/sale.ts';
import type { FreshCache } from '../../http/fresh-cache.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { toInstant } from '../../http/wire.ts';
import { readDays } from './analytics-input.ts';
import { averageRupees } from './average-rupees.ts';
import { firstNames } from './first-names.ts';

const TOP_PRODUCTS = 5;
const TOP_DEBTORS = 5;
const RECENT_SALES = 10;

const example: DashboardWire = {
  summary: { total_revenue: 1000, total_transactions: 2, total_customers: 3, outstanding_balance: 500 },
  sales_analytics: {
    period_days: 30,
    period_revenue: 800,
    period_transactions: 1,
    average_sale_value: 800,
    paid_sales: 1,
    pending_sales: 0,
    partial_sales: 0,
  },
  top_selling_products: [
    {
      product_id: '65d0c0ffee0123456789abcd',
      product_name: 'Ring',
      quantity_sold: 10,
      total_revenue: 1005,
    },
  ],
  khata_summary: {
    total_outstanding: 500,
    customers_with_balance: 2,
    top_debtors: [
      { id: '65e0c0ffee0123456789abcd', name: 'Asha Patil', phone: '9876543210', balance: 450.5 },
    ],
  },
  recent_sales: [
    {
      id: '65f0c0ffee0123456789abcd',
      customer_name: 'Asha Patil',
      product_names: 'Ring, Chain',
      amount: 800,
      date: '2026-01-15T10:30:00.123Z',
      payment_status: 'paid',
    },
  ],
};

export function dashboardRoute(shop: Shop, cache: FreshCache): Route {
  return route({
    method: 'GET',
    path: '/api/analytics/dashboard',
    access: 'analytics.read',
    tag: 'Analytics',
    summary: 'Read the figures of the dashboard: sales, best sellers, khata',
    description: 'Sales alone are revenue here; orders do not count. The days are those of the shop.',
    query: DaysQuery,
    reply: Data(DashboardWire),
    errors: ['invalid_input'],
    example: { success: true, data: example },
    handle: async ({ query }) => {
      const days = readDays(query);
      return cache.answer(`dashboard ${days}`, async (today) => ({
        success: true,
        data: await dashboard(shop, days, today),
      }));
    },
  });
}

async function dashboard({ store }: Shop, days: number, today: string): Promise<DashboardWire> {
  const { analytics } = store;
  const [ever, period, top, khata, recent] = await Promise.all([
    analytics.totals(),
    analytics.daily(lastDays(today, days)),
    analytics.topProducts(null, { source: 'sales', by: 'quantity', limit: TOP_PRODUCTS }),
    store.khata.summary(),
    store.sales.listAfter({}, null, RECENT_SALES),
  ]);
  const { billed } = revenueOf(ever);
  const outstanding = toRupees(khata.outstandingPaise);
  return {
    summary: {
      total_revenue: toRupees(billed.paise),
      total_transactions: billed.count,
      total_customers: khata.customers,
      outstanding_balance: outstanding,
    },
    sales_analytics: salesOf(totalsOf(period), days),
    top_selling_products: top.map(({ id, name, quantity, paise }) => ({
      product_id: id,
      product_name: name,
      quantity_sold: quantity,
      total_revenue: toRupees(paise),
    })),
    khata_summary: {
      total_outstanding: outstanding,
      customers_with_balance: khata.customersWithBalance,
      top_debtors: khata.topDebtors
        .slice(0, TOP_DEBTORS)
        .map(({ id, name, phone, balancePaise }) => ({ id, name, phone, balance: toRupees(balancePaise) })),
    },
    recent_sales: recent.map(toRecentSale),
  };
}

function salesOf(totals: FigureTotals, days: number): DashboardWire['sales_analytics'] {
  const { billed } = revenueOf(totals);
  return {
    period_days: days,
    period_revenue: toRupees(billed.paise),
    period_transactions: billed.count,
    average_sale_value: averageRupees(billed.paise, billed.count),
    paid_sales: totals['sale.paid'].count,
    pending_sales: totals['sale.pending'].count,
    partial_sales: totals['sale.partial'].count,
  };
}

function toRecentSale(sale: Sale): DashboardWire['recent_sales'][number] {
  return {
    id: sale.id,
    customer_name: sale.customerName,
    product_names: firstNames(sale.lines, 2).shown,
    amount: toRupees(sale.finalPaise),
    date: toInstant(sale.createdAt),
    payment_status: sale.paymentStatus,
  };
}
