import type {
  CreditWarningWire,
  CustomerKhataWire,
  KhataEntryWire,
  KhataExportWire,
  KhataSummaryWire,
  PostedEntryWire,
} from '../../contract/khata.ts';
import type {
  CreditWarning,
  CustomerKhata,
  KhataEntry,
  KhataSummary,
  PostedEntry,
} from '../../domain/khata.ts';
import { formatRupees, toRupees } from '../../domain/money.ts';
import { bothPageInfo, type PageNumbers } from '../../http/paging.ts';
import { toInstant } from '../../http/wire.ts';
import { toCustomerWire } from '../customers/customer-wire.ts';

export function toEntryWire(entry: KhataEntry): KhataEntryWire {
  return {
    id: entry.id,
    customer_id: entry.customerId,
    customer_name: entry.customerName,
    transaction_type: entry.type,
    amount: toRupees(entry.amountPaise),
    balance_after: toRupees(entry.balanceAfterPaise),
    description: entry.description,
    payment_method: entry.paymentMethod,
    reference_number: entry.referenceNumber,
    created_at: toInstant(entry.createdAt),
    created_by: entry.createdBy,
    reverses: entry.reverses,
    reversed_by: entry.reversedBy,
    source: entry.source,
  };
}

export function toExportWire(entry: KhataEntry): KhataExportWire {
  return {
    ...toEntryWire(entry),
    description: entry.description ?? '',
    payment_method: entry.paymentMethod ?? 'N/A',
    reference_number: entry.referenceNumber ?? '',
  };
}

export function toPostedWire({ entry, warning }: PostedEntry): PostedEntryWire {
  return { ...toEntryWire(entry), ...(warning === null ? {} : { warning: toWarningWire(warning) }) };
}

export function toWarningWire({ limitPaise, balancePaise }: CreditWarning): CreditWarningWire {
  return {
    type: 'credit_limit_exceeded',
    message: `The balance of ${formatRupees(balancePaise)} is over the credit limit of ${formatRupees(limitPaise)}`,
    limit: toRupees(limitPaise),
    balance: toRupees(balancePaise),
  };
}

export function toCustomerKhataWire(khata: CustomerKhata, numbers: PageNumbers): CustomerKhataWire {
  const { count, debitsPaise, creditsPaise } = khata.totals;
  return {
    customer: toCustomerWire(khata.customer),
    transactions: khata.entries.rows.map(toEntryWire),
    summary: {
      total_transactions: count,
      total_debits: toRupees(debitsPaise),
      total_credits: toRupees(creditsPaise),
      net_balance: toRupees(debitsPaise - creditsPaise),
    },
    pagination: bothPageInfo(khata.entries, numbers),
  };
}

export function toSummaryWire(summary: KhataSummary): KhataSummaryWire {
  const { totals } = summary;
  return {
    total_customers: summary.customers,
    customers_with_balance: summary.customersWithBalance,
    debtors: summary.debtors,
    total_outstanding: toRupees(summary.outstandingPaise),
    total_credit: toRupees(summary.creditPaise),
    total_debit: toRupees(totals.debitsPaise),
    net_balance: toRupees(summary.outstandingPaise - summary.creditPaise),
    top_debtors: summary.topDebtors.map(({ balancePaise, ...customer }) => ({
      ...customer,
      balance: toRupees(balancePaise),
    })),
    transaction_stats: {
      total_transactions: totals.count,
      total_debits: toRupees(totals.debitsPaise),
      total_credits: toRupees(totals.creditsPaise),
    },
  };
}
