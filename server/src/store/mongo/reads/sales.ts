import type { Db } from 'mongodb';
import type { Page, PageRequest, RowMark } from '../../../domain/page.ts';
import type { Sale, SaleFilter } from '../../../domain/sale.ts';
import { type Document, fromDocument, toId } from '../codec.ts';
import type { SaleRow } from '../rows.ts';
import { equal, findAfter, findPage, timeRange } from './pages.ts';
import type { Questions } from './questions.ts';

export async function findSale(questions: Questions, shopId: string, id: string): Promise<Sale | null> {
  const [document] = await questions.ask('sales', [{ $match: { _id: toId(id), shop_id: shopId } }]);
  return document ? toSale(fromDocument<SaleRow>(document)) : null;
}

export async function listSales(
  db: Db,
  shopId: string,
  filter: SaleFilter,
  page: PageRequest,
): Promise<Page<Sale>> {
  const list = { collection: 'sales', filter: saleConditions(shopId, filter) } as const;
  const { rows, total } = await findPage<SaleRow>(db, list, page);
  return { rows: rows.map(toSale), total };
}

export async function listSalesAfter(
  questions: Questions,
  shopId: string,
  filter: SaleFilter,
  row: RowMark | null,
  limit: number,
): Promise<Sale[]> {
  const list = { collection: 'sales', filter: saleConditions(shopId, filter) } as const;
  return (await findAfter<SaleRow>(questions, list, row, limit)).map(toSale);
}

export function saleConditions(shopId: string, filter: SaleFilter): Document {
  const { customerId, paymentStatus } = filter;
  return {
    shop_id: shopId,
    ...equal({ payment_status: paymentStatus }),
    ...(customerId === undefined ? {} : { customer_id: toId(customerId) }),
    ...timeRange('created_at', filter),
  };
}

export function toSale({ shopId: _shop, ...sale }: SaleRow): Sale {
  return sale;
}
