import { Progress } from '@mantine/core';
import { IconArrowDownLeft, IconArrowUpRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import { useCan } from '../../api/use-session.ts';
import { formatRupees } from '../../format/money.ts';
import { Money } from '../../ui/figures.tsx';
import { Keys } from '../../ui/shortcuts/keys.tsx';
import { useShortcut } from '../../ui/shortcuts/registry.ts';
import { useWords } from '../../words/say.ts';
import { BalanceWord } from './balance-word.tsx';
import { useCreditLimit } from './credit-limit.ts';
import styles from './customers.module.css';
import { PostEntryDialog } from './post-entry-dialog.tsx';
import { customerWords } from './words/customer-words.ts';

type EntryType = 'debit' | 'credit';

/** What is due, how much of the limit that is, and the two buttons that everything here is about. */
export function BalanceSheet({ customer }: { customer: CustomerWire }) {
  const words = useWords(customerWords);
  const canPost = useCan('khata.post');
  const [posting, setPosting] = useState<EntryType | null>(null);
  useShortcut('d', words('gave'), () => setPosting('debit'), { when: canPost });
  useShortcut('c', words('got'), () => setPosting('credit'), { when: canPost });
  return (
    <div className={styles.balance}>
      <div className={styles.due}>
        <BalanceWord balance={customer.current_balance} />
        <div className={styles.figure}>
          <Money rupees={Math.abs(customer.current_balance)} />
        </div>
        <LimitBar customer={customer} />
      </div>
      {canPost ? (
        <div className={styles.post}>
          <button type="button" className={styles.give} onClick={() => setPosting('debit')}>
            <IconArrowUpRight size={20} aria-hidden="true" />
            {words('gave')}
            <Keys keys="d" />
          </button>
          <button type="button" className={styles.take} onClick={() => setPosting('credit')}>
            <IconArrowDownLeft size={20} aria-hidden="true" />
            {words('got')}
            <Keys keys="c" />
          </button>
        </div>
      ) : null}
      <PostEntryDialog customer={customer} type={posting} onClose={() => setPosting(null)} />
    </div>
  );
}

function LimitBar({ customer }: { customer: CustomerWire }) {
  const words = useWords(customerWords);
  const { limit } = useCreditLimit(customer);
  const { current_balance: balance } = customer;
  if (limit === null) return null;
  const over = balance - limit;
  const share = limit === 0 ? 100 : Math.min(100, Math.max(0, (balance / limit) * 100));
  return (
    <>
      <Progress
        mt={6}
        size={8}
        value={share}
        color={over > 0 ? 'var(--out)' : 'var(--gold-line)'}
        aria-label={words('usedOfLimit')}
      />
      <div className={styles.limit}>
        {words('limitOf', { amount: formatRupees(limit, { paise: false }) })}
        {over > 0 ? (
          <>
            {' · '}
            <span className="out">{words('overLimit', { amount: formatRupees(over) })}</span>
          </>
        ) : null}
      </div>
    </>
  );
}
