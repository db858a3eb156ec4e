import { useMemo } from 'react';
import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import { formatPhone } from '../../format/phone.ts';
import { Day, Money } from '../../ui/figures.tsx';
import type { Column } from '../../ui/table/column.ts';
import { useWords } from '../../words/say.ts';
import { BalanceWord } from './balance-word.tsx';
import { customerWords } from './words/customer-words.ts';

export function useCustomerColumns(): Column<CustomerWire>[] {
  const words = useWords(customerWords);
  return useMemo(() => {
    const name: Column<CustomerWire> = {
      key: 'name',
      header: words('name'),
      cell: (customer) => customer.name,
      sortBy: (customer) => customer.name,
    };
    const phone: Column<CustomerWire> = {
      key: 'phone',
      wideOnly: true,
      header: words('phone'),
      cell: ({ phone_e164: text }) => <span className="figures nowrap">{formatPhone(text)}</span>,
      card: 'line',
    };
    const balance: Column<CustomerWire> = {
      key: 'balance',
      header: words('balance'),
      align: 'end',
      cell: ({ current_balance: rupees }) => <Money rupees={Math.abs(rupees)} tone={toneOf(rupees)} />,
      sortBy: ({ current_balance: rupees }) => rupees,
      card: 'title-end',
    };
    const status: Column<CustomerWire> = {
      key: 'status',
      header: words('state'),
      hidesHeader: true,
      cell: (customer) => <BalanceWord balance={customer.current_balance} />,
      card: 'line-end',
    };
    const limit: Column<CustomerWire> = {
      key: 'limit',
      wideOnly: true,
      header: words('limit'),
      align: 'end',
      cell: ({ credit_limit: rupees }) =>
        rupees === null ? (
          <span className="muted">{words('noLimit')}</span>
        ) : (
          <Money rupees={rupees} paise={false} />
        ),
      sortBy: ({ credit_limit: rupees }) => rupees ?? -1,
    };
    const since: Column<CustomerWire> = {
      key: 'since',
      wideOnly: true,
      header: words('since'),
      cell: ({ created_at: at }) => <Day at={at} />,
      sortBy: ({ created_at: at }) => at,
    };
    return [name, phone, limit, since, balance, status];
  }, [words]);
}

/** What a customer owes stands in red, what the shop owes in green; the word beside says it too. */
function toneOf(balance: number): 'out' | 'in' | 'plain' {
  if (balance > 0) return 'out';
  return balance < 0 ? 'in' : 'plain';
}
