// The examples that the documentation of the khata shows.

export const entryExample = {
  id: '65f0c0ffee0123456789abcd',
  customer_id: '65e0c0ffee0123456789abcd',
  customer_name: 'Asha Patil',
  transaction_type: 'debit',
  amount: 1500.5,
  balance_after: 1500.5,
  description: 'Nath, 916',
  payment_method: null,
  reference_number: null,
  created_at: '2026-01-15T10:30:00.123Z',
  created_by: 'swati',
  reverses: null,
  reversed_by: null,
  source: null,
};

export const customerExample = {
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

export function pageExample(perPage: number) {
  return {
    page: 1,
    per_page: perPage,
    total: 1,
    total_pages: 1,
    has_next: false,
    has_prev: false,
    limit: perPage,
    skip: 0,
    has_more: false,
  };
}

export const summaryExample = {
  total_customers: 4,
  customers_with_balance: 2,
  total_outstanding: 80000,
  total_credit: 10000,
  total_debit: 90000,
  net_balance: 70000,
  top_debtors: [{ id: '65e0c0ffee0123456789abcd', name: 'Asha Patil', phone: '98765 43210', balance: 50000 }],
  transaction_stats: { total_transactions: 4, total_debits: 90000, total_credits: 20000 },
};
