// One customer as the documentation shows it; the khata's too.

import type { CustomerWire } from '../../contract/customer.ts';

export const customerExample: CustomerWire = {
  id: '65e0c0ffee0123456789abcd',
  version: 1,
  name: 'Asha Patil',
  phone: '+91 98765 43210',
  phone_e164: '+919876543210',
  email: null,
  address: null,
  language: 'mr',
  credit_limit: null,
  current_balance: 1500.5,
  balance_status: { balance: 1500.5, status: 'owes', message: 'Customer owes ₹1500.50' },
  created_at: '2026-01-15T10:30:00.123Z',
  updated_at: '2026-01-15T10:30:00.123Z',
};
