import type { NewKhataEntryBody } from '../../contract/khata.ts';
import { parseId } from '../../domain/id.ts';
import type { KhataFilter, NewKhataEntry } from '../../domain/khata.ts';
import { toPaise } from '../../domain/money.ts';
import { dayOf, endOfDay } from '../../domain/shop-day.ts';
import { invalid, refuse } from '../../domain/shop-error.ts';
import { requireDateRange } from '../../http/date-range.ts';

/** The body has passed its schema; who posts comes from the token, never from the body. */
export function toNewEntry(id: string, body: NewKhataEntryBody): NewKhataEntry {
  return {
    id,
    customerId: body.customer_id.toLowerCase(),
    type: body.transaction_type,
    amountPaise: toPaise(body.amount),
    description: body.description ?? null,
    paymentMethod: body.payment_method ?? null,
    referenceNumber: body.reference_number ?? null,
  };
}

/** `start_date`, `end_date` (always taken to the end of its day) and `customer_id`. */
export function readKhataFilter(query: Record<string, string | undefined>): KhataFilter {
  const { from, to } = requireDateRange(
    query,
    { from: 'start_date', to: 'end_date' },
    (name) => `Invalid ${name} format. Use YYYY-MM-DD`,
  );
  const customer = query.customer_id?.trim() ?? '';
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to: endOfDay(dayOf(to - 1)) }),
    ...(customer === '' ? {} : { customerId: filteredCustomer(customer) }),
  };
}

/** The id in an address under /khata/transactions; what cannot be one names no entry. */
export function entryIdOf(text: string): string {
  const id = parseId(text);
  if (id === null) throw refuse('entry_not_found');
  return id;
}

function filteredCustomer(text: string): string {
  const id = parseId(text);
  if (id === null) {
    throw invalid('customer_id', 'pattern', 'must be 24 hexadecimal digits', 'Invalid customer_id format');
  }
  return id;
}
