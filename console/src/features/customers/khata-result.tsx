import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import { formatRupees } from '../../format/money.ts';
import { useWords } from '../../words/say.ts';
import { useCreditLimit } from './credit-limit.ts';
import styles from './customers.module.css';
import { customerWords } from './words/customer-words.ts';

type Say = ReturnType<typeof useWords<typeof customerWords.en>>;

/** What the khata stands at now, in words. */
export function khataNow(words: Say, name: string, balance: number): string {
  if (balance === 0) return words('nowClear', { name });
  const amount = formatRupees(Math.abs(balance));
  return balance > 0 ? words('nowOwes', { name, amount }) : words('nowOwed', { name, amount });
}

/** And at what it will stand. */
function khataThen(words: Say, name: string, balance: number): string {
  if (balance === 0) return words('willBeClear', { name });
  const amount = formatRupees(Math.abs(balance));
  return balance > 0 ? words('willOwe', { name, amount }) : words('willBeOwed', { name, amount });
}

/** What the khata will stand at, and what the limit says to it. */
export function KhataResult({ customer, change }: { customer: CustomerWire; change: number }) {
  const words = useWords(customerWords);
  const { limit, isStrict } = useCreditLimit(customer);
  // In paise, so that the sum is the one that the server will make.
  const balance = (Math.round(customer.current_balance * 100) + Math.round(change * 100)) / 100;
  const over = limit === null || change <= 0 ? 0 : balance - limit;
  return (
    <div className={styles.result} role="status">
      <b>{khataThen(words, customer.name, balance)}</b>
      {over > 0 && limit !== null ? (
        <div className="out">
          {words('limitWarned', { over: formatRupees(over), limit: formatRupees(limit, { paise: false }) })}{' '}
          {isStrict ? words('limitRefused', { limit: formatRupees(limit, { paise: false }) }) : null}
        </div>
      ) : null}
    </div>
  );
}
