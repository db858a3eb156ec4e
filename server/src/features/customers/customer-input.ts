import type { CustomerChangesBody, NewCustomerBody } from '../../contract/customer.ts';
import type { CustomerChanges, NewCustomer } from '../../domain/customer.ts';
import { parseId } from '../../domain/id.ts';
import { toPaise } from '../../domain/money.ts';
import { normalisePhone } from '../../domain/phone.ts';
import { invalid, refuse } from '../../domain/shop-error.ts';

/** The id in an address under /customers. Refuses with the contract's 400. */
export function customerIdOf(text: string): string {
  const id = parseId(text);
  if (id === null)
    throw invalid('id', 'pattern', 'must be 24 hexadecimal digits', 'Invalid customer ID format');
  return id;
}

export function toNewCustomer(id: string, body: NewCustomerBody): NewCustomer {
  return {
    id,
    name: body.name.trim(),
    ...phoneOf(body.phone),
    email: body.email ?? null,
    address: body.address ?? null,
    language: body.language ?? null,
    creditLimitPaise: toPaiseOrNull(body.credit_limit ?? null),
  };
}

export function toCustomerChanges(body: CustomerChangesBody): CustomerChanges {
  const { name, phone, email, address, language, credit_limit: limit } = body;
  const changes: CustomerChanges = {
    ...(name === undefined ? {} : { name: name.trim() }),
    ...(phone === undefined ? {} : phoneOf(phone)),
    ...(email === undefined ? {} : { email }),
    ...(address === undefined ? {} : { address }),
    ...(language === undefined ? {} : { language }),
    ...(limit === undefined ? {} : { creditLimitPaise: toPaiseOrNull(limit) }),
  };
  if (Object.keys(changes).length === 0) throw refuse('body_required');
  return changes;
}

function phoneOf(typed: string): { phone: string; phoneE164: string } {
  const phoneE164 = normalisePhone(typed);
  if (phoneE164 === null) throw invalid('phone', 'digits', 'must have 10 to 15 digits');
  return { phone: typed.trim(), phoneE164 };
}

function toPaiseOrNull(rupees: number | null): number | null {
  return rupees === null ? null : toPaise(rupees);
}
