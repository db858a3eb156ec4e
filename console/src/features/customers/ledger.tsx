import { ActionIcon } from '@mantine/core';
import { IconArrowBackUp, IconBook2 } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import type { KhataEntryWire } from '../../../../server/src/contract/khata.ts';
import { useCan } from '../../api/use-session.ts';
import { formatDate } from '../../format/date.ts';
import { formatRupees } from '../../format/money.ts';
import { Day, Money } from '../../ui/figures.tsx';
import { Sheet } from '../../ui/layout/page.tsx';
import { EmptyState } from '../../ui/states/states.tsx';
import type { Column } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { say, useWords } from '../../words/say.ts';
import styles from './customers.module.css';
import { EntryName } from './entry-name.tsx';
import { ReverseDialog } from './reverse-dialog.tsx';
import { customerWords } from './words/customer-words.ts';

interface LedgerProps {
  customer: CustomerWire;
  entries: readonly KhataEntryWire[];
  onEnd: () => void;
}

export function Ledger({ customer, entries, onEnd }: LedgerProps) {
  const words = useWords(customerWords);
  const [reversing, setReversing] = useState<KhataEntryWire | null>(null);
  const columns = useLedgerColumns(setReversing);
  return (
    <Sheet>
      <DataTable
        label={words('ledger', { name: customer.name })}
        rows={entries}
        columns={columns}
        rowKey={({ id }) => id}
        isSorted
        onEnd={onEnd}
        empty={
          <EmptyState
            icon={<IconBook2 size={28} stroke={1.5} aria-hidden="true" />}
            title={words('noEntriesTitle')}
            text={words('noEntriesText')}
          />
        }
      />
      <ReverseDialog customer={customer} entry={reversing} onClose={() => setReversing(null)} />
    </Sheet>
  );
}

/** How it was paid, where the title does not say it already. */
function methodWord({ payment_method: method, description }: KhataEntryWire): string | null {
  return method === null || description === null || description === '' ? null : say(everydayWords)(method);
}

function useLedgerColumns(onReverse: (entry: KhataEntryWire) => void): Column<KhataEntryWire>[] {
  const words = useWords(customerWords);
  const canReverse = useCan('khata.reverse');
  return useMemo(
    () => [
      {
        key: 'what',
        header: words('what'),
        cell: (entry) => (
          <>
            <EntryName entry={entry} />
            <span className={styles.aside}>
              {entry.reversed_by === null ? methodWord(entry) : words('isReversed')}
            </span>
          </>
        ),
      },
      {
        key: 'date',
        header: words('date'),
        cell: ({ created_at: at, transaction_type: type }) => (
          <>
            <Day at={at} />
            <span className={styles.cardOnly}>{words(type === 'debit' ? 'gaveShort' : 'gotShort')}</span>
          </>
        ),
        card: 'line',
      },
      {
        key: 'amount',
        header: words('amount'),
        align: 'end',
        cell: ({ transaction_type: type, amount }) =>
          type === 'debit' ? (
            <Money rupees={amount} signed tone="out" />
          ) : (
            <Money rupees={-amount} signed tone="in" />
          ),
        card: 'title-end',
      },
      {
        key: 'after',
        header: words('after'),
        align: 'end',
        cell: ({ balance_after: after }) => <Money rupees={after} />,
        card: 'line-end',
      },
      ...(canReverse
        ? [
            {
              key: 'do',
              header: words('reverse'),
              hidesHeader: true,
              width: 48,
              card: 'line-end' as const,
              cell: (entry: KhataEntryWire) =>
                entry.reverses !== null || entry.reversed_by !== null ? null : (
                  <ActionIcon
                    variant="subtle"
                    size={24}
                    color="gray"
                    aria-label={words('reverseEntry', {
                      date: formatDate(entry.created_at),
                      amount: formatRupees(entry.amount),
                    })}
                    onClick={() => onReverse(entry)}
                  >
                    <IconArrowBackUp size={16} />
                  </ActionIcon>
                ),
            },
          ]
        : []),
    ],
    [words, canReverse, onReverse],
  );
}
