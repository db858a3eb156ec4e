import type { Customer, CustomerFilter } from '../../../domain/customer.ts';
import type { Page, PageRequest, RowMark } from '../../../domain/page.ts';
import { searchedDigits } from '../../../domain/phone.ts';
import { searchSpellings } from '../../../domain/search-text.ts';
import type { Language } from '../../../domain/user.ts';
import type { Db } from '../database.ts';
import { Conditions, findAfter, findPage } from './conditions.ts';

export interface CustomerRow {
  id: string;
  version: number;
  name: string;
  phone: string;
  phone_e164: string;
  email: string | null;
  address: string | null;
  language: string | null;
  credit_limit_paise: number | null;
  balance_paise: number;
  created_at: number;
  updated_at: number;
}

export const CUSTOMER_COLUMNS = `id, version, name, phone, phone_e164, email, address, language, credit_limit_paise, balance_paise,
  created_at, updated_at`;

export function findCustomer(db: Db, shopId: string, id: string): Customer | null {
  const row = db.get<CustomerRow>(
    `SELECT ${CUSTOMER_COLUMNS} FROM customers WHERE shop_id = :shopId AND id = :id AND is_active = 1`,
    { shopId, id },
  );
  return row ? toCustomer(row) : null;
}

export function listCustomers(
  db: Db,
  shopId: string,
  filter: CustomerFilter,
  page: PageRequest,
): Page<Customer> {
  const where = conditionsOf(shopId, filter);
  const { rows, total } = findPage<CustomerRow>(
    db,
    { table: 'customers', columns: CUSTOMER_COLUMNS },
    where,
    page,
  );
  return { rows: rows.map(toCustomer), total };
}

export function listCustomersAfter(
  db: Db,
  shopId: string,
  filter: CustomerFilter,
  row: RowMark | null,
  limit: number,
): Customer[] {
  const from = { table: 'customers', columns: CUSTOMER_COLUMNS };
  return findAfter<CustomerRow>(db, from, conditionsOf(shopId, filter), row, limit).map(toCustomer);
}

function conditionsOf(shopId: string, filter: CustomerFilter): Conditions {
  const where = new Conditions(shopId, filter.isRemoved ? 'is_active = 0' : 'is_active = 1');
  if (filter.search !== undefined) {
    const digits = searchedDigits(filter.search);
    const names = searchSpellings(filter.search).map((text) => ['search_name', text] as const);
    const phones = digits === '' ? [] : [['phone_e164', digits] as const];
    where.addParts([...names, ['phone', filter.search], ...phones], 'search_name', filter.search);
  }
  return where;
}

export function toCustomer(row: CustomerRow): Customer {
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    phone: row.phone,
    phoneE164: row.phone_e164,
    email: row.email,
    address: row.address,
    language: row.language as Language | null,
    creditLimitPaise: row.credit_limit_paise,
    balancePaise: row.balance_paise,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
