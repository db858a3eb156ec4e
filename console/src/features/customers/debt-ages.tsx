// How long a customer has owed what is unpaid: on the khata's page in a line under the balance, on paper as a table.

import type { DebtBucketWire } from '../../../../server/src/contract/metrics.ts';
import { Money } from '../../ui/figures.tsx';
import { useFigures } from '../../ui/print/use-figures.ts';
import { ErrorState } from '../../ui/states/states.tsx';
import { useWords } from '../../words/say.ts';
import { useDebtAges } from './customer-queries.ts';
import styles from './customers.module.css';
import { customerWords } from './words/customer-words.ts';

type Say = ReturnType<typeof useWords<typeof customerWords.en>>;

/** The bands stand there before their amounts do, so that nothing below them jumps. */
const BANDS: readonly Pick<DebtBucketWire, 'from_days' | 'to_days'>[] = [
  { from_days: 0, to_days: 30 },
  { from_days: 31, to_days: 60 },
  { from_days: 61, to_days: 90 },
  { from_days: 91, to_days: null },
];

function bandWord(words: Say, { from_days: from, to_days: to }: (typeof BANDS)[number]): string {
  return to === null ? words('ageOver', { days: from - 1 }) : words('ageDays', { from, to });
}

export function DebtAges({ customerId }: { customerId: string }) {
  const words = useWords(customerWords);
  const query = useDebtAges(customerId);
  if (query.data === undefined && query.isError) {
    return <ErrorState error={query.error} again={() => void query.refetch()} />;
  }
  return (
    <dl className={styles.ages} aria-label={words('ages')} aria-busy={query.data === undefined}>
      {BANDS.map((band, index) => {
        const amount = query.data?.buckets[index]?.amount;
        const tone = band.to_days === null ? 'out' : 'plain';
        return (
          <div key={band.from_days}>
            <dt>{bandWord(words, band)}</dt>
            <dd>{amount === undefined || amount === 0 ? '–' : <Money rupees={amount} tone={tone} />}</dd>
          </div>
        );
      })}
    </dl>
  );
}

/** Paper carries the bands that hold something. */
export function DebtAgesOnPaper({ buckets }: { buckets: readonly DebtBucketWire[] }) {
  const words = useWords(customerWords);
  const { rupees } = useFigures();
  const unpaid = buckets.filter(({ amount }) => amount > 0);
  if (unpaid.length === 0) return null;
  return (
    <table className="together" style={{ width: 'auto', marginTop: 16 }}>
      <thead>
        <tr>
          <th>{words('ages')}</th>
          <th className="number">{words('amount')}</th>
        </tr>
      </thead>
      <tbody>
        {unpaid.map((bucket) => (
          <tr key={bucket.from_days}>
            <td>{bandWord(words, bucket)}</td>
            <td className="number">{rupees(bucket.amount)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
