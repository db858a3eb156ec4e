import type { Db } from 'mongodb';
import type { Customer, CustomerFilter } from '../../../domain/customer.ts';
import type { Page, PageRequest } from '../../../domain/page.ts';
import { searchedDigits } from '../../../domain/phone.ts';
import { searchSpellings } from '../../../domain/search-text.ts';
import { type Document, fromDocument, toId } from '../codec.ts';
import type { CustomerRow } from '../rows.ts';
import { contains, findPage, inOther } from './pages.ts';

export async function findCustomerRow(db: Db, shopId: string, id: string): Promise<CustomerRow | null> {
  const filter = { _id: toId(id) as never, shop_id: shopId, is_active: true };
  const document = await db.collection('customers').findOne(filter);
  return document && fromDocument<CustomerRow>(document);
}

export async function listCustomers(
  db: Db,
  shopId: string,
  filter: CustomerFilter,
  page: PageRequest,
): Promise<Page<Customer>> {
  const list = { collection: 'customers', filter: customerConditions(shopId, filter) } as const;
  const { rows, total } = await findPage<CustomerRow>(db, list, page);
  return { rows: rows.map(toCustomer), total };
}

export function customerConditions(
  shopId: string,
  { search: text, isRemoved = false }: CustomerFilter,
): Document {
  return { shop_id: shopId, is_active: !isRemoved, ...search(text) };
}

function search(text: string | undefined): Document {
  if (text === undefined) return {};
  const digits = searchedDigits(text);
  const names = searchSpellings(text).map((name) => contains('search_name', name));
  const places = [...names, ...inOther('search_name', text), contains('phone', text)];
  if (digits !== '') places.push(contains('phone_e164', digits));
  return { $expr: { $or: places } };
}

export function toCustomer(row: CustomerRow): Customer {
  const { id, version, name, phone, phoneE164, email, address, language } = row;
  const { creditLimitPaise, balancePaise, createdAt, updatedAt } = row;
  const who = { id, version, name, phone, phoneE164, email, address, language };
  return { ...who, creditLimitPaise, balancePaise, createdAt, updatedAt };
}
