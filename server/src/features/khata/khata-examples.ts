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

export const summaryExample = {
  total_customers: 4,
  customers_with_balance: 3,
  debtors: 2,
  total_outstanding: 80000,
  total_credit: 10000,
  total_debit: 90000,
  net_balance: 70000,
  top_debtors: [{ id: '65e0c0ffee0123456789abcd', name: 'Asha Patil', phone: '98765 43210', balance: 50000 }],
  transaction_stats: { total_transactions: 4, total_debits: 90000, total_credits: 20000 },
};
