// The bookkeeper's visit: the program's lists and reports beside his books.

import { type Client, dataOf, type Row } from '../drive/client.ts';
import { allPages, paiseOf } from '../drive/shop.ts';
import type { Bookkeeper } from './bookkeeper.ts';

/** Reports and a few rows at a random moment; `whole` looks at every row there is. */
export async function audit(client: Client, books: Bookkeeper, whole: boolean): Promise<string[]> {
  return [
    ...(await khataProblems(client, books)),
    ...(await orderReportProblems(client, books)),
    ...(await balanceProblems(client, books)),
    ...(await stockProblems(client, books)),
    ...(await rateProblems(client, books)),
    ...(whole ? await numberProblems(client, books) : []),
  ];
}

function compare(what: string, got: unknown, due: unknown): string[] {
  return String(got) === String(due) ? [] : [`${what} is ${got}, the bookkeeper has ${due}`];
}

async function khataProblems(client: Client, books: Bookkeeper): Promise<string[]> {
  const summary = dataOf(await client.get('/api/khata/summary'), 'the khata summary');
  const stats = summary.transaction_stats as Row;
  const due = books.khata();
  return [
    ...compare('what is owed', paiseOf(summary.total_outstanding), due.owed),
    ...compare('what the shop owes', paiseOf(summary.total_credit), due.owing),
    ...compare('the net balance', paiseOf(summary.net_balance), due.owed - due.owing),
    ...compare('the sum of debits', paiseOf(stats.total_debits), due.debits),
    ...compare('the sum of credits', paiseOf(stats.total_credits), due.credits),
    ...compare('the number of entries', stats.total_transactions, due.entries),
    ...compare('the customers with a balance', summary.customers_with_balance, due.withBalance),
  ];
}

async function orderReportProblems(client: Client, books: Bookkeeper): Promise<string[]> {
  const report = dataOf(await client.get('/api/orders/statistics'), 'the statistics of orders');
  const orders = [...books.orders.values()];
  const by = report.status_breakdown as Row;
  const count = (status: string): number => orders.filter((one) => one.status === status).length;
  return [
    ...compare('the number of orders', report.total_orders, orders.length),
    ...compare(
      'the sum of orders',
      paiseOf(report.total_revenue),
      orders.reduce((sum, one) => sum + one.total, 0n),
    ),
    ...['pending', 'completed', 'cancelled'].flatMap((status) =>
      compare(`${status} orders`, by[status], count(status)),
    ),
  ];
}

async function balanceProblems(client: Client, books: Bookkeeper): Promise<string[]> {
  const rows = await allPages(client, '/api/customers');
  const problems = compare('the number of customers', rows.length, books.accounts.size);
  for (const { id, current_balance: balance } of rows)
    problems.push(
      ...compare(`the balance of ${id}`, paiseOf(balance), books.accounts.get(String(id))?.balance),
    );
  return problems;
}

async function stockProblems(client: Client, books: Bookkeeper): Promise<string[]> {
  const rows = await allPages(client, '/api/products/admin?include_price=false');
  const problems = compare('the number of pieces', rows.length, books.stock.size);
  for (const { id, stock_quantity: pieces } of rows)
    problems.push(...compare(`the stock of ${id}`, pieces, books.stock.get(String(id))));
  return problems;
}

async function rateProblems(client: Client, books: Bookkeeper): Promise<string[]> {
  if (books.rate === null) return [];
  const { price_per_gram: rate } = dataOf(await client.get('/api/prices/gold/current'), 'the rate');
  return compare('the rate of gold', paiseOf(rate), books.rate);
}

/** Each order under its own number, and each with its total; each sale once. */
async function numberProblems(client: Client, books: Bookkeeper): Promise<string[]> {
  const orders = await allPages(client, '/api/orders');
  const numbers = new Set(orders.map((one) => one.order_number));
  const problems = compare('the number of different order numbers', numbers.size, books.orders.size);
  for (const { id, order_number: number, total_amount: total, status } of orders) {
    const kept = books.orders.get(String(id));
    problems.push(
      ...compare(
        `order ${id}`,
        `${number} ${paiseOf(total)} ${status}`,
        kept && `${kept.number} ${kept.total} ${kept.status}`,
      ),
    );
  }
  const sales = await allPages(client, '/api/sales');
  problems.push(...compare('the number of sales', sales.length, books.sales.size));
  for (const { id, final_amount: total } of sales)
    problems.push(...compare(`sale ${id}`, paiseOf(total), books.sales.get(String(id))));
  return problems;
}
