import type { CustomerWire } from '../../contract/customer.ts';
import type { Customer } from '../../domain/customer.ts';
import { toRupees } from '../../domain/money.ts';
import { toInstant } from '../../http/wire.ts';

export function toCustomerWire(customer: Customer): CustomerWire {
  return {
    id: customer.id,
    version: customer.version,
    name: customer.name,
    phone: customer.phone,
    phone_e164: customer.phoneE164,
    email: customer.email,
    address: customer.address,
    language: customer.language,
    credit_limit: customer.creditLimitPaise === null ? null : toRupees(customer.creditLimitPaise),
    current_balance: toRupees(customer.balancePaise),
    balance_status: balanceStatus(customer.balancePaise),
    created_at: toInstant(customer.createdAt),
    updated_at: toInstant(customer.updatedAt),
  };
}

/** The older service's words: no grouping, two decimals. */
function balanceStatus(paise: number): CustomerWire['balance_status'] {
  const amount = `₹${Math.trunc(Math.abs(paise) / 100)}.${String(Math.abs(paise) % 100).padStart(2, '0')}`;
  const balance = toRupees(paise);
  if (paise > 0) return { balance, status: 'owes', message: `Customer owes ${amount}` };
  if (paise < 0) return { balance, status: 'credit', message: `Store owes ${amount}` };
  return { balance, status: 'clear', message: 'Account is clear' };
}
